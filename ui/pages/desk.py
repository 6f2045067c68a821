"""*Scrivania*: where one starts; what is due, what waits for a decision, what is in the works, each one click away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from scoring.check import check
from store.lookup import reading_of
from store.own_profiles import body_profile, find_profile
from store.people import Action
from store.records import Draft, StoredDocument
from ui.due import SOON, days_words, next_due, planning_year
from ui.plain import md, short
from ui.state import archive, person, settings
from ui.tour import tour
from ui.words import STATES, when

SHOWN, CHECKED = 8, 12
STATE_ICONS = {"draft": ":material/edit:", "review": ":material/rate_review:", "approved": ":material/verified:",
               "varied": ":material/edit_document:", "closed": ":material/task_alt:"}

NEEDED = {"variazioni": Action.DRAFT, "consuntivo": Action.DRAFT, "schede": Action.DRAFT, "impostazioni": Action.MANAGE}
DOORS: tuple[tuple[str, str, str, dict[str, str]], ...] = (  # page, words, icon, what the address asks of the page
    ("precedenti", "Cerca o confronta precedenti", "search", {}),
    ("schede", "Nuova scheda da più precedenti", "view_column", {"nuova": "1"}),
    ("archivio", "Metti documenti nell'archivio", "upload_file", {}),
    ("verifica", "Verifica una tabella o un documento", "fact_check", {}),
    ("variazioni", "Chiedi una variazione", "edit_document", {}),
    ("consuntivo", "Scrivi i risultati", "calculate", {}),
    ("piano", "Guarda il piano intero", "account_tree", {}),
    ("impostazioni", "Metti il modello Word dell'ente", "description", {"parte": "Modello Word"}),
)


def page() -> None:
    """Deadlines, decisions to take, doors to the work, drafts."""
    st.title("Scrivania")
    today, drafts, documents = date.today(), archive().drafts(), archive().documents()
    due(today)
    tour(documents, drafts)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        mine(drafts)
    with right:
        decisions(drafts, documents)
        doors(today)


def due(today: date) -> None:
    """The nearest deadline as a notice, the others folded away."""
    first, *others = next_due(today)
    text = f"**{first.day:%d/%m/%Y}, {days_words(first.days(today))}.** {first.what} ({first.norm})."
    left, right = st.columns([5, 1], vertical_alignment="center")
    box = left.warning if first.days(today) <= SOON else left.info
    box(text, icon=":material/calendar_month:")
    right.page_link(st.session_state["pages"][first.page], label=first.go, icon=":material/arrow_forward:")
    with st.expander("Le altre scadenze dell'anno", icon=":material/event:"):
        for one in others:
            st.markdown(f"**{one.day:%d/%m/%Y}**, {days_words(one.days(today))}: {one.what} ({one.norm}).")


def mine(drafts: Sequence[Draft]) -> None:
    """The cards in the works, last touched first."""
    st.header("Schede in lavorazione")
    if not drafts:
        st.info("Nessuna, per ora. Comincia da «Nuova scheda» o da un precedente.", icon=":material/edit_note:")
    for draft in drafts[:SHOWN]:
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.markdown(f"**{md(short(draft.card.title or 'Senza titolo', 110))}**  \n:gray[{STATE_ICONS[draft.state]} "
                      f"{STATES[draft.state]} · {md(draft.card.unit or 'settore da indicare')} · {draft.card.year or ''} · "
                      f"{when(draft.updated_at)}]")
        right.page_link(st.session_state["pages"]["schede"], label="Apri", icon=":material/edit:",
                        query_params={"bozza": draft.id})
    if len(drafts) > SHOWN:
        st.page_link(st.session_state["pages"]["schede"], label=f"Tutte le {len(drafts)} schede", icon=":material/list:")


def decisions(drafts: Sequence[Draft], documents: Sequence[StoredDocument]) -> None:
    """What waits for a person: drafts with errors, cards to approve, documents to confirm."""
    st.header("Da decidere")
    pages, wrong = st.session_state["pages"], with_errors([draft for draft in drafts if draft.state in ("draft", "review")])
    waiting = [document for document in documents if document.confirmed_at is None]
    review = [draft for draft in drafts if draft.state == "review"]
    for draft, count in wrong[:4]:
        st.page_link(pages["schede"], query_params={"bozza": draft.id}, icon=":material/error:",
                     label=f"{plain(draft.card.title or 'Senza titolo', 44)}: {count} error{'e' if count == 1 else 'i'}")
    for draft in review[:3]:
        st.page_link(pages["schede"], query_params={"bozza": draft.id}, icon=":material/rate_review:",
                     label=f"{plain(draft.card.title or 'Senza titolo', 44)}: da approvare")
    if waiting:
        what = "Un documento" if len(waiting) == 1 else f"{len(waiting)} documenti"
        st.page_link(pages["archivio"], label=f"{what} da confermare (ente, anno, tipo)", icon=":material/help:")
    if not (wrong or review or waiting):
        st.caption(":material/check_circle: Niente in attesa.")


def doors(today: date) -> None:
    """Every job from here."""
    st.header("Comincia")
    pages = st.session_state["pages"]
    if person().may(Action.DRAFT) and st.button(f"Nuova scheda {planning_year(today)}", icon=":material/add:", type="primary"):
        from ui.start import start_from  # what drafts a card is a second's load: not before it is asked for

        start_from(None)
    for name, label, icon, asked in DOORS:
        if not person().may(NEEDED.get(name, Action.READ)):
            continue
        st.page_link(pages[name], label=label, icon=f":material/{icon}:", query_params=asked)


def with_errors(drafts: Sequence[Draft]) -> list[tuple[Draft, int]]:
    """The drafts that have errors by the body's own method, with how many; the last touched, each looked at once."""
    profile = body_profile(settings())
    counted = [(draft, errors_of(draft.id, draft.version, profile)) for draft in drafts[:CHECKED]]
    return [(draft, count) for draft, count in counted if count]


@st.cache_data(max_entries=2000, show_spinner=False)
def errors_of(draft_id: str, version: int, profile: str) -> int:
    """How many errors that version of a draft has."""
    card = archive().draft(draft_id).card
    report = check(reading_of([card], draft_id), find_profile(profile, settings()), year=card.year)
    return sum(finding.level == "error" for finding in report.findings)


def plain(text: str, length: int) -> str:
    """A title inside a link's label."""
    return md(short(text, length))
