"""The profiles from the command line: which there are, and how to write one's own from the body's SMVP."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cards.errors import ProfileError
from commands.findings import write_file
from commands.shell import profile_app, say, told
from settings import load_settings

if TYPE_CHECKING:
    from scoring.profiles import Band, Profile

_BAND = re.compile(r"\s*(.+?)\s*:\s*([\[(])?\s*([\d.,]+)\s*[-–;]\s*([\d.,]+)\s*([\])])?\s*")
Like = Annotated[str, typer.Option(help="Profilo di partenza.")]


@profile_app.command("list")
def profile_list() -> int:
    """I profili disponibili; quello in uso ha un asterisco."""
    from store.own_profiles import all_names, body_profile, find_profile

    settings = load_settings()
    used = body_profile(settings)
    for name in all_names(settings):
        say(f"{'* ' if name == used else '  '}{name}: {find_profile(name, settings).title}")
    return 0


@profile_app.command("new")
def profile_new(
    file: Annotated[Path, typer.Argument(help="Il file .toml da scrivere.")], like: Like = "neutro",
    answers: Annotated[list[str] | None, typer.Option("--set", help="Una voce, per esempio achievement.cap=120.")] = None,
    bands: Annotated[list[str] | None, typer.Option("--band", help="Una fascia, dalla più bassa: 'Alto: [60; 100]'.")] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Fa le domande una per una.")] = False,
) -> int:
    """Scrive un nuovo profilo commentato, da adattare al sistema del proprio ente."""
    from scoring.profile_text import write_profile
    from scoring.profile_wizard import build_profile
    from scoring.profiles import profile_names, profile_text
    from store.own_profiles import find_profile

    if file.exists():
        raise ProfileError(f"{file}: esiste già. Scegli un altro nome o toglilo prima.")
    start = find_profile(like, load_settings())
    if not (answers or bands or ask) and like in profile_names():
        text = profile_text(like)
    else:
        given = _given(answers or [])
        profile = build_profile(given, [_band(text) for text in bands] if bands else start.bands, file.stem, start)
        text = write_profile(_asked(profile, file.stem, set(given)) if ask else profile)
    write_file(file, text.encode(), None)
    say(f"{file}: scritto. Aprilo, adatta i valori e usalo con --profile {file}.")
    return 0


@profile_app.command("check")
def profile_check(profile: Annotated[str, typer.Argument(help="Un nome o un file .toml.")]) -> int:
    """Legge un profilo e mostra che cosa fa su una scheda di prova."""
    from cards.quantities import italian
    from scoring.profile_sample import preview
    from store.own_profiles import find_profile

    one = find_profile(profile, load_settings())
    say(f"{one.name}: {one.title} ({one.source})")
    rows, total, band = preview(one)
    for row in rows:
        reached = "non calcolabile" if row.value is None else f"{italian(row.value, one.rounding.achievement)} %"
        why = f" ({row.why})" if row.why else ""
        say(f"  {row.case}: atteso {row.target}, risultato {row.actual}, peso {row.weight} → {reached}{why}")
    shown = "non calcolabile" if total is None else f"{italian(total, one.rounding.total)} %"
    say(f"  Totale dell'obiettivo: {shown}{f' · {band}' if band else ''}")
    return 0


@profile_app.command("use")
def profile_use(profile: Annotated[str, typer.Argument(help="Un nome di «piao profile list», o un file .toml.")]) -> int:
    """Il profilo dell'ente: quello che si usa se non se ne indica un altro."""
    from store.own_profiles import file_name, find_profile, save_profile, use_profile

    settings = load_settings()
    name = profile
    if profile.endswith(".toml") or "/" in profile:
        name = file_name(Path(profile).stem)
        save_profile(name, find_profile(profile, settings), settings)
    use_profile(name, settings)
    told(settings, "profilo", name, "dell'ente")
    say(f"{name}: è il profilo dell'ente.")
    return 0


def _given(pairs: list[str]) -> dict[str, str]:
    """"achievement.cap=120" by path; an unknown path lists the known ones."""
    from scoring.profile_questions import questions

    known = {one.path for one in questions()}
    found = {}
    for pair in pairs:
        path, sign, value = pair.partition("=")
        if not sign or path.strip() not in known:
            raise ProfileError(f"--set {pair}: si scrive voce=valore, con una voce tra {', '.join(sorted(known))}.")
        found[path.strip()] = value
    return found


def _band(text: str) -> Band:
    """"Raggiunto: [60; 100]": square brackets for an end that belongs to the band, round for one that does not."""
    from scoring.profile_wizard import read_band

    match = _BAND.fullmatch(text)
    if match is None:
        raise ProfileError(f"--band {text}: si scrive «Nome: [da; a)», con [ ] per un estremo compreso e ( ) per uno escluso.")
    name, opening, start, end, closing = match.groups()
    return read_band(name, start, end, opening != "(", closing == "]")


def _asked(profile: Profile, name: str, given: set[str]) -> Profile:
    """Each question with the present answer; a wrong one is told and asked again."""
    from scoring.profile_questions import QUESTIONS
    from scoring.profile_wizard import answer_of, build_profile

    for heading, group in QUESTIONS.items():
        say(f"\n{heading}")
        for question in (one for one in group if one.path not in given):
            for value, words in question.choices.items():
                say(f"    {value}: {words}")
            while True:
                text = typer.prompt(f"  {question.text}", default=answer_of(profile, question), show_default=True)
                text = "" if text.strip() == "-" and question.blank is not None else text
                try:
                    profile = build_profile({question.path: text}, profile.bands, name, profile)
                except ProfileError as error:
                    say(f"    {error}")
                else:
                    break
    return profile
