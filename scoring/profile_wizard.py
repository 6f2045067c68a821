"""From the answers of a person to a profile, and back: live validation, each mistake with the question that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cards.errors import ProfileError
from cards.quantities import read_number
from scoring.profile_questions import Question, questions
from scoring.profiles import Band, Profile, band_problem, make_profile
from scoring.values import tidy


def answer_of(profile: Profile, question: Question) -> str:
    """What a profile answers, as a person would type it; a choice by its value, a yes by "sì"."""
    value: Any = profile
    for name in question.path.split("."):
        value = getattr(value, name)
    if value is None:
        return ""
    if question.kind == "yes":
        return "sì" if value else "no"
    if question.kind == "days":
        return ", ".join(f"{day[3:]}/{day[:2]}" for day in value)
    if question.kind == "words":
        return "; ".join(value)
    return tidy(value) if question.kind in ("number", "count") else str(value)


def read_answer(question: Question, text: str) -> Any:
    """The typed value of an answer; a ``ProfileError`` repeats the question."""
    text = text.strip()
    if not text and question.kind in ("words", "days"):
        return []
    if not text and question.blank is not None:
        return None
    wrong = ProfileError(f"{question.text} «{text}» non va bene: {_wanted(question)}.")
    if not text:
        raise ProfileError(f"{question.text} Serve una risposta: {_wanted(question)}.")
    if question.kind in ("number", "count"):
        number = read_number(text)
        if number is None or (question.kind == "count" and number != number.to_integral_value()):
            raise wrong
        return int(number) if question.kind == "count" else number
    if question.kind == "yes":
        if text.lower() not in ("sì", "si", "no"):
            raise wrong
        return text.lower() != "no"
    if question.kind == "choice" and text not in question.choices:
        raise wrong
    if question.kind == "words":
        return [part.strip() for part in text.split(";") if part.strip()]
    if question.kind == "days":
        pieces = [part.strip().split("/") for part in text.replace(";", ",").split(",") if part.strip()]
        if any(len(part) != 2 or not all(one.isdigit() for one in part) for part in pieces):
            raise wrong
        return sorted(f"{month.zfill(2)}-{day.zfill(2)}" for day, month in pieces)
    return text


def _wanted(question: Question) -> str:
    if question.kind == "choice":
        return "scegli tra " + ", ".join(f"«{value}» ({words})" for value, words in question.choices.items())
    return {
        "number": "scrivi un numero",
        "count": "scrivi un numero intero",
        "yes": "scrivi sì o no",
        "days": "scrivi i giorni così: 31/07, 31/12",
        "words": "separa le voci con un punto e virgola",
    }.get(question.kind, "scrivi un testo")


def build_profile(answers: Mapping[str, str], bands: Sequence[Band], name: str, like: Profile) -> Profile:
    """The profile that the answers describe; what is not asked stays as in ``like``. ``ProfileError`` says what is wrong."""
    data = like.model_dump(by_alias=True, exclude={"name"})
    for question in questions():
        if question.path in answers:
            *parts, last = question.path.split(".")
            place = data[parts[0]] if parts else data
            place[last] = read_answer(question, answers[question.path])
    data["bands"] = [band.model_dump(by_alias=True) for band in bands]
    return make_profile(data, name, f"Profilo «{data['title']}»")


def read_band(labels: str, start: str, end: str, start_included: bool, end_included: bool) -> Band:
    """A band as typed: labels separated by a semicolon, ends as Italian numbers."""
    words = tuple(part.strip() for part in labels.split(";") if part.strip())
    low, high = read_number(start), read_number(end)
    if not words:
        raise ProfileError("Una fascia non ha nome: scrivi come si chiama l'esito.")
    if low is None or high is None:
        raise ProfileError(f"Fascia «{words[0]}»: da e a sono numeri, trovato «{start}» e «{end}».")
    band = Band.model_validate(
        {"labels": words, "from": low, "to": high, "start_included": start_included, "end_included": end_included}
    )
    problem = band_problem((band,))
    if problem:
        raise ProfileError(problem[:1].upper() + problem[1:] + ".")
    return band
