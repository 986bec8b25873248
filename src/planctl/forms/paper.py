"""What an office's own paper says, by the columns of a form: its rows, section rows, title and signatures.

In: the importer fills these in, each text with its place. Out: a form makes a `Draft` of a `Paper` (`drafts/`), the way
back of its `outline`. Nothing is corrected here and nothing dropped.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from planctl.place import NOWHERE, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

Loc = tuple[str | int, ...]


_SHORT = 40
"""Letters of a text that other cells may well have too: a score, a unit, a day."""

_SIGNS_OF_LISTS = re.compile(r"(?m)^\s*(?:(?:[-•–▪●·]|[0-9]{1,3}[.)])\s+)+")


def bare(text: str) -> str:
    """Return what a text says, without its spaces, its line ends and the signs of its lists."""
    # Most spaces are plain ones: without them, splitting has next to nothing to do.
    return "".join(unicodedata.normalize("NFC", _without_signs(text)).replace(" ", "").split())


def _without_signs(text: str) -> str:
    """Return a text without the signs of its lists; in a single line there is one place where one can stand."""
    if "\n" in text:
        return _SIGNS_OF_LISTS.sub("", text)
    sign = _SIGNS_OF_LISTS.match(text)
    return text[sign.end() :] if sign else text


def digest(text: str) -> str:
    """Return a short sign of what a text says; the texts of a cell with the same sign say the same."""
    return _of_short(text) if len(text) <= _SHORT else _digest(text)


@lru_cache(maxsize=1024)
def _of_short(text: str) -> str:
    return _digest(text)


def _digest(text: str) -> str:
    said = bare(text)
    return hashlib.sha256(said.encode()).hexdigest()[:8] if said else ""


@dataclass(frozen=True, slots=True)
class Written:
    """A text of the paper and where it stands.

    What a typed file keeps as a value is worded: a date is `2023-12-25`, a percentage under a score or per cent `90`.
    `also` are the places of its further parts, where a page break or several rows had parted it.
    """

    text: str
    place: Place = NOWHERE
    also: tuple[Place, ...] = ()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Line:
    """A row that stands for an item, put together where a page break had cut it.

    `cells` are the filled ones, by the keys of the layout's columns; those of a grouped column stand in every line that
    they span. `extra` are those under headings that the form does not know, by the heading as the office writes it.
    Lines of one `group` share their grouped cells: a decision and its clauses. `address` is `document#item` where
    planctl built the paper.
    """

    cells: Mapping[str, Written]
    place: Place
    group: int = 0
    extra: Mapping[str, Written] = field(default_factory=dict)
    address: str = ""


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A row over the full width, with its number in the title. `level` 1 is the outermost."""

    title: Written
    level: int = 1


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table of the paper. `layout` is the place of its layout among the form's; `title` stands above it.

    `columns` are the keys of the columns that it has, filled or not.
    """

    layout: int
    lines: tuple[Line | SectionLine, ...]
    title: Written | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatoryLine:
    """Who signs: what for («Хянасан»), the post and the name; what the paper leaves out is None."""

    caption: Written | None
    post: Written | None
    name: Written | None


@dataclass(frozen=True, slots=True)
class PaperPassage:
    """A heading and the text below it, outside of tables."""

    title: Written
    text: Written


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a form: a `report` with what was done, or the `plan` as approved.

    `tables` are in the order of the paper; one layout may have several (a table for each sector). `date` is worded as
    `2023-12-25`, `period` as `2023`, `2023-H1` or `2023-Q3`, `year` as `2023`, like the `baseline_year` that a heading
    names; None where the paper does not say it. In a programme targets stand under `target:2024`, a key for each year.
    """

    form: str
    kind: Literal["report", "plan"]
    tables: tuple[PaperTable, ...]
    title: Written | None = None
    date: Written | None = None
    place: Written | None = None
    period: Written | None = None
    year: Written | None = None
    baseline_year: Written | None = None
    organisation: Written | None = None
    reference: Written | None = None
    signatories: tuple[SignatoryLine, ...] = ()
    passages: tuple[PaperPassage, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form makes of a paper: the `plan` and, for each item, what was done; texts, lists and mappings alone.

    The plan has its keys in the order of the model, without `form`, `id`, the ids of items, and what every form has
    (title, date, signatures): those are given afterwards, alike for all forms. `entries` has one for every item, empty
    where nothing is reported, under the place of the item in the plan (`("sections", 0, "measures", 2)`). `origins`
    leads from each value of the plan, and from `("items", *place of the item, key)` of an entry, to where the paper has
    it. `counted` are cells that the form counts by itself, such as running numbers; `left` is what found no place.
    """

    plan: dict[str, Any]
    entries: dict[Loc, dict[str, Any]]
    origins: dict[Loc, Written]
    counted: tuple[Written, ...] = ()
    left: tuple[Written, ...] = ()
