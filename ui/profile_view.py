"""The measuring systems of *Impostazioni*: the one in use and all its parameters in words; the wizard to write one's own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import streamlit as st
from pydantic import BaseModel

from scoring.profile_text import write_profile
from scoring.profiles import Profile
from scoring.registry import rule
from scoring.values import tidy
from store.own_profiles import body_profile, own_names
from ui.plain import md
from ui.profile_wizard import wizard
from ui.smvp import choose_profile
from ui.state import settings
from ui.words import LEVELS

PARTS = {"weights": "Pesi", "achievement": "Dal risultato alla percentuale", "rollup": "Dagli indicatori ai totali",
         "rounding": "Arrotondamenti"}
VALUES = {
    "ratio": "rapporto", "on_off": "100 o 0", "baseline": "rispetto al valore di partenza", "linear": "lineare",
    "all": "tutte o niente", "mean": "media", "weighted_mean": "media pesata", "declared": "fa fede l'esito dichiarato",
    "exclude": "escluso", "zero": "vale zero", "stop": "il totale non si calcola", "unknown": "non si calcola",
    "higher": "meglio il più alto",
}


def show_profile() -> None:
    """Read a profile, or write one."""
    what = st.segmented_control("Profili", ["Leggi", "Scrivi quello del tuo ente"], default="Leggi", required=True,
                                key="profilo_cosa", label_visibility="collapsed")
    if what == "Leggi":
        read_profile()
    else:
        wizard()
    st.caption("Pesi, scale e formule li decide lo SMVP dell'ente (art. 7, D.Lgs. 150/2009), non la legge.")


def read_profile() -> None:
    """A profile with all its parameters in words."""
    profile = choose_profile("Leggi un profilo", "profilo_impostazioni")
    used = body_profile(settings())
    if used in (profile.name,) or used.endswith(f"/{profile.name}.toml"):
        st.success("È il profilo in uso.", icon=":material/check_circle:")
    else:
        st.caption("Non è il profilo in uso: in ogni pagina si può comunque sceglierlo.")
    kind = "del tuo ente" if profile.name in own_names(settings()) else "del programma"
    st.caption(f"Profilo {kind}. Fonte: {md(profile.source)}")
    for name, heading in PARTS.items():
        st.markdown(f"**{heading}**")
        st.dataframe(list(parameters(getattr(profile, name))), hide_index=True, width="stretch")
    show_bands(profile)
    st.download_button("Scarica il file .toml", write_profile(profile), file_name=f"{profile.name}.toml", mime="application/toml",
                       icon=":material/download:", on_click="ignore", key="profilo_file")


def parameters(part: BaseModel) -> Iterator[dict[str, str]]:
    """A row a parameter: what it means, what it is set to."""
    for name, field in type(part).model_fields.items():
        meaning = (field.description or name).split(";")[0].rstrip(".")
        yield {"Parametro": meaning, "Valore": words(getattr(part, name))}


def words(value: Any) -> str:
    """A parameter's value in Italian."""
    if value is None:
        return "nessuno"
    if isinstance(value, bool):
        return "sì" if value else "no"
    if isinstance(value, Decimal | int):
        return tidy(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "nessuna"
    return VALUES.get(str(value), str(value))


def show_bands(profile: Profile) -> None:
    """Bands of outcome and rules with another level."""
    if profile.bands:
        st.markdown("**Fasce di esito**")
        st.dataframe([{"Esito": " o ".join(band.labels), "Intervallo": band.text()} for band in profile.bands], hide_index=True,
                     width="stretch")
    if profile.levels:
        st.markdown("**Regole con un livello diverso**")
        st.dataframe([{"Regola": code, "Titolo": rule(code).title, "Livello": LEVELS[level][0] if level in LEVELS else "spenta"}
                      for code, level in sorted(profile.levels.items())], hide_index=True, width="stretch")
