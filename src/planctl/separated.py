"""Tables of separated values that spreadsheets open: what begins them, and texts that are no formulas."""

from __future__ import annotations

AS_UTF8 = "\ufeff"
"""The mark by which Excel knows UTF-8."""


def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
