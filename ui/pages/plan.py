"""*Piano*: all the cards of a year at a glance: weights by unit, mandatory themes, measurable targets, findings; the export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

import streamlit as st

from cards.counted import cards_counted
from cards.model import Card
from exports.docx import sheet_docx
from exports.plan_charts import Panel, panels, percent
from exports.plan_report import overview_sheet
from scoring.check import CheckReport, check
from scoring.overview import Overview, by_card, in_plan_order, live, overview, plan_reading, unit_of
from scoring.planned import as_planned, has_results
from scoring.profiles import Profile
from store.evidence import evidence_for
from store.records import Draft, StoredDocument
from ui.check_sources import profile_key
from ui.choice import KINDS
from ui.draft_summary import summary_panel
from ui.due import planning_year
from ui.exported import told
from ui.findings import show_findings, summary_line
from ui.more_formats import more_formats
from ui.plain import distinct, md, short
from ui.smvp import choose_profile
from ui.state import archive
from ui.template_upload import layout_box, written

DRAFTS = "bozze"
UNFINISHED = "TXT005"  # the rule on what is left to be written
LINKS = 40  # more drafts than these are chosen from a list
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Plan:
    """The cards of a year, in the order of the plan; ``drafts`` are the ids that open in the editor."""

    year: int
    cards: list[Card]
    document_type: str | None
    drafts: frozenset[str]
    key: str = ""
    previous: tuple[Card, ...] = ()
    earlier: Mapping[str, str] = field(default_factory=dict)  # the plans that can stand beside this one: name, words


def page() -> None:
    """Year and sources; figures; the picture; findings; export."""
    st.title("Piano")
    st.write("Tutte le schede di un anno insieme: pesi, temi obbligatori, valori attesi misurabili, segnalazioni. Da qui si "
             "esporta la sezione 2.2.")
    plan, profile = choose_plan()
    if plan is None or profile is None:
        return
    view, report, parts = looked_at(plan, profile)
    figures(plan, view)
    export(plan, view, report)
    summary_panel(live(plan.cards))
    names = ["Quadro d'insieme", *(panel.name for panel in parts), "Schede e segnalazioni"]
    drawn: list[Callable[[], None]] = [partial(whole_picture, plan, parts), *(partial(detail, panel) for panel in parts),
                                       partial(cards_and_findings, plan, report)]
    for tab, draw in zip(st.tabs(names, key="piano_parti", on_change="rerun"), drawn, strict=True):
        if tab.open:  # the others are drawn when they are opened: six charts twice over take longer than all the rest
            with tab:
                draw()


def whole_picture(plan: Plan, parts: Sequence[Panel]) -> None:
    """All the charts, and which year to compare with."""
    picture(parts)
    ask_earlier(plan)


def cards_and_findings(plan: Plan, report: CheckReport) -> None:
    """The cards with the findings of each, then those on the plan as a whole."""
    counted, whole = by_card(report)
    cards_table(plan, counted)
    if whole:
        st.subheader("Segnalazioni sul piano intero")
        show_findings(whole, key="piano")
    summary_line(report.summary)


def looked_at(plan: Plan, profile: Profile) -> tuple[Overview, CheckReport, Sequence[Panel]]:
    """The plan at a glance, its findings and its charts, worked out again only when something has changed."""
    previous = plan.previous
    key = (plan.key, profile_key(profile), archive().generation, date.today())
    cached: tuple[object, tuple[Overview, CheckReport, Sequence[Panel]]] | None = st.session_state.get("piano:esito")
    if cached and cached[0] == key:
        return cached[1]
    reading = plan_reading(plan.cards, f"Piano {plan.year}", plan.year, plan.document_type)
    evidence = evidence_for(archive(), reading)
    report = check(reading, profile, year=plan.year, evidence=evidence)
    view = overview(reading, profile, plan.year, report, evidence, previous)
    found = view, report, panels(view)
    st.session_state["piano:esito"] = (key, found)
    return found


def choose_plan() -> tuple[Plan | None, Profile | None]:
    """The year, then drafts and documents of that year; the measuring system."""
    everything = archive().drafts()
    drafts = [draft for draft in everything if draft.card.kind in KINDS]
    documents = [document for document in archive().documents() if document.year and document.cards]
    own = [draft.card.year for draft in drafts if draft.card.year]
    years = sorted({*own, *(document.year for document in documents if document.year)}, reverse=True)
    if not years:
        st.info("Il piano si compone delle schede di un anno, e per ora non ce n'è nessuna. Creane una da «Schede», oppure "
                "carica da «Archivio» il piano di un anno passato.", icon=":material/edit_note:")
        return None, None
    left, middle, right = st.columns([1, 3, 3])
    wanted = planning_year(date.today())
    first = wanted if wanted in years else own[0] if own else years[0]
    year = left.selectbox("Anno", years, index=years.index(first), key="anno_piano")
    options = {DRAFTS: f"Le mie schede ({sum(d.card.year == year for d in drafts)})"} if year in own else {}
    options = distinct(options | {document.id: document.name for document in documents if document.year == year})
    chosen = middle.multiselect("Schede da comprendere", list(options), default=[next(iter(options))], key=f"fonti_piano_{year}",
                                format_func=options.__getitem__, placeholder="Scegli bozze o documenti")
    with right:
        profile = choose_profile("Sistema di misurazione e valutazione (SMVP)", "profilo_piano")
    if not chosen:
        st.info("Scegli almeno una fonte: le tue bozze, o un documento dell'archivio.", icon=":material/checklist:")
        return None, None
    plan = made_of(chosen, [draft for draft in drafts if draft.card.year == year], year)
    return (plan and beside(plan, earlier_options(year, everything, documents), drafts)), profile


def made_of(chosen: Sequence[str], drafts: Sequence[Draft], year: int) -> Plan | None:
    """The plan from the chosen sources; drafts carry their own id, so that findings lead back to them."""
    cards: list[Card] = []
    ids: set[str] = set()
    types: set[str | None] = set()
    for source in chosen:
        if source == DRAFTS:
            cards += [draft.card.replace(id=draft.id) for draft in drafts]
            ids.update(draft.id for draft in drafts)
            types.add("piao")
        else:
            cards += [card for card in archive().cards(document=source) if card.kind in KINDS]
            types.add(archive().document(source).document_type)
    if not cards:
        st.info("In queste fonti non ci sono schede obiettivo: scegline altre.", icon=":material/search_off:")
        return None
    document_type = types.pop() if len(types) == 1 else None
    versions = ";".join(f"{draft.id}:{draft.version}" for draft in drafts) if ids else ""
    key = f"{year}|{'|'.join(chosen)}|{versions}"
    return Plan(year, in_plan_order(cards) if ids else cards, document_type, frozenset(ids), key)


def earlier_options(year: int, drafts: Sequence[Draft], documents: Sequence[StoredDocument]) -> dict[str, str]:
    """The plans of earlier years that can stand beside this one: the nearest first."""
    years = sorted({draft.card.year for draft in drafts if draft.card.year and draft.card.year < year}, reverse=True)
    found = sorted((one for one in documents if one.year and one.year < year and one.cards), key=lambda one: -(one.year or 0))
    own = {f"{DRAFTS}:{one}": f"Le mie schede del {one}" for one in years}
    return own | {one.id: f"{one.name} ({one.year})" for one in found}


def beside(plan: Plan, options: Mapping[str, str], drafts: Sequence[Draft]) -> Plan:
    """With the plan chosen to compare with: the one of the year before where nobody chose."""
    name, cards = earlier(plan.year, options, drafts)
    return replace(plan, key=f"{plan.key}|{name}", previous=cards, earlier=options)


def earlier(year: int, options: Mapping[str, str], drafts: Sequence[Draft]) -> tuple[str, tuple[Card, ...]]:
    """The plan chosen to compare with: its name and cards."""
    near = next((name for name, words in options.items() if str(year - 1) in words), "")
    chosen = st.session_state.get(f"piano_confronto_{year}", near)
    if chosen not in options:
        return "", ()
    if chosen.startswith(DRAFTS):
        wanted = int(chosen.partition(":")[2])
        return chosen, tuple(draft.card for draft in drafts if draft.card.year == wanted)
    return chosen, tuple(card for card in archive().cards(document=chosen) if card.kind in KINDS)


def ask_earlier(plan: Plan) -> None:
    """Which earlier plan to compare with."""
    options = distinct({"": "nessun piano"} | dict(plan.earlier))
    if len(options) == 1:
        st.caption("Per confrontare il piano con quello dell'anno prima, carica quello da «Archivio».")
        return
    now = plan.key.rpartition("|")[2]
    st.selectbox("Confronta con", list(options), index=list(options).index(now) if now in options else 0,
                 format_func=options.__getitem__, key=f"piano_confronto_{plan.year}")


def figures(plan: Plan, view: Overview) -> None:
    """Six numbers."""
    out = len(plan.cards) - view.cards
    columns = st.columns(6)
    columns[0].metric("Schede", view.cards, help=f"{out} eliminate o sostituite non contano." if out else None)
    columns[1].metric("Settori", len(view.units))
    columns[2].metric("Indicatori", view.indicators)
    columns[3].metric("Misurabili", percent(view.measurable, view.indicators),
                      help="Indicatori con un valore atteso misurabile nell'anno.")
    columns[4].metric("Con valori passati", percent(view.with_history, view.indicators),
                      help="Indicatori con un valore di partenza, uno storico, o un risultato che l'archivio conosce.")
    columns[5].metric("Errori", view.summary.get("error", 0), help="Segnalazioni gravi: vedi «Schede e segnalazioni».")


def picture(parts: Sequence[Panel]) -> None:
    """All the charts, two a row."""
    for start in range(0, len(parts), 2):
        for column, panel in zip(st.columns(2, gap="medium"), parts[start:start + 2], strict=False):
            with column:
                st.markdown(f"**{md(panel.title)}**")
                st.vega_lite_chart(panel.whole, width="stretch", alt=panel.words)
                st.caption(md(panel.words))


def detail(panel: Panel) -> None:
    """A chart with its table beside it and the sentence that says the same."""
    header, rows = panel.table
    left, right = st.columns([1, 1], gap="medium")
    with left:
        st.markdown(f"**{md(panel.title)}**")
        st.vega_lite_chart(panel.whole, width="stretch", alt=panel.words)
    with right:
        st.dataframe([dict(zip(header, row, strict=True)) for row in rows], hide_index=True, width="stretch",
                     height=min(36 * len(rows) + 40, 420))
    st.caption(md(panel.words))
    if panel.title.startswith("Copertura"):
        st.caption("«Presente» vuol dire che almeno una scheda ne parla: se basta, lo giudica chi legge.")


def cards_table(plan: Plan, counted: Mapping[str, Counter[str]]) -> None:
    """A row a card with its findings, and the way to open one."""
    rows = []
    for card in plan.cards:
        levels = counted.get(card.id or "", Counter())
        rows.append({"Settore": unit_of(card), "Scheda": short(card.title, 120) or "Senza titolo", "Peso": card.weight or "—",
                     "Indicatori": len(card.indicators), "Errori": levels["error"], "Attenzioni": levels["warning"],
                     "Consigli": levels["advice"]})
    st.dataframe(rows, hide_index=True, width="stretch", height=min(36 * len(rows) + 40, 480),
                 column_config={"Scheda": st.column_config.TextColumn(width="large")})
    own = distinct({card.id or "": short(card.title, 100) or "Senza titolo" for card in plan.cards if card.id in plan.drafts})
    if 0 < len(own) <= LINKS:
        for name, title in own.items():
            st.page_link(st.session_state["pages"]["schede"], label=f"Apri «{md(title)}»", icon=":material/edit:",
                         query_params={"bozza": name})
    elif own:
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        chosen = left.selectbox("Apri una bozza", list(own), format_func=own.__getitem__, key="apri_dal_piano")
        if right.button("Apri", icon=":material/edit:", width="stretch"):
            st.switch_page(st.session_state["pages"]["schede"], query_params={"bozza": chosen})


def chosen_content(cards: Sequence[Card]) -> Sequence[Card]:
    """The cards to print: as planned, or with their results where somebody asks for them."""
    if not has_results(cards) or st.checkbox(
        "Anche i risultati", key="piano_risultati",
        help="Il piano da approvare dice che cosa si vuole ottenere: i risultati scritti nelle schede restano fuori dal "
             "documento se non li chiedi qui."):
        return cards
    return [as_planned(card) for card in cards]


def export(plan: Plan, view: Overview, report: CheckReport) -> None:
    """The whole section 2.2, or the plan in one page, made when asked for; with a word where parts are still to be written."""
    with st.container(horizontal=True, vertical_alignment="bottom"):  # rows that wrap on a narrow window
        layout = layout_box(st, "modello_piano")
        cards = chosen_content(live(plan.cards))
    buttons = st.container(horizontal=True)
    what = "la scheda" if len(cards) == 1 else f"le {len(cards)} schede"
    section = told(lambda: written(cards, "docx", layout), f"piano:{plan.year}", "docx")
    buttons.download_button(f"Scarica {what} in Word", section,
                            file_name=f"piano-{plan.year}-sezione-2.2.docx", mime=DOCX, icon=":material/download:",
                            on_click="ignore", disabled=not cards)
    more_formats(buttons, cards, layout, f"piano-{plan.year}-sezione-2.2", f"piano:{plan.year}")
    entity = next((card.entity for card in cards if card.entity), None)
    picture = told(lambda: sheet_docx(overview_sheet(view, entity)), f"quadro:{plan.year}", "docx")
    buttons.download_button("Scarica il quadro in Word", picture, mime=DOCX, icon=":material/insert_chart:",
                            file_name=f"piano-{plan.year}-quadro.docx", on_click="ignore", disabled=not cards,
                            help="Il piano in una pagina: grafici, tabelle e parole.")
    unfinished = {finding.card_id for finding in report.findings if finding.code == UNFINISHED} & {c.id for c in live(plan.cards)}
    if unfinished:
        st.caption(f":material/edit_note: {cards_counted(len(unfinished))} con parti ancora da scrivere (come «\\[VERIFICARE]»): "
                   "nel documento restano così. Quali, in «Schede e segnalazioni».")
