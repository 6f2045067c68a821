"""The indicators of a draft, written into the card field by field with their origin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cards.quantities import read_target
from prompts.builder import CardBuilder, computed, from_card, template
from prompts.choose import Chosen, FromPattern, FromPrecedent, kind_of, new_name, years_sorted
from prompts.need import Need
from prompts.relative import FORMULA
from prompts.weights import in_fives
from prompts.words import folded

_NORM = re.compile(r"\b(?:art|artt)\.|\bD\.\s?L|\bL\. |\bDirettiva\b|\bRegolamento\b")
CHECK_LAW = "verifica il testo vigente"
TO_WRITE = "[VERIFICARE]"
_OVER = re.compile(
    r"(.+?)\s*(?:/|\b(?:su(?:l|lla|lle|gli|i)?|rispetto\s+a(?:l|lla|lle|gli|i)?)\b|\bsull['’]|\brispetto\s+all['’])"
    r"\s*(?:il\s+)?(?:totale\s+(?=d))?(.+)", re.I,
)  # fmt: skip
_COUNT = ("", "n", "num", "numero", "-")
_LIKED = re.compile(r"gradiment|soddisf|customer")
_SOME = re.compile(r"(\w+[aei])\s+\w+(?:[aiu]t|olt|ett|ott|rt|[aeiu]s|iest|ost)[aei]\b", re.I)  # "domande accolte": some of all


def put_indicators(b: CardBuilder, need: Need, chosen: Sequence[Chosen], years: Sequence[int]) -> None:
    """All chosen indicators with weights that sum to 100; the calendar indicator weighs half."""
    weights = in_fives([1 if _process(c) else 2 for c in chosen])
    for n, (item, weight) in enumerate(zip(chosen, weights, strict=True)):
        at = f"indicators[{n}]"
        if isinstance(item, FromPattern):
            _from_pattern(b, at, item, years)
        else:
            _from_precedent(b, at, item, need, years)
        b.put(f"{at}.weight", f"{weight}%", computed("pesi uguali; gli indicatori di processo pesano la metà"))


def by_construction(basis: str) -> bool:
    """Whether a pattern's value rests on no norm: it can be measured by how it is made."""
    return "per costruzione" in basis and not _NORM.search(basis)


def to_check(basis: str | Sequence[str], without: str = "") -> str:
    """A basis (or several) with the note that its norm is to be read as it is in force today; ``without`` any, these words."""
    text = basis if isinstance(basis, str) else "; ".join(basis)
    return text or without if not text or by_construction(text) else f"{text} ({CHECK_LAW})"


def _process(item: Chosen) -> bool:
    return isinstance(item, FromPattern) and item.key == "generico"


def _from_pattern(b: CardBuilder, at: str, item: FromPattern, years: Sequence[int]) -> None:
    source = item.indicator
    law = template(item.key, to_check(source.basis))
    for name in ("name", "kind", "formula", "purpose", "unit", "note"):
        b.put(f"{at}.{name}", getattr(source, name), law)
    for year in years:
        b.put(f"{at}.targets.{year}", source.target.replace("{year}", str(year)), law)


def _from_precedent(b: CardBuilder, at: str, item: FromPrecedent, need: Need, years: Sequence[int]) -> None:
    source, path = item.indicator, f"indicators[{item.index}]"
    done = new_name(item, need)
    b.put(f"{at}.name", done.text, from_card(item.card, f"{path}.name", done.note, done.bodies))
    guessed = computed("tipo riconosciuto dalle parole dell'indicatore")
    b.put(f"{at}.kind", kind_of(item), from_card(item.card, f"{path}.kind") if source.kind else guessed)
    b.put(f"{at}.purpose", source.purpose, from_card(item.card, f"{path}.purpose"))
    _formula(b, at, item, done.text)
    _unit(b, at, item)
    _series(b, at, item, need)
    for year in map(str, years):
        proposal = item.proposals.get(year)
        if proposal is None:
            b.put(f"{at}.targets.{year}", TO_WRITE, computed(_no_data(item)))
            continue
        home = item.homes.get(proposal.basis[-1]) if proposal.basis else None
        card, place = home or (item.card, f"{path}.targets")
        whose = "" if item.same_body or item.relative else f"valori di {item.card.entity or 'altro ente'}; "
        b.put(f"{at}.targets.{year}", proposal.text, from_card(card, place, whose + proposal.reason))


def _no_data(item: FromPrecedent) -> str:
    """Why no target is proposed, with what is known of the series."""
    known = ", ".join(f"{year}: {text}" for year, text in [*item.values.items(), *item.targets.items()][:6])
    if known and not item.same_body:
        return f"nessun valore proposto: quelli noti sono di {item.card.entity or 'un altro ente'} ({known}); scrivi il tuo"
    return f"nessun valore proposto: {'i valori noti non bastano (' + known + ')' if known else 'nessun dato'}; scrivilo tu"


def _sample(item: FromPrecedent) -> str:
    """A value of the series, to tell unit and shape: the proposal, else the last target or value known."""
    found = [p.text for p in item.proposals.values()] or [*item.values.values(), *item.targets.values()][-1:]
    return found[0] if found else ""


def _formula(b: CardBuilder, at: str, item: FromPrecedent, name: str) -> None:
    source, path = item.indicator, f"indicators[{item.index}].formula"
    if item.relative and item.proposals:
        b.put(f"{at}.formula", FORMULA, computed("confronto con il proprio anno precedente, da rilevare nella prima fase"))
    elif source.formula and source.formula.strip():
        b.put(f"{at}.formula", source.formula, from_card(item.card, path))
    else:
        b.put(f"{at}.formula", _formula_of(name, item), computed("formula esplicitata dal nome dell'indicatore: da confermare"))


def _formula_of(name: str, item: FromPrecedent) -> str:
    """A formula in words from the form of the name: a share, a ratio, an average, a fact done or not, a count."""
    bare = re.sub(r"^\s*(?:%|n\.|n°|nr\.?|num\.|numero|percentuale)\s*(?:di\s+)?", "", name, flags=re.I).strip() or name
    target = read_target(_sample(item))
    shared = target.unit == "%" or target.type == "ratio"
    if shared and (parts := _OVER.fullmatch(bare)):
        return f"({parts[1]} / {parts[2]})" + (" × 100" if target.unit == "%" else "")
    if target.type == "boolean":
        return "1 = fatto; 0 = non fatto"
    if target.unit == "%":
        return _share_of(bare)
    if target.type == "date":
        return "data dell'atto o dell'evento"
    if folded(name).startswith(("tempo", "tempi", "durata", "media", "valore medio")):
        return "somma dei valori rilevati nell'anno / numero dei casi"
    return f"conteggio nell'anno: {bare}"


def _share_of(bare: str) -> str:
    """A percentage in words: satisfaction is asked of people, "domande accolte" are some of all."""
    if _LIKED.search(folded(bare)):
        return "(giudizi positivi / questionari compilati) × 100"
    if some := _SOME.match(bare):
        return f"(n. di {bare} / n. di {some[1]}) × 100"
    if folded(bare).startswith("rispetto"):
        return "(scadenze rispettate / scadenze previste) × 100"
    return f"(numero dei casi rilevati / totale dei casi) × 100, con riferimento a: {bare}"


def _unit(b: CardBuilder, at: str, item: FromPrecedent) -> None:
    source, path = item.indicator, f"indicators[{item.index}].unit"
    target = read_target(_sample(item))
    if item.relative and item.proposals:
        b.put(f"{at}.unit", "%", computed("rapporto fra due valori dell'ente"))
        return
    if not item.same_body and (source.unit or "").strip(" .").casefold() in _COUNT and target.type in ("percent", "boolean"):
        b.put(f"{at}.unit", "%" if target.type == "percent" else "sì/no", computed("unità di misura dalla formula"))
        return
    if source.unit and source.unit.strip(" -"):
        b.put(f"{at}.unit", source.unit, from_card(item.card, path))
        return
    words = {"boolean": "sì/no", "date": "data", "month": "data", "money": "€", "percent": "%", "ratio": "rapporto"}
    unit = target.unit or words.get(target.type) or ("%" if folded(source.name or "").lstrip().startswith("%") else "n.")
    b.put(f"{at}.unit", unit, computed("unità di misura riconosciuta dal valore atteso o dal nome"))


def _shape(text: str) -> str:
    """What kind of value a string is, numbers of any unit being one kind: a "No" among counts is no history."""
    target = read_target(text)
    return "number" if target.number is not None else target.type


def _series(b: CardBuilder, at: str, item: FromPrecedent, need: Need) -> None:
    """History and baseline, only of our own body: another body's figures are named in the target's reasoning alone."""
    if not item.same_body:
        return
    shape = _shape(_sample(item))
    years = years_sorted({year: text for year, text in item.values.items() if _shape(text) == shape}, need.year)
    for year in years:
        card, place = item.homes[year]
        b.put(f"{at}.history.{year}", item.values[year], from_card(card, place))
    if years:
        card, place = item.homes[years[-1]]
        b.put(f"{at}.baseline", item.values[years[-1]], from_card(card, place, f"ultimo valore noto ({years[-1]})"))
    elif item.indicator.baseline:
        b.put(f"{at}.baseline", item.indicator.baseline, from_card(item.card, f"indicators[{item.index}].baseline"))
