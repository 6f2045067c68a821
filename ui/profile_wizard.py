"""The wizard of *Impostazioni*: the questions of a body's SMVP, checked as one answers, tried on a sample card, kept and used."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cards.errors import ProfileError
from cards.quantities import italian
from scoring.profile_questions import QUESTIONS, Question, questions
from scoring.profile_sample import preview
from scoring.profile_text import write_profile
from scoring.profile_wizard import answer_of, build_profile, read_answer, read_band
from scoring.profiles import Band, Profile, profile_names
from scoring.values import tidy
from store.own_profiles import body_profile, file_name, find_profile, save_profile, use_profile
from store.people import Action
from ui.plain import md
from ui.scratch import Scratch
from ui.smvp import profiles, title_of
from ui.state import hands, settings

DONE = "profilo:fatto"
MOST = 12


def wizard() -> None:
    """Questions on the left, what they make on the right; below, keep and use."""
    notes = Scratch("profilo")
    done = st.session_state.pop(DONE, None)
    if done:
        st.success(md(done), icon=":material/check_circle:")
    st.markdown("Rispondi come dice il Sistema di misurazione del tuo ente. Ogni risposta si controlla subito; quello che scrivi "
                "resta anche se chiudi la pagina.")
    names = profiles()
    key = notes.widget("like", body_profile(settings()))
    if st.session_state[key] not in names:
        st.session_state[key] = body_profile(settings())
    chosen = st.selectbox("Parti da", names, format_func=title_of, key=key, on_change=restart, args=(notes,))
    like = find_profile(chosen, settings())
    answers, wrong = ask(notes, like)
    bands, band_errors = ask_bands(notes, like)
    profile = None
    if not wrong and not band_errors:
        try:
            profile = build_profile(answers, bands, own_name(answers["title"]), like)
        except ProfileError as error:
            st.error(md(str(error)), icon=":material/error:")
    else:
        st.error("Ci sono risposte da correggere: sono segnate in rosso sotto la domanda.", icon=":material/error:")
    if profile is not None:
        show_preview(profile)
        keep(notes, profile)


def restart(notes: Scratch) -> None:
    """Another starting point: its answers take the place of those given."""
    like = st.session_state[notes.key("like")]
    notes.put(like=like, bands=None, **{one.path: None for one in questions()})
    for one in questions():
        st.session_state.pop(notes.key(one.path), None)
    for name in [name for name in st.session_state if str(name).startswith(notes.key("fascia"))]:
        del st.session_state[name]


def own_name(title: str) -> str:
    """The file's name; never one of the product's."""
    name = file_name(title)
    return f"{name}-ente" if name in profile_names() else name


# ---------------------------------------------------------------------------------------------- questions


def ask(notes: Scratch, like: Profile) -> tuple[dict[str, str], bool]:
    """The answers as typed, and whether one of them cannot be read."""
    answers: dict[str, str] = {}
    wrong = False
    for heading, group in QUESTIONS.items():
        with st.expander(heading, expanded=heading == "Il sistema"):
            columns = st.columns(2)
            for n, question in enumerate(group):
                with columns[n % 2]:
                    answers[question.path] = one_answer(notes, question, answer_of(like, question))
                    try:
                        read_answer(question, answers[question.path])
                    except ProfileError as error:
                        wrong = True
                        st.caption(f":red[:material/error: {md(str(error))}]")
    return answers, wrong


def one_answer(notes: Scratch, question: Question, default: str) -> str:
    """One widget, fed with what was answered before."""
    key = notes.widget(question.path, default)
    keep_it, about = notes.keep, (question.path,)
    if question.kind in ("choice", "yes"):
        options = dict(question.choices) or {"sì": "sì", "no": "no"}
        if st.session_state[key] not in options:
            st.session_state[key] = default
        return str(st.selectbox(question.text, list(options), format_func=options.__getitem__, key=key, on_change=keep_it,
                                args=about))
    hint = f"vuoto: {question.blank}" if question.blank else ""
    hint = hint or {"days": "31/07, 31/12", "words": "separate da punto e virgola"}.get(question.kind, "")
    return st.text_input(question.text, placeholder=hint, max_chars=400, live=True, key=key, on_change=keep_it, args=about) or ""


# ---------------------------------------------------------------------------------------------- bands


def ask_bands(notes: Scratch, like: Profile) -> tuple[list[Band], bool]:
    """The bands of outcome, from the lowest; whether one cannot be read."""
    rows = shown_bands(notes, like)
    with st.expander(f"Fasce di esito ({len(rows) or 'nessuna'})"):
        st.caption("Dalla più bassa. Una fascia comincia dove finisce quella prima: l'estremo appartiene a una sola delle due.")
        found, wrong = [], False
        for n, row in enumerate(rows):
            typed = one_band(notes, n, row)
            try:
                found.append(read_band(**typed))
            except ProfileError as error:
                wrong = True
                st.caption(f":red[:material/error: {md(str(error))}]")
        with st.container(horizontal=True):
            st.button("Aggiungi una fascia", icon=":material/add:", key="band_add", on_click=add_band, args=(notes, rows),
                      disabled=len(rows) >= MOST)
            st.button("Togli l'ultima", icon=":material/remove:", key="band_drop", on_click=drop_band, args=(notes, rows),
                      disabled=not rows)
    return found, wrong


def band_row(band: Band) -> dict[str, Any]:
    """A band as typed."""
    return {"labels": "; ".join(band.labels), "start": tidy(band.start), "end": tidy(band.end),
            "start_included": band.start_included, "end_included": band.end_included}


def one_band(notes: Scratch, n: int, row: dict[str, Any]) -> dict[str, Any]:
    """The five cells of a band."""
    name, start, opens, end, closes = st.columns([4, 1.2, 1.4, 1.2, 1.4], vertical_alignment="bottom")
    cells = (("labels", name, "Come si chiama (più nomi: punto e virgola)"), ("start", start, "Da"),
             ("start_included", opens, "compreso"), ("end", end, "A"), ("end_included", closes, "compreso"))
    typed = {}
    for field, column, label in cells:
        key = notes.key(f"fascia:{n}:{field}")
        st.session_state.setdefault(key, row[field])
        draw: Any = column.checkbox if field.endswith("included") else column.text_input
        typed[field] = draw(label, key=key, on_change=keep_band, args=(notes, n, field))
    return typed


def keep_band(notes: Scratch, n: int, field: str) -> None:
    """A cell of a band typed: all of them are kept."""
    rows = shown_bands(notes, find_profile(st.session_state[notes.key("like")], settings()))
    rows[n][field] = st.session_state[notes.key(f"fascia:{n}:{field}")]
    notes.put(bands=rows)


def shown_bands(notes: Scratch, like: Profile) -> list[dict[str, Any]]:
    """The bands that are on the page now: those typed, even none, else those of the starting point."""
    typed = notes.get("bands")
    return [dict(row) for row in ([band_row(band) for band in like.bands] if typed is None else typed)]


def add_band(notes: Scratch, rows: list[dict[str, Any]]) -> None:
    """A new band that begins where the last one ends."""
    last = rows[-1] if rows else {"end": "0", "end_included": False}
    new = {"labels": "", "start": last["end"], "end": "100", "start_included": not last["end_included"], "end_included": True}
    notes.put(bands=[*rows, new])


def drop_band(notes: Scratch, rows: list[dict[str, Any]]) -> None:
    """The last band goes."""
    for field in ("labels", "start", "end", "start_included", "end_included"):
        st.session_state.pop(notes.key(f"fascia:{len(rows) - 1}:{field}"), None)
    notes.put(bands=rows[:-1])


# ---------------------------------------------------------------------------------------------- what it makes


def show_preview(profile: Profile) -> None:
    """The sample card as this profile judges it."""
    st.markdown("**Prova su una scheda di esempio**")
    missing = st.toggle("Aggiungi un indicatore senza risultato", key="profilo_manca")
    rows, total, band = preview(profile, missing)
    places = profile.rounding.achievement
    reached = [f"{italian(row.value, places)} %" if row.value is not None else row.why or "—" for row in rows]
    st.dataframe([{"Caso": row.case, "Atteso": row.target, "Risultato": row.actual or "—", "Peso": row.weight,
                   "Raggiungimento": words} for row, words in zip(rows, reached, strict=True)], hide_index=True, width="stretch")
    shown = "non si calcola" if total is None else f"{italian(total, profile.rounding.total)} %"
    st.markdown(f"Totale dell'obiettivo: **{md(shown)}**{f' · {md(band)}' if band else ''}")


def keep(notes: Scratch, profile: Profile) -> None:
    """Take the file away, or make it the body's profile."""
    with st.container(horizontal=True):
        st.download_button("Scarica il file .toml", write_profile(profile), file_name=f"{profile.name}.toml",
                           mime="application/toml", icon=":material/download:", on_click="ignore", key="profilo_scarica")
        may = hands().person.may(Action.MANAGE)
        st.button("Salva e usalo come profilo dell'ente", type="primary", icon=":material/check:", key="profilo_usa",
                  disabled=not may, on_click=adopt, args=(profile,),
                  help=None if may else "Lo fa chi amministra il programma: scarica il file e mandaglielo.")


def adopt(profile: Profile) -> None:
    """Keep it and use it from now on."""
    hands().person.must(Action.MANAGE)
    save_profile(profile.name, profile, settings())
    use_profile(profile.name, settings())
    hands().tell("profilo", profile.name, profile.source)
    st.session_state[DONE] = f"«{profile.title}» è il profilo dell'ente: si usa in tutte le pagine e nel comando piao."
