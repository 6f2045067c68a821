"""What the values under a header say of it: figures, dates, people, offices, sentences, verdicts, weights that make a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from cards.quantities import is_unset, read_date, read_number, read_percent
from ingest.generic.synonyms import month_of, plain

_QUANTITY = re.compile(
    r"(?:[≥≤><=±+-]|>=|<=|almeno|min\.?|max\.?|circa|fino a|non (?:oltre|meno di|più di)|oltre|entro|n\.?|€)?\s*"
    r"[-+]?\d[\d.,/]*\s*(?:%|€|su \d+|/ ?\d+|n\.?|[a-zà]{1,12}\.?)?\s*(?:\([^)]*\))?",
    re.I,
)
_DATE = re.compile(
    r"(?:entro (?:il |la |fine )?|dal |al |fine )?(?:\d{1,2}[./-]\d{1,2}[./-](?:20)?\d\d|\d{1,2}[./-]20\d\d)\.?", re.I
)
_MONTH = re.compile(r"(?:entro )?(?:fine |metà )?([a-zà]+\.?)(?: 20\d\d)?", re.I)
_PERSON = re.compile(
    r"(?:(?:dott|dr|ing|arch|geom|avv|rag|prof|ins|per|p\.?i|comm|isp|ten|cap|sig|ass|com|col|magg)(?:\.?ssa|\.?ra|\.?re|\.)\s*.{3,40}"
    r"|[A-ZÀÈ][\w'’à-ù]+(?: (?:d[aei]|de[il]|del|della|lo|la))?(?: [A-ZÀÈD][\w'’à-ù]+){1,2})",
)
_TITLED_PERSON = re.compile(r"(?:dott|dr|ing|arch|geom|avv|rag|prof|comm|isp|ten|cap|sig)(?:\.?ssa|\.?ra|\.)\s", re.I)
_OFFICE = re.compile(
    r"(?:settore|area|servizi?o?|uffici?o?|direzione|dipartimento|ripartizione|uoc|uos|uo|cdr|cdc|centro|struttura|sezione|unità"
    r"|polizia|ragioneria|segreteria|sistema)\b.*", re.I | re.S,
)  # fmt: skip
_CODE = re.compile(r"(?=[^\n]*\d)[A-Z]{0,5}[\s._/-]?\d{0,3}(?:[._/-][A-Z0-9]{1,5}){0,4}\.?", re.I)
_ORDINAL = re.compile(r"(?:n\.?\s*)?(?:\d{1,2}|[IVX]{1,4}|[a-z])[.)°]?", re.I)
_VERDICT = re.compile(
    r"(?:si|sì|no|s|n|r|pr|nr|ok|x|(?:non |parzialmente |totalmente |pienamente |in parte )?(?:raggiunt|conseguit|realizzat)[oa]"
    r"(?: in parte| parzialmente)?|parziale|positivo|negativo|in corso|sospeso|conclus[oa]|avviat[oa])", re.I,
)  # fmt: skip
_UNITS = frozenset(
    "n nr num numero % percentuale giorni gg ore euro data km mq kg minuti mesi voto punti m mc kwh rapporto tonnellate".split()  # noqa: SIM905
) | {"si no", "gg lavorativi"}
_HUNDREDTHS = re.compile(r"\d{1,3}(?:,\d+)?\s*/\s*100")
_BEYOND = re.compile(r"-|[1-9]\d{3}|(?!100\b)[1-9]\d{2}|[1-9]\d{0,2}[.]\d{3}\b")  # figures beyond any weight
_SENTENCE = 6  # words
_FIGURES = {"quantity", "percent", "date"}
_NAMED = {"strategic_line", "strategic_objective", "operational_objective", "project", "entity", "indicator.kind"}
_NUMERIC = {"quantity", "percent"}


@lru_cache(maxsize=8192)
def kind_of(text: str) -> str:
    """What a value looks like: quantity, percent, date, verdict, mark, uom, person, office, code, prose, text, blank.

    >>> [kind_of(one) for one in ("≥ 90%", "31/03/2026", "Dott.ssa Ada Bo", "Settore Tributi", "OB.1.2", "Non raggiunto")]
    ['percent', 'date', 'person', 'office', 'code', 'verdict']
    """
    text = " ".join(text.split())
    if plain(text) in _UNITS and text not in ("-", "N"):
        return "uom"
    if is_unset(text) and not _VERDICT.fullmatch(text):
        return "blank"
    month = _MONTH.fullmatch(text)
    if _DATE.fullmatch(text) or read_date(text) or month and month_of(month[1]):
        return "date"
    if plain(text) in ("x", "xx"):
        return "mark"
    if _VERDICT.fullmatch(text):
        return "verdict"
    if _QUANTITY.fullmatch(text):
        return "percent" if "%" in text else "quantity"
    if len(text) <= 16 and " " not in text and _CODE.fullmatch(text):
        return "code"
    if _OFFICE.fullmatch(text) and len(text) <= 90:
        return "office"
    if _TITLED_PERSON.match(text) or len(text) <= 40 and _PERSON.fullmatch(text):
        return "person"
    return "prose" if len(text.split()) >= _SENTENCE else "text"


class Values:
    """The values of one column (or of one label): the share of each kind, and whether they are weights or beyond any."""

    def __init__(self, values: Sequence[str]) -> None:
        filled = [value for value in values if value and kind_of(value) != "blank"]
        self.count = len(filled)
        self.kinds = [kind_of(value) for value in filled]
        self.ordinal = bool(filled) and all(_ORDINAL.fullmatch(value.strip()) for value in filled)
        self.whole = _whole(filled)
        self.beyond = sum(bool(_BEYOND.match(value.strip())) for value in filled) / len(filled) if filled else 0.0
        self.hundredths = bool(filled) and all(_HUNDREDTHS.fullmatch(value.strip()) for value in filled)
        self.titled = sum(bool(_TITLED_PERSON.match(value)) for value in filled) / len(filled) if filled else 0.0
        self.single = sum(len(value.split()) < 2 for value in filled) / len(filled) if filled else 0.0
        self.distinct = len({plain(value) for value in filled}) / len(filled) if filled else 0.0

    def share(self, *kinds: str) -> float:
        """The share of values of these kinds, 0..1; 0 where there are none."""
        return sum(kind in kinds for kind in self.kinds) / self.count if self.count else 0.0

    def speak(self) -> dict[str, float]:
        """The fields that the values alone speak for, whatever the header says: weights of a whole, people with their title."""
        found = {}
        if self.hundredths or self.whole and self.count > 2:
            found["weight"] = 0.7 if self.hundredths else 0.5
        if self.titled > 0.6:
            found["responsible"] = 0.6
        return found

    def fit(self, field: str) -> float:
        """How well the values go with a field: positive for, negative against, 0 when they say nothing."""
        if not self.count:
            return 0.0
        figures, words = self.share(*_FIGURES), self.share("text", "prose")
        if field in ("title", "indicator.name", "phase.text", "purpose", "description", "indicator.note", "indicator.formula",
                     "indicator.source"):  # fmt: skip
            return self._fit_words(field, figures, words)
        if field in ("indicator.target", "indicator.actual", "indicator.baseline", "indicator.interim", "indicator.deviation"):
            if self.share("person", "office") > 0.5 or self.share("prose") > 0.5 or self.share("mark") > 0.5:
                return -2.0
            return 0.5 if figures > 0.5 else -0.3 if self.share("verdict") > 0.5 else -0.7
        if field.endswith("weight"):
            return 0.6 if self.whole else -2.5 if self.share(*_NUMERIC) <= 0.8 else -1.0 if self.beyond > 0.5 else 0.1
        if field in ("end", "start", "phase.end", "phase.start"):
            return 0.6 if self.share("date") > 0.5 else -2.0 if figures > 0.5 else -0.8
        if field == "horizon":
            return -2.0 if self.share(*_NUMERIC) > 0.5 else 0.2
        if field in ("responsible", "manager", "politician"):
            return 0.7 if self.share("person") > 0.5 else -3.0 if figures > 0.5 else -1.0 if self.share("prose") > 0.5 else 0.0
        if field in ("unit", "section", "directorate"):
            return 0.7 if self.share("office") > 0.5 else -3.0 if figures > 0.5 else -1.0 if self.share("prose") > 0.5 else 0.0
        if field in ("outcome", "indicator.achievement"):
            wanted = ("verdict", "percent") if field == "outcome" else ("percent", "quantity")
            return 0.8 if self.share(*wanted) > 0.5 else -0.8
        if field in ("code", "number", "indicator.code"):
            return 0.7 if self.ordinal or self.share("code", "quantity") > 0.7 else -2.0
        if field == "priority":
            return -2.0 if self.hundredths else 0.0
        if field == "indicator.unit":
            return 0.9 if self.share("uom") > 0.5 else -2.0 if figures > 0.5 or self.share("prose") > 0.3 else -0.1
        if field == "resource.cost":
            return 0.4 if figures > 0.5 else -1.5
        return -1.5 if figures > 0.5 and field in _NAMED else 0.0

    def _fit_words(self, field: str, figures: float, words: float) -> float:
        if figures + self.share("mark", "verdict") > 0.5 or self.ordinal:
            return -2.5
        if field in ("title", "indicator.name", "phase.text") and self.share("person", "code") > 0.6:
            return -1.2
        if field == "title" and self.single > 0.5:
            return -0.8  # a word alone names no objective, unless its label says that it is one
        if field in ("purpose", "description", "indicator.note"):
            return 0.3 if self.share("prose") > 0.4 else 0.0
        return 0.3 if words > 0.5 else 0.0


def _whole(values: Sequence[str]) -> bool:
    """Figures that are weights: written "/100" or "%", or that make 1, 100 or whole hundreds together."""
    texts = [re.sub(r"\s*/\s*100$", "", value.strip()) for value in values]
    numbers = [read_percent(text) if "%" in text else read_number(text) for text in texts]
    known = [number for number in numbers if number is not None]
    if not known or len(known) < len(values) or not all(0 <= number <= 100 for number in known):
        return False
    if all("/" in value and value.strip().endswith("100") for value in values):
        return True
    total = sum(known, Decimal(0))
    return len(known) > 1 and (total % 100 == 0 or total in (1, 2, 3, 4, 5) and all(number <= 1 for number in known))
