"""Profiles: a body's *Sistema di misurazione e valutazione* (SMVP) as a small TOML file.

Weights, scales, thresholds, formulas and rounding are set by each body (art. 7 D.Lgs. 150/2009), never by the law: here
they are data. The shipped profiles stand in ``scoring/profiles/*.toml``; ``docs`` of each field are its description.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from cards.errors import ProfileError
from cards.plain_data import toml_of
from cards.quantities import italian

FOLDER = Path(__file__).with_name("profiles")
MOST_BYTES = 512 * 1024


NOTHING = "nessuno"  # how a file says that an amount is not set: TOML has no word for it


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _unset(cls, data: Any) -> Any:
        return {key: None if value == NOTHING else value for key, value in data.items()} if isinstance(data, dict) else data


class Weights(_Part):
    """How weights must add up. Totals and tolerance are in the unit of the weights (usually per cent)."""

    indicators_total: Decimal | None = Field(
        Decimal(100), description="Somma dei pesi degli indicatori di un obiettivo; «nessuno» = non controllata."
    )
    objectives_total: Decimal | None = Field(Decimal(100), description="Somma dei pesi degli obiettivi di un'unità.")
    phases_total: Decimal | None = Field(Decimal(100), description="Somma dei pesi delle fasi di un obiettivo.")
    staff_total: Decimal | None = Field(Decimal(100), description="Somma delle quote del personale.")
    tolerance: Decimal = Field(Decimal("0.01"), description="Differenza ammessa su una somma.", ge=0)
    excluded_marks: tuple[str, ...] = Field(("*",), description="Segni al posto del peso che tolgono l'obiettivo dalla somma.")
    excluded_outcomes: tuple[str, ...] = Field(
        ("Sostituito", "Eliminato", "Annullato"), description="Esiti che tolgono l'obiettivo dalla somma."
    )
    required: bool = Field(False, description="Ogni indicatore deve avere un peso, anche quando nessuno lo ha.")
    largest_share: Decimal = Field(Decimal(70), description="Oltre questo peso un solo obiettivo regge quasi tutta l'unità.")
    smallest_share: Decimal = Field(Decimal(5), description="Sotto questo peso un obiettivo quasi non conta.")
    smallest_many: int = Field(3, description="Quanti obiettivi sotto la soglia minima fanno una segnalazione.", ge=1)


class Rounding(_Part):
    """Decimals of the published figures; always half up, once, at the end."""

    achievement: int = Field(0, description="Decimali del grado di raggiungimento di un indicatore.", ge=0, le=6)
    total: int = Field(2, description="Decimali dei totali di obiettivo, unità e linea.", ge=0, le=6)
    tolerance: Decimal = Field(
        Decimal("0.005"), description="Differenza ammessa tra dichiarato e calcolato, dopo l'arrotondamento.", ge=0
    )


class Achievement(_Part):
    """How an actual value becomes a percentage."""

    higher: Literal["ratio", "on_off", "baseline"] = Field("ratio", description="Più è meglio: R/T, 100 o 0, oppure (R-B)/(T-B).")
    lower: Literal["ratio", "linear", "on_off", "baseline"] = Field(
        "ratio", description="Meno è meglio: T/R, 2-R/T, 100 o 0, oppure (B-R)/(B-T)."
    )
    cap: Decimal | None = Field(Decimal(100), description="Massimo del grado di raggiungimento; «nessuno» = senza limite.")
    floor: Decimal = Field(Decimal(0), description="Minimo del grado di raggiungimento.")
    compound: Literal["all", "mean"] = Field(
        "mean", description="Più quantità nello stesso valore atteso: media, o tutte o niente."
    )
    late_per_day: Decimal | None = Field(
        None, description="Punti persi per ogni giorno di ritardo; assente = 0 se in ritardo.", ge=0
    )
    unset_polarity: Literal["unknown", "higher"] = Field(
        "unknown", description="Verso ignoto: non calcolare, o considera migliore il valore più alto."
    )
    lower_words: tuple[str, ...] = Field(
        (), description="Parole del nome dell'indicatore che dicono «meno è meglio», oltre a quelle comuni."
    )
    higher_words: tuple[str, ...] = Field((), description="Parole che dicono «più è meglio», oltre a quelle comuni.")


class Rollup(_Part):
    """How indicators make an objective, objectives a unit and a line."""

    objective: Literal["weighted_mean", "mean", "declared"] = Field(
        "weighted_mean", description="Da indicatori a obiettivo; «declared» = fa fede l'esito dichiarato."
    )
    unit: Literal["weighted_mean", "mean"] = Field("weighted_mean", description="Da obiettivi a unità.")
    line: Literal["mean", "weighted_mean"] = Field("mean", description="Da obiettivi a linea strategica.")
    missing: Literal["exclude", "zero", "stop"] = Field(
        "stop", description="Indicatore senza risultato: escluso, zero, o totale non calcolato."
    )


class Band(_Part):
    """A band of achievement and its labels. Ends are included or not as said; bands touch without overlapping."""

    labels: tuple[str, ...] = Field(min_length=1, description="Come si chiama l'esito nei documenti.")
    start: Decimal = Field(alias="from", description="Inizio della fascia.")
    end: Decimal = Field(alias="to", description="Fine della fascia.")
    start_included: bool = Field(True, description="L'inizio appartiene alla fascia.")
    end_included: bool = Field(False, description="La fine appartiene alla fascia.")

    def holds(self, value: Decimal) -> bool:
        """True when the value belongs to the band."""
        after = value > self.start or (self.start_included and value == self.start)
        before = value < self.end or (self.end_included and value == self.end)
        return after and before

    def text(self) -> str:
        """ "da 0 a 100 (esclusi gli estremi)" in brackets: "[0; 100)"."""
        opening, closing = ("[" if self.start_included else "("), ("]" if self.end_included else ")")
        return f"{opening}{italian(self.start)}; {italian(self.end)}{closing}"


class Profile(_Part):
    """A body's method. ``name`` is the file's name; ``levels`` changes a rule's level ("error", "warning", "advice", "off")."""

    name: str = Field("", description="Nome del profilo.")
    title: str = Field(description="Titolo in chiaro.")
    source: str = Field(description="Da quale documento viene il metodo.")
    staff: int | None = Field(None, description="Dipendenti dell'ente al 31 dicembre: dice se la 2.2 è dovuta.", ge=0)
    weights: Weights = Weights()
    rounding: Rounding = Rounding()
    achievement: Achievement = Achievement()
    rollup: Rollup = Rollup()
    checkpoints: tuple[str, ...] = Field(
        ("07-31", "12-31"), description="Date di verifica dell'avanzamento, mese e giorno («07-31»)."
    )
    bands: tuple[Band, ...] = Field((), description="Fasce di esito, dalla più bassa.")
    levels: dict[str, Literal["error", "warning", "advice", "off"]] = Field(
        {}, description="Livello di una regola per questo ente."
    )

    @model_validator(mode="after")
    def _bands_touch(self) -> Profile:
        problem = band_problem(self.bands) or checkpoint_problem(self.checkpoints)
        if problem:
            raise ValueError(problem)
        return self


def checkpoint_problem(days: tuple[str, ...]) -> str | None:
    """What is wrong with the checkpoints, in Italian; None when each is a day of the year, in order."""
    for day in days:
        try:
            date.fromisoformat(f"2024-{day}")
        except ValueError:
            return f"la data di verifica «{day}» non esiste: scrivi mese e giorno, per esempio «07-31»"
    return "le date di verifica vanno in ordine, senza ripetizioni" if list(days) != sorted(set(days)) else None


def band_problem(bands: tuple[Band, ...]) -> str | None:
    """What is wrong with a list of bands, in Italian; None when they follow one another without gap or overlap."""
    for band in bands:
        if band.end < band.start or (band.end == band.start and not (band.start_included and band.end_included)):
            return f"la fascia «{band.labels[0]}» {band.text()} è vuota: correggi gli estremi"
    for one, two in zip(bands, bands[1:], strict=False):
        if two.start < one.end or (two.start == one.end and one.end_included and two.start_included):
            return f"le fasce «{one.labels[0]}» {one.text()} e «{two.labels[0]}» {two.text()} si sovrappongono"
        if two.start > one.end or not (one.end_included or two.start_included):
            return f"tra le fasce «{one.labels[0]}» {one.text()} e «{two.labels[0]}» {two.text()} c'è un vuoto"
    return None


def profile_names() -> list[str]:
    """The profiles that ship with the product."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def profile_text(name: str) -> str:
    """The commented TOML of a shipped profile, as a start for one's own."""
    return _shipped(name).read_text(encoding="utf-8")


def load_profile(name_or_path: str | Path) -> Profile:
    """A shipped profile by name, or one from a ``.toml`` file. ``ProfileError`` says what is wrong and where."""
    text = str(name_or_path)
    if text.endswith(".toml") or "/" in text or isinstance(name_or_path, Path):
        return _read(Path(name_or_path).expanduser())
    return _load_shipped(text)


@lru_cache(maxsize=32)
def _load_shipped(name: str) -> Profile:
    return _read(_shipped(name))


def _shipped(name: str) -> Path:
    if name not in profile_names():
        raise ProfileError(f"Profilo «{name}» sconosciuto. Esistono: {', '.join(profile_names())}; oppure indica un file .toml.")
    return FOLDER / f"{name}.toml"


def _read(path: Path) -> Profile:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ProfileError(f"{path}: un profilo occupa al più {MOST_BYTES // 1024} kB, questo è un altro file.")
        data = toml_of(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ProfileError(f"{path}: il file del profilo non esiste.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path}: il file del profilo non si può leggere come testo UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{path}: non è un file TOML valido ({error}). Controlla la riga indicata.") from error
    return make_profile(data, path.stem, str(path))


def make_profile(data: Mapping[str, Any], name: str, place: str) -> Profile:
    """A profile from its data; ``place`` names the file in the messages."""
    try:
        return Profile.model_validate({"name": name, **data})
    except ValidationError as error:
        raise ProfileError(f"{place}: {'; '.join(_italian_error(one) for one in error.errors())}.") from error


def _italian_error(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"]) or "fasce (bands)"
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing":
        return f"manca «{where}»"
    if kind == "extra_forbidden":
        return f"«{where}» non è una voce del profilo"
    if kind == "literal_error":
        return f"«{where}» ammette {str(context.get('expected', '')).replace(' or ', ' o ')}, trovato {error['input']!r}"
    if kind == "value_error":
        return str(context.get("error", error["msg"]))
    if kind.startswith(("decimal", "int")):
        return f"«{where}» deve essere un numero, trovato {error['input']!r}"
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"«{where}» è fuori dai limiti ({context.get('ge', context.get('le'))})"
    return f"«{where}» non è utilizzabile: trovato {error['input']!r}"
