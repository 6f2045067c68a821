"""What *Verifica* says around the findings: what was read and what not, what was accepted, what did not run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from cards.columns import column_words
from cards.counted import cards_counted, indicators_counted
from scoring.findings import CheckReport
from scoring.profiles import Profile
from scoring.registry import rule
from scoring.suppressions import Suppression
from store.accepted import accepted, accepted_file, withdraw
from store.people import Action
from ui.check_sources import Choice
from ui.plain import md, short
from ui.state import hands, settings

NEEDED = "Servono colonne con un'intestazione: obiettivo, indicatore, valore atteso, peso…"


def reading_summary(choice: Choice, profile: Profile) -> None:
    """How much was read, what could not be, which columns were taken for what."""
    reading = choice.reading
    indicators = sum(len(card.indicators) for card in reading.cards)
    st.caption(f"Letto: {cards_counted(len(reading.cards))} e {indicators_counted(indicators)} · profilo: {md(profile.title)}")
    if not reading.cards:
        why = "  \n".join(md(notice.message) for notice in reading.warnings[:5])
        st.warning("Non ho riconosciuto nessuna scheda: niente da verificare, e questo non vuol dire che sia tutto a posto."
                   f"  \n{why or NEEDED}", icon=":material/table_view:")
    elif reading.warnings:
        head = f"Che cosa non ho potuto leggere ({len(reading.warnings)})"
        with st.expander(head, icon=":material/visibility_off:", expanded=True):
            for notice in reading.warnings[:30]:
                parts = (f"p. {notice.page}" if notice.page else "", f"riga {notice.line}" if notice.line else "")
                where = ", ".join(part for part in parts if part)
                st.markdown(f"- {md(notice.message)}{md(f' ({where})') if where else ''}")
            if len(reading.warnings) > 30:
                st.caption(f"… e altre {len(reading.warnings) - 30}: sono tutte nell'esito da scaricare.")
    if reading.mapping:
        with st.expander("Quali colonne ho riconosciuto", icon=":material/view_column:"):
            for line in reading.mapping:
                st.markdown(md(column_words(line)))


def waived(report: CheckReport, known: Iterable[Suppression]) -> None:
    """The findings accepted here, with reason and author; who may approve can take one back."""
    known = list(known)
    if not report.waived and not known:
        return
    with st.expander(f"Segnalazioni accettate ({len(report.waived)})", icon=":material/verified:"):
        for one in report.waived[:100]:
            author = f" ({md(one.author)})" if one.author else ""
            until = f", fino al {one.expires[8:]}/{one.expires[5:7]}/{one.expires[:4]}" if one.expires else ""
            st.markdown(f"- **{md(one.finding.code)}** {md(one.finding.message)} — {md(one.reason)}{author}{until}")
        for n, kept in enumerate(known if hands().person.may(Action.APPROVE) else ()):
            st.button(md(f"Ritira: {short(kept.code or kept.name, 40)}, {short(kept.reason, 60)}"), key=f"withdraw:{n}",
                      on_click=retract, args=(kept,), icon=":material/undo:")
        st.caption(f"Stanno anche nel file {md(str(accepted_file(settings())))}: lo stesso di `piao check --suppressions`.")


def retract(one: Suppression) -> None:
    """Take an acceptance back, whatever document it was given for."""
    hands().person.must(Action.APPROVE)
    for kept in accepted(settings()):
        if replace(kept, document=one.document) == one:
            withdraw(kept, settings())
    hands().tell("accettazione ritirata", one.name, one.reason)


def not_run(report: CheckReport) -> None:
    """What could not be checked, gathered by reason."""
    if not report.not_run:
        return
    whys: dict[str, list[str]] = {}
    for skipped in report.not_run:
        whys.setdefault(skipped.why, []).append(skipped.code)
    with st.expander(f"Controlli non eseguiti ({len(report.not_run)})", icon=":material/help:"):
        for why, codes in whys.items():
            told = "".join(f"\n- {md(rule(code).title)} ({code})" for code in codes)
            st.markdown(f"**{md(why[:1].upper() + why[1:])}**\n{told}")
