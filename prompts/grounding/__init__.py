"""The grounding check: what a text states and no cited precedent nor the person's input holds. Pure, deterministic, no model.

Claims are found by form (numbers, dates, sums, acts, laws, names, quotes, citations), put in one normal writing and looked for in
the sources; plain arithmetic on them is redone. Nothing is deleted: what is not found is marked, with the reason.
"""

from prompts.grounding.check import check_text
from prompts.grounding.files import check_file
from prompts.grounding.model import CheckedSentence, GroundingItem, GroundingReport, Precedent, Spot

__all__ = ["CheckedSentence", "GroundingItem", "GroundingReport", "Precedent", "Spot", "check_file", "check_text"]
