"""What a paper says otherwise than the plan's own sheet, as changes of the plan's files.

In: the sheet that the plan gives now and the paper that came back, both as drafts of the form, and which row is which.
Out: edits of single values, new rows and rows in another order; what is not certain is listed. What the sheet does not
show is not touched.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from planctl.authoring.updating.edits import Outcome, outcome_of
from planctl.authoring.updating.rows import new_rows, other_order, rows_gone
from planctl.authoring.updating.sides import Held, Matched, Side
from planctl.authoring.updating.values import item_edits, parent_edits, top_edits

if TYPE_CHECKING:
    from planctl.authoring.pairing import Pairs


def updated(new: Side, base: Side, pairs: Pairs, held: Held, *, only_items: bool = False) -> Outcome:
    """Return the edits that make the plan say what the paper says, and what is told only.

    With `only_items` the paper is a flat list, and says nothing of what stands above the items.
    """
    matched = Matched(new, base, pairs, held)
    steps = (item_edits,) if only_items else (item_edits, parent_edits, top_edits, new_rows, rows_gone, other_order)
    return outcome_of(chain.from_iterable(step(matched) for step in steps))
