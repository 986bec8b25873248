"""What planctl puts into the files and settings of a repository, so that git shows plans as people read them.

In: the texts that are there, and paths. Out: the texts with planctl's own lines between two markers, or without them.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planctl.portfolio.actuals import Evaluation

# Settings

READER = "-P -m planctl git-text"
"""By these words a command is known as planctl's own; `-P` keeps Python from running what a repository may hold."""

DRIVERS = ("planctl", "planctl-office")
ATTRIBUTES = ".gitattributes"


def command(python: str, edition: int) -> str:
    """Return what git's shell runs for the text of a file, on Windows too; `python` is a path with "/".

    Git keeps the texts for as long as the command is the same: the edition makes it another one.
    """
    return f"{shlex.quote(python)} {READER} --edition {edition}"


def settings(read: str) -> dict[str, str]:
    """Return the settings by their names; the headings of hunks are lines that are not indented."""
    made = {f"diff.{driver}.{key}": value for driver in DRIVERS for key, value in _of_driver(read).items()}
    return made | {"diff.planctl.xfuncname": "^[^ #].*$"}


def _of_driver(read: str) -> dict[str, str]:
    return {"textconv": read, "cachetextconv": "true"}


def attributes() -> tuple[str, ...]:
    """Return the lines that tell git which files these are, for the file beside planctl.yaml."""
    plans = ("/planctl.yaml", "/accepted.yaml", *(f"/{folder}.{end}" for folder in _PLANS for end in ("yaml", "yml")))
    office = ("*.docx", "*.xlsx")
    return (*(f"{one} diff=planctl" for one in plans), *(f"{one} diff=planctl-office" for one in office))


_PLANS = ("plans/**/*", "approvals/*", "rubrics/*")

# Owners

PLACES: Mapping[str, tuple[str, ...]] = {
    "github": (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"),
    "gitlab": ("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"),
}
"""Where each service looks, the first file that is there being the one it reads."""

_OWNER = re.compile(r"@{1,2}[\w./-]+|[^\s@#]+@[^\s@#]+\.[^\s@#]+")
_SIGNS_OF_PATTERNS = re.compile(r"[*?\[\]!#\\]")


def is_owner(text: str) -> bool:
    """Tell whether a text names a person or team: `@name`, `@office/team`, or an address for mail."""
    return bool(_OWNER.fullmatch(text))


def owner_lines(
    files: Mapping[str, frozenset[Evaluation]], owners: Mapping[Evaluation, Sequence[str]]
) -> tuple[str, ...]:
    """Return a line for each file that holds an evaluation with an owner; paths are from the repository's top."""
    lines = []
    for path, held in sorted(files.items()):
        named = dict.fromkeys(name for body, names in owners.items() if body in held for name in names)
        lines.extend([f"{_pattern(path)} {' '.join(named)}"] if named else [])
    return tuple(lines)


def _pattern(path: str) -> str:
    """Return a path as CODEOWNERS takes it: a space behind a backslash, and any one sign for those it cannot name."""
    return "/" + _SIGNS_OF_PATTERNS.sub("?", path).replace(" ", "\\ ")


# Lines of planctl's own in a file of the office

_BEGIN = "# planctl git-setup: begin"
_END = "# planctl git-setup: end"
_MADE = " (the file was made for it)"
_ENDED = " (the line above had no end)"
_BLOCK = re.compile(
    rf"^{_BEGIN}(?P<note>[^\r\n]*)(?P<lines>(?:\r?\n(?!{_BEGIN})[^\r\n]*)*?)\r?\n{_END}(?:\r?\n|\Z)", re.MULTILINE
)


class BrokenBlockError(Exception):
    """One of the two markers is there without the other."""


def with_lines(text: str | None, lines: Iterable[str]) -> str:
    """Return a file's text with these lines at its end, or in the place of those that planctl put there before."""
    block = _block_of(text or "")
    end = "\r\n" if text and "\r\n" in text else "\n"
    note = block["note"] if block else _MADE if text is None else _ENDED if text and not text.endswith("\n") else ""
    made = "".join(f"{line}{end}" for line in (_BEGIN + note, *lines, _END))
    if block and text:
        return text[: block.start()] + made + text[block.end() :]
    return (text or "") + (end if note == _ENDED else "") + made


def without_lines(text: str) -> str | None:
    """Return the text as it was before `with_lines`; None where there was no file."""
    if not (block := _block_of(text)):
        return text
    above, below = text[: block.start()], text[block.end() :]
    if block["note"] == _ENDED and not below:
        above = above.removesuffix("\n").removesuffix("\r")
    return None if block["note"] == _MADE and not above + below else above + below


def _block_of(text: str) -> re.Match[str] | None:
    found = list(_BLOCK.finditer(text))
    if len(found) > 1 or text.count(_BEGIN) != len(found) or text.count(_END) != len(found):
        raise BrokenBlockError
    return found[0] if found else None
