"""The body's own Word template (``docxtpl``): filled with cards under Italian names, in a process of its own.

A template is a program that somebody else wrote: it runs in jinja2's sandbox, knows nothing but the names below, and has
a limit of time, memory and size. What cards say goes in as text, never as markup.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from cards.errors import LimitExceeded, PiaoError, UnreadableFile
from cards.model import GONE, Card, Indicator, Phase
from exports.sheet import clean
from ingest.limits import MB

ROOT = Path(__file__).resolve().parent.parent
MAX_BYTES = 10 * MB
SECONDS = 20.0  # that filling a template may take
NAME = "Il modello Word"
NAMES: dict[str, dict[str, str]] = {
    "": {"ente": "nome dell'ente", "anno": "anno delle schede", "schede": "elenco delle schede"},
    "scheda": {
        "titolo": "titolo dell'obiettivo", "anno": "anno della scheda", "finalita": "finalità", "descrizione": "descrizione",
        "servizio": "settore o servizio", "responsabile": "responsabile, o dirigente se manca", "peso": "peso",
        "fasi": "elenco delle fasi", "indicatori": "elenco degli indicatori",
    },
    "fase": {"numero": "numero", "testo": "testo", "inizio": "inizio", "fine": "fine", "peso": "peso"},
    "indicatore": {
        "nome": "nome", "formula": "formula", "unita": "unità di misura", "base": "valore di partenza",
        "atteso": "valore atteso dell'anno", "raggiunto": "valore raggiunto dell'anno", "peso": "peso",
    },
}  # fmt: skip


def fill_template(template: bytes, cards: Sequence[Card]) -> bytes:
    """The template (.docx, at most ``MAX_BYTES``) filled with the cards.

    A template that cannot be used is an ``UnreadableFile`` (``LimitExceeded`` over a limit) with one line on why.
    """
    if not cards:
        raise PiaoError("Non c'è nessuna scheda da esportare.")
    if len(template) > MAX_BYTES:
        size = f"occupa {len(template) / MB:.0f} MB: può arrivare a {MAX_BYTES // MB} MB"
        raise LimitExceeded(f"{NAME} {size}. Alleggerisci le immagini.")
    names = json.dumps(context(cards)).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "exports.template_worker"], input=len(template).to_bytes(8, "big") + template + names,
            capture_output=True, timeout=SECONDS, cwd=ROOT, env=_environment(), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise LimitExceeded(f"{NAME} richiede più di {SECONDS:g} secondi: un ciclo è troppo lungo. Semplificalo.") from None
    return _result(done)


def _result(done: subprocess.CompletedProcess[bytes]) -> bytes:
    kind, _, data = done.stdout.partition(b"\n")
    if kind == b"filled" and done.returncode == 0:
        return data
    if kind in (b"UnreadableFile", b"LimitExceeded") and done.returncode == 0:
        raise (LimitExceeded if kind == b"LimitExceeded" else UnreadableFile)(data.decode())
    if done.returncode < 0:
        raise UnreadableFile(f"{NAME} fa interrompere il programma che lo compila: un comando è troppo lungo o il file è rotto.")
    raise RuntimeError(done.stderr.decode("utf-8", "replace") or f"the filler ended with code {done.returncode}")


def _environment() -> dict[str, str]:
    """No keys and no addresses for a template."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PIAO_")}
    return {**ours, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}


# ------------------------------------------------------------------------------------------------- the names


def context(cards: Sequence[Card]) -> dict[str, Any]:
    """What the names of a template stand for, all text; what a variation took out is left out."""
    first = next((card.entity for card in cards if card.entity), None)
    year = next((card.year for card in cards if card.year), None)
    return {"ente": _text(first), "anno": _text(year), "schede": [_card(card) for card in cards]}


def _card(card: Card) -> dict[str, Any]:
    return {
        "titolo": _text(card.title), "anno": _text(card.year), "finalita": _text(card.purpose),
        "descrizione": _text(card.description), "servizio": _text(card.unit),
        "responsabile": _text(card.responsible or card.manager), "peso": _text(card.weight),
        "fasi": [_phase(phase) for phase in card.phases if phase.status not in GONE],
        "indicatori": [_indicator(one, card.year) for one in card.indicators if one.status not in GONE],
    }  # fmt: skip


def _phase(phase: Phase) -> dict[str, str]:
    return {"numero": _text(phase.number), "testo": _text(phase.text), "inizio": _text(phase.start),
            "fine": _text(phase.end), "peso": _text(phase.weight)}  # fmt: skip


def _indicator(one: Indicator, year: int | None) -> dict[str, str]:
    return {
        "nome": _text(one.name), "formula": _text(one.formula), "unita": _text(one.unit), "base": _text(one.baseline),
        "atteso": _of_year(one.targets, year), "raggiunto": _of_year(one.actuals, year), "peso": _text(one.weight),
    }  # fmt: skip


def _of_year(values: Mapping[str, str], year: int | None) -> str:
    """The value of the card's year; where a card has no year, each value with its own."""
    if year is not None:
        return _text(values.get(str(year)))
    return _text("; ".join(f"{when}: {value}" for when, value in sorted(values.items())))


def _text(value: object) -> str:
    return clean(value).replace("\r\n", "\n").replace("\r", "\n")


def named(value: Any) -> Any:
    """The context with names as attributes: a template sees these and no method of a dictionary."""
    if isinstance(value, dict):
        return SimpleNamespace(**{name: named(one) for name, one in value.items()})
    return [named(one) for one in value] if isinstance(value, list) else value
