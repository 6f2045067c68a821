"""*Verifica*: a file, a pasted table, a draft, the whole plan, a document; findings with place and remedy; mend, check again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from cards.counted import counted
from scoring.check import CheckReport, check
from scoring.findings import Finding, card_name
from scoring.profiles import Profile
from scoring.remedies import Remedy, remedies
from scoring.suppression_file import parse_baseline
from scoring.suppressions import Suppression
from store.accepted import accepted
from store.evidence import evidence_for
from ui.check_actions import actions, dialogs
from ui.check_copy import corrections
from ui.check_files import outcome_file
from ui.check_sources import Choice, choose, choose_source, drafts_label, profile_key
from ui.check_view import not_run, reading_summary, waived
from ui.findings import show_findings, summary_line
from ui.plain import distinct, md, short
from ui.smvp import choose_profile
from ui.state import archive, settings

LEVELS = {"error": "Errori", "warning": "Attenzioni", "advice": "Consigli"}
REPORT = "verifica:esito"


def page() -> None:
    """Choose, check, read, mend, download."""
    st.title("Verifica")
    left, right = st.columns([5, 3], vertical_alignment="top")
    with right:
        profile = choose_profile("Sistema di misurazione e valutazione (SMVP)", "check_profile",
                                 help="Decide somme, tolleranze e formule: si vede per esteso in «Impostazioni».")
    with left:
        source = choose_source()
    choice = choose(source)
    if choice is not None:
        show(choice, profile, *outcome(choice, profile, already_known()))
        ask_already_known()


def already_known() -> frozenset[str]:
    """The fingerprints of an earlier check, where one was given at the foot of the page."""
    upload = st.session_state.get("check_baseline")
    return parse_baseline(bytes(upload.getbuffer()).decode("utf-8", "replace"), upload.name) if upload else frozenset()


def ask_already_known() -> None:
    """Where an earlier outcome is given."""
    with st.expander("Ho già accettato una verifica: mostra solo il nuovo", icon=":material/history:"):
        st.caption("Per un piano vecchio: carica l'esito scaricato allora in JSON (o SARIF). Ciò che c'era già resta da parte.")
        st.file_uploader("Esito di una verifica precedente", type=["json", "sarif"], key="check_baseline")


def outcome(choice: Choice, profile: Profile, baseline: frozenset[str]) -> tuple[CheckReport, list[Remedy]]:
    """The check and what can be mended, worked out again only when something that they depend on has changed."""
    known = tuple(ours(choice))
    key = (choice.key, profile_key(profile), archive().generation, date.today(), known, baseline)
    cached: tuple[object, CheckReport, list[Remedy]] | None = st.session_state.get(REPORT)
    if cached and cached[0] == key:
        return cached[1], cached[2]
    report = check(choice.reading, profile, year=choice.reading.document.year, evidence=evidence_for(archive(), choice.reading),
                   suppressions=known, baseline=baseline)
    found = list(remedies(report, choice.reading.cards, profile))
    st.session_state[REPORT] = (key, report, found)
    return report, found


def ours(choice: Choice) -> Iterator[Suppression]:
    """The accepted findings that concern what is checked. Drafts share theirs: the whole plan has all, a draft its own."""
    names = {card_name(card) for card in choice.reading.cards}
    for one in accepted(settings()):
        if not choice.drafts:
            if one.document in (None, choice.reading.document.name):
                yield one
        elif one.document == drafts_label(choice) and (one.card in names or (one.card is None and len(names) > 1)):
            yield replace(one, document=None)


def show(choice: Choice, profile: Profile, report: CheckReport, found: Sequence[Remedy]) -> None:
    """What was read, the findings with what can be done, the files, what was accepted and what did not run."""
    dialogs(choice)
    st.subheader(md(short(choice.name, 100)))
    reading_summary(choice, profile)
    if report.findings or choice.reading.cards:
        summary_line(report.summary)
    if report.findings:
        show_findings(filtered(report.findings), key="check", actions=actions(choice, found))
    elif choice.reading.cards and report.not_run:
        st.caption("Vale per i controlli eseguiti: quelli che non si sono potuti fare sono elencati sotto.")
    corrections(choice, found)
    outcome_file(choice, report, profile)
    waived(report, ours(choice))
    not_run(report)


def filtered(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that the person wants to see; the filters appear only where there is something to sift."""
    if len(findings) < 8:
        return list(findings)
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    levels = left.pills("Mostra", list(LEVELS), selection_mode="multi", default=list(LEVELS), format_func=LEVELS.__getitem__,
                        key="check_levels")
    cards = list(dict.fromkeys(finding.card for finding in findings if finding.card))
    words = distinct({"": "tutte"} | {name: short(name, 90) for name in cards})
    chosen = right.selectbox("Scheda", list(words), format_func=words.__getitem__, key="check_card")
    kept = [one for one in findings if one.level.value in (levels or LEVELS) and (not chosen or one.card == chosen)]
    if len(kept) < len(findings):
        st.caption(f"{counted(len(kept), 'segnalazione', 'segnalazioni')} su {len(findings)}.")
    return kept
