"""Italian numbers, dates, comparators and targets: from the document's string to a typed value and back. Pure, Decimal only.

The grammar is told in ``docs/grammatica.md``; ``target`` holds the value, ``reader`` the questions in their order.
"""

from cards.quantities.comparators import comparator_direction
from cards.quantities.dates import read_date, read_month
from cards.quantities.intervals import interval
from cards.quantities.numbers import italian, read_number, read_percent, read_word_number, round_half_up
from cards.quantities.polarity import polarity_of, word_polarity
from cards.quantities.reader import read_target
from cards.quantities.target import Target
from cards.quantities.unset import is_unset

__all__ = [
    "Target", "comparator_direction", "interval", "is_unset", "italian", "polarity_of", "read_date", "read_month", "read_number",
    "read_percent", "read_target", "read_word_number", "round_half_up", "word_polarity",
]  # fmt: skip
