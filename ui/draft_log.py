"""The log of a draft's requests to a language model (L. 132/2025, art. 14): who, when, what was sent, with which precedents, what
came back. Read from the notes of the versions; downloaded as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import streamlit as st

from cards.errors import NotInArchive
from prompts.call_log import calls_in
from prompts.llm import ModelCall
from store.records import DraftVersion
from ui.plain import distinct, md, short
from ui.state import archive


def log_panel(draft_id: str, key: str) -> None:
    """The requests of a draft, the last first; nothing where there were none."""
    entries = logged(archive().draft_versions(draft_id))
    if not entries:
        return
    with st.expander(f"Registro delle richieste al modello ({len(entries)})", icon=":material/receipt_long:"):
        words = distinct({n: title_of(*one) for n, one in enumerate(entries)})
        chosen = st.selectbox("Richiesta", list(words), format_func=words.__getitem__, key=f"{key}:log")
        show_call(*entries[chosen])
        content = json.dumps([entry(version, call) for version, call in entries], ensure_ascii=False, indent=1)
        st.download_button("Scarica il registro", content, file_name=f"registro-modello-{draft_id}.json", mime="application/json",
                           icon=":material/download:", key=f"{key}:log_download", on_click="ignore")


def logged(versions: Sequence[DraftVersion]) -> list[tuple[DraftVersion, ModelCall]]:
    """Every request with the version that keeps it, the latest version first."""
    return [(version, call) for version in versions for call in reversed(calls_in(version.note))]


def title_of(version: DraftVersion, call: ModelCall) -> str:
    """"03/11/2026 alle 09:15:20 · finalita · smollm2 · non riuscita"."""
    when = datetime.fromisoformat(call.at or version.at).astimezone()
    return f"{when:%d/%m/%Y alle %H:%M:%S} · {call.job} · {call.model}" + (" · non riuscita" if call.error else "")


def show_call(version: DraftVersion, call: ModelCall) -> None:
    """What was sent, with which precedents, what came back."""
    who = version.author or "persona non indicata"
    seconds = str(call.seconds).replace(".", ",")
    prompt = f" · {md(call.template)}" if call.template else ""
    st.caption(f"Versione {version.version} · {md(who)} · {seconds} secondi{prompt}")
    if call.error:
        st.warning(md(call.error), icon=":material/error:")
    st.markdown("**Che cosa è stato inviato**")
    st.code(call.prompt, language=None, wrap_lines=True, height=240)
    st.markdown("**Che cosa ha risposto**")
    st.code(call.answer or "(nulla)", language=None, wrap_lines=True)
    if call.precedents:
        st.markdown("**Precedenti usati**")
        for card_id in call.precedents:
            st.markdown(f"- {md(named(card_id))}")


def named(card_id: str) -> str:
    """A precedent by title, body and year; its id alone where it is no longer in the archive."""
    try:
        card = archive().card(card_id)
    except NotInArchive:
        return f"{card_id} (non è più nell'archivio)"
    return " · ".join(str(part) for part in (short(card.title, 90), card.entity, card.year) if part)


def entry(version: DraftVersion, call: ModelCall) -> dict[str, Any]:
    """A request as the downloaded log has it."""
    return {"versione": version.version, "salvata": version.at, "autore": version.author, **asdict(call)}
