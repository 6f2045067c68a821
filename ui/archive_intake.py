"""Documents on their way into the archive: uploaded, read in the background, taken up again after a restart."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from cards.counted import cards_counted, counted
from store.archive import Archive
from store.people import Action
from ui import jobs
from ui.plain import md
from ui.state import archive, background_archive, person, settings
from ui.uploads import Upload, discard, store_uploads

JOB, PREPARING = "ingestione", "indice di ricerca"
FOLDER = "da-leggere"
OWNER = ".processo"
STAGES = {"lettura": "lettura dei file", "parole": "preparazione della ricerca per parole",
          "indice": "preparazione della ricerca per significato", "in coda": "in coda"}


def begin(files: Sequence[Upload]) -> None:
    """Keep the uploads on disk and read them in the background."""
    paths = store_uploads(files, settings().root / FOLDER)
    for folder in {path.parent for path in paths}:
        (folder / OWNER).write_text(str(os.getpid()), encoding="utf-8")
    read(archive(), paths)


def read(target: Archive, paths: Sequence[Path]) -> None:
    """Read files into the archive, then make the vectors that are missing; the uploads go when all is done."""

    def work(job: jobs.Job) -> Iterable[Any]:
        yield from target.ingest(paths, progress=job.progress)  # each as soon as it is read; then the vectors
        job.note = target.index_problem

    jobs.start(JOB, work, after=lambda: discard(paths))


def refresh(target: Archive) -> None:
    """Make in the background the vectors that a correction left behind."""

    def work(job: jobs.Job) -> Iterable[Any]:
        target.prepare_search(job.progress)
        target.resume(job.progress)
        return ()

    jobs.start(JOB, work)


def prepare(target: Archive) -> None:
    """Make in the background the index of words, which the first question would wait for."""

    def work(job: jobs.Job) -> Iterable[Any]:
        target.prepare_search(job.progress)
        return ()

    jobs.start(PREPARING, work)


def take_up_work() -> None:
    """At the start of the app: what an earlier process left half-way goes on by itself."""
    _take_up(str(settings().root))


@st.cache_resource(show_spinner=False)
def _take_up(home: str) -> bool:
    """Once a process and archive: files uploaded and not read, vectors missing, an index of words that is not there."""
    target, paths = background_archive(), leftovers(Path(home) / FOLDER)
    if paths:
        read(target, paths)
    elif target.pending_vectors():
        refresh(target)
    elif not target.search_prepared() and target.documents():
        prepare(target)
    return True


def leftovers(folder: Path) -> list[Path]:
    """The uploads of processes that are gone."""
    found: list[Path] = []
    for upload in sorted(folder.glob("carico-*")) if folder.is_dir() else ():
        if not _alive(upload / OWNER):
            found += [path for path in sorted(upload.iterdir()) if path.is_file() and not path.name.startswith(".")]
    return found


def _alive(owner: Path) -> bool:
    """Whether the process that put an upload there still runs; this one did not, when it starts."""
    try:
        pid = int(owner.read_text(encoding="utf-8"))
        os.kill(pid, 0)
    except (OSError, ValueError):
        return False
    return pid != os.getpid()


def uploader(types: list[str]) -> None:
    """Several files at once; the button starts the reading in the background."""
    epoch = st.session_state.setdefault("upload_epoch", 0)
    files = st.file_uploader(
        "Piani, relazioni e PIAO (PDF, Word, Excel, OpenDocument, CSV, testo)", type=types, accept_multiple_files=True,
        key=f"upload_{epoch}",
        help="I documenti restano su questo computer. Una versione corretta dello stesso file sostituisce la precedente.",
    )
    busy = jobs.registry().get(JOB)
    running = bool(busy and not busy.finished)
    if running:
        st.caption("Una lettura è in corso: altri file si aggiungono quando è finita.")
    if st.button("Leggi nell'archivio", type="primary", disabled=not files or running, icon=":material/upload_file:"):
        begin(files)
        st.session_state["upload_epoch"] = epoch + 1
        st.rerun()


def progress() -> None:
    """The running work, polled; its report once done."""
    job = jobs.registry().get(JOB)
    if job is None:
        return
    if not job.finished:
        polled_progress()
        for report in job.results:
            show_report(report)
        return
    if job.error:
        st.error(md(job.error), icon=":material/error:")
    if job.stopped:
        st.warning("Lettura interrotta: quanto già letto è nell'archivio, il resto si può caricare di nuovo.",
                   icon=":material/stop_circle:")
    if job.note:
        st.info(md(job.note), icon=":material/info:")
    for report in job.results:
        show_report(report)
    told = bool(job.results or job.error or job.stopped or job.note) and person().may(Action.INGEST)
    if told and st.button("Chiudi il resoconto", icon=":material/close:"):
        jobs.registry().pop(JOB, None)
        st.rerun()


@st.fragment(run_every=1.0)
def polled_progress() -> None:
    """A bar that refreshes by itself; the whole page is redrawn when a file has been read, and at the end."""
    job = jobs.registry().get(JOB)
    if job is None or job.finished or listed(job):
        st.rerun()
        return
    if job.stage == "indice" and job.results:
        st.caption(f":material/check_circle: Lettura finita: {md(so_far(job))}I documenti qui sotto sono nell'archivio e si "
                   "possono già cercare.")
        st.progress(job.share, text=md(status(job)))
        st.caption("Quando è pronta anche questa, si trovano anche con altre parole. Puoi andare in un'altra pagina.")
    else:
        st.progress(job.share, text=md(status(job)))
        st.caption(md(so_far(job)) + "Puoi andare in un'altra pagina: la lettura continua. "
                   "I documenti già letti si possono cercare subito.")
    if job.cancelled.is_set():
        st.caption("Mi fermo appena finito il passo in corso…")
    elif person().may(Action.INGEST) and st.button("Interrompi", icon=":material/stop_circle:", key="stop_ingestion"):
        job.cancelled.set()
        st.rerun(scope="fragment")


def listed(job: jobs.Job) -> bool:
    """Whether more files have been read than the page shows: once for each."""
    known = st.session_state.get("files_shown", (job.started, 0))
    now = (job.started, len(job.results))
    st.session_state["files_shown"] = now
    return now != known and now[1] > 0


def status(job: jobs.Job) -> str:
    """"Lettura dei file: 3 di 10, ora piano.pdf · mancano circa 2 minuti"."""
    if job.stage == "lettura" and 0 < job.total <= job.done:
        return "I file sono stati aperti tutti: comincia la preparazione della ricerca per significato…"
    of = f": {job.done} di {job.total}" if job.total else ""
    now = f", ora {job.item}" if job.item and job.stage == "lettura" else ""
    left = f" · mancano {duration(job.left)}" if job.left is not None and job.left >= 1 else ""
    return f"{STAGES.get(job.stage, job.stage).capitalize()}{of}{now}{left}"


def so_far(job: jobs.Job) -> str:
    """What has been read: files, pages, cards and passages, and how many did not succeed."""
    done = [report for report in job.results if report.status != "failed"]
    failed = len(job.results) - len(done)
    if not job.results:
        return ""
    pages = {document.id: document.pages or 0 for document in archive().documents()}
    parts = [counted(len(done), "file letto", "file letti"),
             counted(sum(pages.get(r.document_id or "", 0) for r in done), "pagina", "pagine"),
             cards_counted(sum(r.cards for r in done)),
             counted(sum(r.passages for r in done), "passaggio", "passaggi")]
    return ", ".join(parts + ([counted(failed, "non letto", "non letti")] if failed else [])) + ". "


def duration(seconds: float) -> str:
    """Seconds as people say them.

    >>> duration(40), duration(100), duration(4000)
    ('circa 40 secondi', 'circa 2 minuti', 'circa 1 ora e 7 minuti')
    """
    if seconds < 55:
        return f"circa {max(1, round(seconds / 5) * 5)} secondi"
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return f"circa {counted(minutes, 'minuto', 'minuti')}"
    hours, rest = divmod(minutes, 60)
    return f"circa {counted(hours, 'ora', 'ore')}" + (f" e {counted(rest, 'minuto', 'minuti')}" if rest else "")


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
        told = (f"**{name}** {verb}: {cards_counted(data['cards'])}, "
                f"{counted(data['passages'], 'passaggio', 'passaggi')}, "
                f"{counted(len(data['warnings']), 'avvertenza', 'avvertenze')} di lettura.")
        if data["cards"]:
            st.success(told, icon=":material/check_circle:")
        else:
            st.warning(f"{told} Il testo si può cercare; se ci sono tabelle di obiettivi, apri il documento qui sotto e correggi "
                       "come si leggono le colonne.", icon=":material/table_eye:")
    whole = [one for one in data["warnings"] if not (one.get("page") or one.get("line"))]  # of no place: who is writing, …
    for notice in whole[:3]:
        st.caption(f":material/info: {md(notice['message'])}")
