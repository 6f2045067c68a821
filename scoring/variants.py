"""The other methods a body may have used: one choice of the profile changed at a time, each with its Italian sentence."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from scoring.profiles import Profile

HUNDRED = Decimal(100)


def variants(profile: Profile, roll_up: bool = True) -> Iterator[tuple[str, Profile]]:
    """(how the figure then comes out, profile) for each choice that differs from the profile's own.

    ``roll_up`` adds the choices that concern totals; without it only those on a single indicator.
    """
    own = profile.achievement
    if own.cap is not None:
        yield f"torna senza il limite di {own.cap} al grado di raggiungimento", _achieving(profile, cap=None)
    else:
        yield "torna limitando a 100 ogni grado di raggiungimento", _achieving(profile, cap=HUNDRED)
    for name, words in (("ratio", "come rapporto tra atteso e risultato"), ("linear", "come 2 meno risultato su atteso")):
        if own.lower != name:
            yield f"torna calcolando i «meno è meglio» {words}", _achieving(profile, lower=name)
    for name, words in (("ratio", "come rapporto tra risultato e atteso"), ("baseline", "dalla distanza dal valore di partenza")):
        if own.higher != name:
            yield f"torna calcolando i «più è meglio» {words}", _achieving(profile, higher=name)
    if (own.higher, own.lower) != ("on_off", "on_off"):
        yield "torna contando ogni indicatore 100 se raggiunto e 0 se no", _achieving(profile, higher="on_off", lower="on_off")
    other = "all" if own.compound == "mean" else "mean"
    words = "100 solo con tutte le parti" if other == "all" else "la media delle parti"
    yield f"torna dando ai valori attesi composti {words}", _achieving(profile, compound=other)
    if roll_up:
        yield from _rolled_up(profile)


def _rolled_up(profile: Profile) -> Iterator[tuple[str, Profile]]:
    if profile.rollup.objective == "weighted_mean":
        yield "torna con la media semplice degli indicatori di ogni obiettivo", _rolling(profile, objective="mean")
    elif profile.rollup.objective == "mean":
        yield "torna con la media pesata degli indicatori di ogni obiettivo", _rolling(profile, objective="weighted_mean")
    for name, words in (("zero", "contando 0"), ("exclude", "lasciando fuori")):
        if profile.rollup.missing != name:
            yield f"torna {words} gli indicatori senza risultato", _rolling(profile, missing=name)


def _achieving(profile: Profile, **changes: Any) -> Profile:
    return profile.model_copy(update={"achievement": profile.achievement.model_copy(update=changes)})


def _rolling(profile: Profile, **changes: Any) -> Profile:
    return profile.model_copy(update={"rollup": profile.rollup.model_copy(update=changes)})
