"""*Archivio*: put documents in, see what was read in each, take one out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from ui import jobs
from ui.plain import md
from ui.state import archive, settings
from ui.uploads import discard, store_uploads
from ui.words import DOCUMENT_TYPES, KINDS

JOB = "ingestione"
TYPES = ["pdf", "docx", "xlsx", "xlsm", "xls", "ods", "csv", "txt", "md", "html", "htm"]


def page() -> None:
    """Upload, progress, list of documents."""
    st.title("Archivio")
    st.write("Carica i piani e le relazioni degli anni passati, tuoi o di altri: diventano schede con pagina e riga.")
    uploader()
    progress()
    documents()


def uploader() -> None:
    """Several files at once; the button starts the reading in the background."""
    epoch = st.session_state.setdefault("upload_epoch", 0)
    files = st.file_uploader(
        "Piani, relazioni e PIAO (PDF, Word, Excel, OpenDocument, CSV, testo)", type=TYPES, accept_multiple_files=True,
        key=f"upload_{epoch}",
        help="I documenti restano su questo computer. Una versione corretta dello stesso file sostituisce la precedente.",
    )
    busy = jobs.registry().get(JOB)
    running = bool(busy and not busy.finished)
    if st.button("Leggi nell'archivio", type="primary", disabled=not files or running, icon=":material/upload_file:"):
        paths = store_uploads(files, settings().root / "caricamenti")
        target = archive()

        def work(job: jobs.Job) -> Iterable[Any]:
            return target.ingest(paths, progress=job.progress)

        jobs.start(JOB, work, after=lambda: discard(paths))
        st.session_state["upload_epoch"] = epoch + 1
        st.rerun()


def progress() -> None:
    """The running work, polled; its report once done."""
    job = jobs.registry().get(JOB)
    if job is None:
        return
    if not job.finished:
        polled_progress()
        return
    if job.error:
        st.error(md(job.error), icon=":material/error:")
    for report in job.results:
        show_report(report)


@st.fragment(run_every=1.0)
def polled_progress() -> None:
    """A bar that refreshes by itself; the whole page is redrawn at the end."""
    job = jobs.registry()[JOB]
    if job.finished:
        st.rerun()
    st.progress(job.share, text=md(f"{job.item}: {job.stage} ({job.done} di {job.total or '…'})"))
    st.caption("Puoi andare in un'altra pagina: la lettura continua. I documenti già letti si possono cercare subito.")


def show_report(report: Any) -> None:
    """What happened to one file."""
    data = report.to_json()
    name = md(str(data["path"]).rsplit("/", 1)[-1])
    if data["status"] == "failed":
        st.error(md(data["error"]), icon=":material/error:")
    elif data["status"] == "unchanged":
        st.info(f"**{name}** era già nell'archivio e non è cambiato.", icon=":material/check:")
    else:
        verb = "sostituisce la versione precedente" if data["status"] == "replaced" else "letto"
        st.success(f"**{name}** {verb}: {data['cards']} schede, {data['passages']} passaggi, "
                   f"{len(data['warnings'])} avvertenze di lettura.", icon=":material/check_circle:")


def documents() -> None:
    """The documents of the archive, one expander each."""
    listed = archive().documents()
    st.subheader(f"Documenti ({len(listed)})")
    if not listed:
        st.info("L'archivio è vuoto. Trascina qui sopra un piano o una relazione e premi «Leggi nell'archivio».",
                icon=":material/upload_file:")
    for document in listed:
        kind = DOCUMENT_TYPES.get(document.document_type or "", document.document_type or "tipo da confermare")
        head = f"{md(document.name)} — {md(document.entity or 'ente da confermare')}, {document.year or 'anno da confermare'}"
        with st.expander(head, icon=":material/description:"):
            pages = f" · {document.pages} pagine" if document.pages else ""
            st.write(f"{md(kind)} · {document.cards} schede · {document.passages} passaggi{pages}")
            reading_report(document.id)
            remove(document.id, document.name)


def reading_report(document_id: str) -> None:
    """What was read and what could not be."""
    reading = archive().reading(document_id)
    if reading.cards:
        counts: dict[str, int] = {}
        for card in reading.cards:
            counts[KINDS[card.kind]] = counts.get(KINDS[card.kind], 0) + 1
        st.write("Letto: " + ", ".join(f"{number} × {word}" for word, number in counts.items()))
        rows = [{"N.": card.code or card.number or "", "Titolo": card.title or "",
                 "Settore": card.unit or card.directorate or card.section or "",
                 "Fasi": len(card.phases), "Indicatori": len(card.indicators),
                 "Pagina": ", ".join(map(str, card.source.pages)), "Riga": card.source.lines[0] if card.source.lines else None}
                for card in reading.cards]
        st.dataframe(rows, hide_index=True, width="stretch", height=min(38 * len(rows) + 40, 320))
    else:
        st.write("Nessuna scheda riconosciuta: il testo è comunque ricercabile.")
    if reading.mapping:
        st.caption("Colonne riconosciute: " + md("; ".join(reading.mapping[:20])))
    if reading.warnings:
        st.write(f"**Rapporto di lettura** ({len(reading.warnings)})")
        st.dataframe([{"Pagina": n.page, "Riga": n.line, "Che cosa non è stato letto": n.message} for n in reading.warnings],
                     hide_index=True, width="stretch", height=min(38 * len(reading.warnings) + 40, 240))


def remove(document_id: str, name: str) -> None:
    """Two presses to delete."""
    with st.popover("Togli dall'archivio", icon=":material/delete:"):
        st.write(f"Togliere **{md(name)}** con le sue schede e i suoi passaggi? Le bozze già create restano.")
        if st.button("Sì, togli", key=f"delete_{document_id}", type="primary"):
            archive().delete_document(document_id)
            st.rerun()
