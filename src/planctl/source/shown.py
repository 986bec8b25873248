"""How a piece of a file is shown in a finding. In: a text. Out: one that fits into a sentence, or into YAML."""

from __future__ import annotations

SHOWN_CHARACTERS = 100


def quoted(text: str) -> str:
    """Return the text in the quotation marks that change least in it."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def shortened(text: str) -> str:
    """Return the line without its indentation, and with dots for the middle of a long one."""
    line = text.strip()
    if len(line) <= SHOWN_CHARACTERS:
        return line
    return f"{line[: SHOWN_CHARACTERS * 2 // 3]} … {line[-SHOWN_CHARACTERS // 3 :]}"
