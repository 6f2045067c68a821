"""What *Verifica* can look at: a file, a pasted table, a draft, the whole plan, a document of the archive."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import streamlit as st

from cards.model import Card, Reading
from scoring.overview import in_plan_order, plan_reading
from scoring.profiles import Profile
from store.lookup import read_file, reading_of
from store.records import Draft
from ui.choice import KINDS
from ui.due import planning_year
from ui.pages.archive import TYPES
from ui.plain import distinct, short
from ui.state import archive, settings
from ui.uploads import discard, store_uploads

SOURCES = {"file": "Un file", "paste": "Testo incollato", "draft": "Una mia scheda", "plan": "Tutto il piano",
           "document": "Un documento"}
PASTED = "incollato.csv"


@dataclass(frozen=True)
class Choice:
    """What to check. ``key`` changes when what is checked does; ``content`` are the bytes of a file; ``drafts`` its drafts by
    the id of their card (the draft's own)."""

    name: str
    key: str
    reading: Reading
    content: bytes | None = None
    drafts: dict[str, Draft] = field(default_factory=dict)


def choose_source() -> str:
    """What kind of thing to look at."""
    default = "draft" if st.query_params.get("bozza") else "file"
    return st.segmented_control("Che cosa vuoi verificare?", list(SOURCES), format_func=SOURCES.__getitem__, default=default,
                                key="what", required=True) or default


def choose(source: str) -> Choice | None:
    """Ask which one; None, after a line that says how to begin, where there is nothing yet."""
    made = {"file": from_file, "paste": from_paste, "draft": from_draft, "plan": from_plan, "document": from_document}
    return made[source]()


def from_file() -> Choice | None:
    """An uploaded table or document."""
    upload = st.file_uploader("Carica la tabella o il documento da verificare", type=[*TYPES, "json"], key="check_upload")
    if upload is None:
        st.info("Carica un file Excel, Word, PDF o di testo con gli obiettivi: le colonne (obiettivo, indicatore, valore atteso, "
                "peso…) possono essere in qualunque ordine. Il file resta su questo computer e non viene cambiato.",
                icon=":material/upload_file:")
        return None
    return read_once(upload.name, bytes(upload.getbuffer()))


def from_paste() -> Choice | None:
    """A table copied from Excel or Word: cells separated by tabs or semicolons."""
    text = st.text_area("Incolla qui la tabella, con la riga delle intestazioni", key="check_paste", height=180,
                        max_chars=500_000, placeholder="Obiettivo\tIndicatore\tValore atteso 2027\tPeso")
    if not text.strip():
        st.info("Seleziona la tabella in Excel o in Word, copiala e incollala qui. Vanno bene anche colonne separate da punto e "
                "virgola.", icon=":material/content_paste:")
        return None
    return read_once(PASTED, text.encode("utf-8"))


def read_once(name: str, content: bytes) -> Choice:
    """The reading of a file, kept while its bytes stay the same."""
    key = hashlib.sha256(name.encode() + b"\0" + content).hexdigest()[:24]
    cached: Choice | None = st.session_state.get("checked_file")
    if cached and cached.key == key:
        return cached
    with st.spinner("Leggo il file…"), on_disk(name, content) as path:
        choice = Choice(name, key, read_file(path, settings()), content)
    st.session_state["checked_file"] = choice
    return choice


class on_disk:
    """The bytes of an upload as a file, gone at the end of the ``with``."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name, self.content = name, content

    def getbuffer(self) -> memoryview:
        """What ``store_uploads`` asks of an upload."""
        return memoryview(self.content)

    def __enter__(self) -> Path:
        self.paths = store_uploads([self], settings().root / "caricamenti")
        return self.paths[0]

    def __exit__(self, *_: object) -> None:
        discard(self.paths)


def from_draft() -> Choice | None:
    """One of the drafts."""
    drafts = {draft.id: draft for draft in archive().drafts()}
    if not drafts:
        st.info("Non c'è ancora nessuna scheda tua: creane una da «Schede» o da un precedente.", icon=":material/edit_note:")
        return None
    words = distinct({name: short(draft.card.title or "Senza titolo", 100) for name, draft in drafts.items()})
    ids, named = list(drafts), st.query_params.get("bozza")
    chosen = st.selectbox("Scheda da verificare", ids, index=ids.index(named) if named in drafts else 0, key="check_draft",
                          format_func=words.__getitem__)
    draft = drafts[chosen]
    card = draft.card.replace(id=chosen)
    name = card.title or chosen
    return Choice(name, f"{chosen}:{draft.version}", reading_of([card], name), None, {chosen: draft})


def from_plan() -> Choice | None:
    """All the drafts of a year, as the plan that they make."""
    drafts = [draft for draft in archive().drafts() if draft.card.kind in KINDS and draft.card.year]
    if not drafts:
        st.info("Il piano si compone delle schede di un anno, e per ora non ce n'è nessuna. Creane una da «Schede».",
                icon=":material/edit_note:")
        return None
    years = sorted({draft.card.year or 0 for draft in drafts}, reverse=True)
    wanted = planning_year(date.today())
    year = st.selectbox("Anno", years, index=years.index(wanted) if wanted in years else 0, key="check_year")
    own = {draft.id: draft for draft in drafts if draft.card.year == year}
    cards: list[Card] = in_plan_order([draft.card.replace(id=name) for name, draft in own.items()])
    key = hashlib.sha256("".join(f"{name}:{draft.version};" for name, draft in sorted(own.items())).encode()).hexdigest()[:24]
    return Choice(f"Piano {year}", f"piano:{key}", plan_reading(cards, f"Piano {year}", year, "piao"), None, own)


def from_document() -> Choice | None:
    """One of the archive's documents."""
    documents = {document.id: document for document in archive().documents()}
    if not documents:
        st.info("L'archivio è vuoto: carica prima un documento da «Archivio».", icon=":material/folder_open:")
        return None
    words = distinct({name: document.name for name, document in documents.items()})
    chosen = st.selectbox("Documento", list(documents), format_func=words.__getitem__, key="check_document")
    found = documents[chosen]
    return Choice(found.name, f"{chosen}:{found.sha256}", archive().reading(chosen))


def drafts_label(choice: Choice) -> str | None:
    """The document that the accepted findings of drafts are written for: "bozze 2027"; a file's own name otherwise."""
    return f"bozze {choice.reading.document.year or ''}".strip() if choice.drafts else choice.reading.document.name


def profile_key(profile: Profile) -> str:
    """Changes when anything in the profile does."""
    return hashlib.sha256(profile.model_dump_json().encode()).hexdigest()[:16]
