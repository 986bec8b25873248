"""What a workbook is known by when it comes back: the hidden columns, the row of keys, the hidden worksheet."""

from __future__ import annotations

MARK, FORMAT = "planctl collect", "1"
"""What the first cell of the hidden worksheet says, and beside it the version of what this module writes."""

KEYS_MARK, NO_ROW = "planctl keys", "-"
"""In the column of addresses: the row with the columns' keys, and rows that are no items."""

ADDRESS, INDICATOR, MEANING, FIXED_DIGESTS, OPEN_DIGESTS = "#address", "#indicator", "#meaning", "#fixed", "#open"
HIDDEN = (ADDRESS, INDICATOR, MEANING, FIXED_DIGESTS, OPEN_DIGESTS)
"""The keys of the hidden columns, which stand first."""
