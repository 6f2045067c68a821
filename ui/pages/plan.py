"""*Piano*: all the cards of a year at a glance: weights by unit, mandatory themes, measurable targets, findings; the export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import streamlit as st

from cards.model import Card
from cards.quantities import italian, round_half_up
from exports import export_cards
from scoring.check import check
from scoring.profiles import Profile
from scoring.values import tidy, weight
from store.evidence import evidence_for
from store.records import Draft
from ui import charts
from ui.choice import KINDS
from ui.findings import show_findings, summary_line
from ui.plain import md, short
from ui.plan_facts import UnitFacts, by_card, in_plan_order, live, plan_reading, themes, unit_of, units
from ui.smvp import choose_profile
from ui.start import planning_year
from ui.state import archive
from ui.words import LAYOUTS

DRAFTS = "bozze"
STATES = {"covered": ":green[:material/check_circle: Presente]", "missing": ":red[:material/error: Manca]",
          "weak": ":orange[:material/warning: Da rivedere]", "unknown": ":material/help: Non verificabile"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Plan:
    """The cards of a year, in the order of the plan; ``drafts`` are the ids that open in the editor."""

    year: int
    cards: list[Card]
    document_type: str | None
    drafts: frozenset[str]


def page() -> None:
    """Year and sources; figures; charts; findings; export."""
    st.title("Piano")
    st.write("Tutte le schede di un anno insieme: pesi, temi obbligatori, valori attesi misurabili, segnalazioni. Da qui si "
             "esporta la sezione 2.2.")
    plan, profile = choose_plan()
    if plan is None or profile is None:
        return
    reading = plan_reading(plan.cards, f"Piano {plan.year}", plan.year, plan.document_type)
    report = check(reading, profile, year=plan.year, evidence=evidence_for(archive(), reading))
    facts = units(plan.cards)
    figures(plan, facts, report.summary)
    export(plan)
    tabs = st.tabs(["Pesi per settore", "Valori attesi misurabili", "Temi obbligatori", "Schede e segnalazioni"])
    with tabs[0]:
        weights(plan, facts, profile)
    with tabs[1]:
        measurable(facts)
    with tabs[2]:
        covered(plan, profile)
    with tabs[3]:
        counted, whole = by_card(report)
        cards_table(plan, counted)
        if whole:
            st.subheader("Segnalazioni sul piano intero")
            show_findings(whole, key="piano")
        summary_line(report.summary)


def choose_plan() -> tuple[Plan | None, Profile | None]:
    """The year, then drafts and documents of that year; the measuring system."""
    drafts = [draft for draft in archive().drafts() if draft.card.kind in KINDS]
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
    options = {DRAFTS: f"Le mie bozze ({sum(d.card.year == year for d in drafts)})"} if year in own else {}
    options |= {document.id: document.name for document in documents if document.year == year}
    chosen = middle.multiselect("Schede da comprendere", list(options), default=[next(iter(options))], key=f"fonti_piano_{year}",
                                format_func=options.__getitem__, placeholder="Scegli bozze o documenti")
    with right:
        profile = choose_profile("Sistema di misurazione e valutazione (SMVP)", "profilo_piano")
    if not chosen:
        st.info("Scegli almeno una fonte: le tue bozze, o un documento dell'archivio.", icon=":material/checklist:")
        return None, None
    return made_of(chosen, [draft for draft in drafts if draft.card.year == year], year), profile


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
    return Plan(year, in_plan_order(cards) if ids else cards, document_type, frozenset(ids))


def figures(plan: Plan, facts: Sequence[UnitFacts], summary: dict[str, int]) -> None:
    """Five numbers."""
    indicators, good = sum(one.indicators for one in facts), sum(one.measurable for one in facts)
    out = len(plan.cards) - len(live(plan.cards))
    columns = st.columns(5)
    columns[0].metric("Schede", len(live(plan.cards)), help=f"{out} eliminate o sostituite non contano." if out else None)
    columns[1].metric("Settori", len(facts))
    columns[2].metric("Indicatori", indicators)
    columns[3].metric("Misurabili", share(good, indicators), help="Indicatori con un valore atteso misurabile nell'anno.")
    columns[4].metric("Errori", summary.get("error", 0), help="Segnalazioni gravi: vedi «Schede e segnalazioni».")


def share(part: int, whole: int) -> str:
    """"85 %"; a dash where there is nothing to share."""
    return f"{italian(round_half_up(Decimal(100 * part) / whole, 0))} %" if whole else "—"


def weights(plan: Plan, facts: Sequence[UnitFacts], profile: Profile) -> None:
    """One bar a unit, made of its objectives, against the sum that the profile wants."""
    wanted = profile.weights.objectives_total
    rows = [{"Settore": unit_of(card), "Obiettivo": short(card.title, 80) or "Senza titolo", "Peso": float(points)}
            for card in live(plan.cards) for points in [weight(card.weight) or Decimal(0)]]
    if not any(row["Peso"] for row in rows):
        st.info("Nessuna scheda ha il peso dell'obiettivo nel settore: si scrive nella scheda, in «Collegamenti, tempi e peso».",
                icon=":material/balance:")
        return
    table = [{"Settore": one.name, "Schede": one.cards, "Somma dei pesi": "—" if one.weight is None else tidy(one.weight),
              "Esito": outcome(one, profile)} for one in facts]
    wrong = [f"{one.name} ({outcome(one, profile)})" for one in facts if outcome(one, profile) != "torna"]
    goal = f" La somma da raggiungere è {tidy(wanted)} (linea tratteggiata)." if wanted is not None else ""
    right = len(facts) - len(wrong)
    words = (f"I pesi tornano in {right} settor{'e' if right == 1 else 'i'} su {len(facts)}." + goal
             + (f" Da controllare: {'; '.join(wrong[:8])}." if wrong else ""))
    goal_line = None if wanted is None else float(wanted)
    charts.show(charts.stacked_bars(rows, "Settore", "Obiettivo", "Peso", goal_line), table, words)


def outcome(one: UnitFacts, profile: Profile) -> str:
    """What to say of a unit's sum of weights."""
    wanted = profile.weights.objectives_total
    if one.without_weight:
        return f"{one.without_weight} senza peso"
    if wanted is None or one.weight is None or abs(one.weight - wanted) <= profile.weights.tolerance:
        return "torna"
    gap = one.weight - wanted
    return f"{tidy(abs(gap))} di {'troppo' if gap > 0 else 'meno'}"


def measurable(facts: Sequence[UnitFacts]) -> None:
    """The share of indicators whose target can be measured, by unit."""
    rows = [{"Settore": one.name, "Misurabili (%)": round(100 * one.measurable / one.indicators, 1)}
            for one in facts if one.indicators]
    if not rows:
        st.info("Le schede non hanno ancora indicatori: aggiungili da «Schede».", icon=":material/edit_note:")
        return
    table = [{"Settore": one.name, "Indicatori": one.indicators, "Misurabili": one.measurable,
              "Quota": share(one.measurable, one.indicators)} for one in facts]
    whole, good = sum(one.indicators for one in facts), sum(one.measurable for one in facts)
    least = min((one for one in facts if one.indicators), key=lambda one: one.measurable / one.indicators)
    words = f"{good} indicatori su {whole} hanno un valore atteso misurabile ({share(good, whole)})."
    if least.measurable < least.indicators:
        words += f" Il settore più indietro è {least.name}: {least.measurable} su {least.indicators}."
    charts.show(charts.bars(rows, "Settore", "Misurabili (%)", 100), table, words)


def covered(plan: Plan, profile: Profile) -> None:
    """Mandatory themes: touched, missing, or not to be told."""
    found = themes(plan_reading(live(plan.cards), f"Piano {plan.year}", plan.year, plan.document_type), profile, plan.year)
    st.caption("I temi che norme e direttive chiedono al piano. «Presente» vuol dire che almeno una scheda ne parla: se basta, "
               "lo giudica chi legge.")
    for theme in found:
        name, state, why = st.columns([2, 1.3, 5], vertical_alignment="center")
        name.markdown(f"**{md(theme.title)}**")
        state.markdown(STATES[theme.state])
        why.caption(f"{md(theme.why)} {md(theme.basis)} · {theme.code}".strip())


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
    own = {card.id or "": short(card.title, 100) or "Senza titolo" for card in plan.cards if card.id in plan.drafts}
    if own:
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        chosen = left.selectbox("Apri una bozza", list(own), format_func=own.__getitem__, key="apri_dal_piano")
        if right.button("Apri", icon=":material/edit:", width="stretch"):
            st.switch_page(st.session_state["pages"]["schede"], query_params={"bozza": chosen})


def export(plan: Plan) -> None:
    """All the cards of the year in one Word document, made when asked for."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    layout = left.selectbox("Modello del documento", list(LAYOUTS), format_func=LAYOUTS.__getitem__, key="modello_piano")
    cards = live(plan.cards)
    right.download_button(f"Scarica le {len(cards)} schede in Word", lambda: export_cards(cards, "docx", layout)[0],
                          file_name=f"piano-{plan.year}-sezione-2.2.docx", mime=DOCX, icon=":material/download:", width="stretch",
                          on_click="ignore", disabled=not cards)
