"""What is mended without a judgement, beside the card that is being written: before and after, and one button."""

from __future__ import annotations

import streamlit as st

from scoring.findings import CheckReport, Finding
from scoring.profiles import Profile
from scoring.remedies import Remedy, apply, remedies
from ui.check_copy import difference
from ui.editor import Editor, mark_user
from ui.findings import Actions


def fixes(editor: Editor, report: CheckReport, profile: Profile) -> Actions:
    """A drawer of the correction under a finding; "Annulla" above the card takes it back."""
    known = {one.fingerprint: one for one in remedies(report, [editor.card.replace(id=editor.id)], profile) if one.fingerprint}

    def draw(finding: Finding, key: str) -> None:
        remedy = known.get(finding.fingerprint)
        if remedy is not None and not editor.locked:
            st.markdown(difference(remedy))
            st.button("Correggi", key=f"fix:{key}", icon=":material/build:", on_click=_mend,
                      args=(editor, remedy, editor.memory["version"]), help="Si torna indietro con «Annulla», sopra la scheda.")

    return draw


def _mend(editor: Editor, remedy: Remedy, version: int) -> None:
    """The correction on the card as it was looked at; what was typed meanwhile is looked at first."""
    if editor.memory["version"] != version:
        return
    (after,) = apply([editor.card.replace(id=editor.id)], remedy.edits)
    editor.put(mark_user(editor.card, after.replace(id=editor.card.id)), note=remedy.title.lower())
