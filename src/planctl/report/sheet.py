"""The view model: all that a sheet shows, in plain frozen values. Reports make it; every format reads only this.

Text is in the report's language and final: dates are worded, scores are printed as "100%", zero counts as "-".
Titles stand in sentence case; capitals are the business of a format's style. Colours are six hex digits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from planctl.forms.form import Column


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a text: plain, a bullet, or an item of a numbered list.

    `level` is the depth of the list, from 1 (0 for a plain paragraph). `ordinal` counts the items of one list from 1:
    a numbered item with ordinal 1 starts a new list.
    """

    kind: Literal["paragraph", "bullet", "number"]
    text: str
    level: int = 0
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell. `blocks` is the whole of it; `text` its words only, a line for each block.

    The markers of lists stand in neither: a format makes them from the kind, the level and the ordinal of a block.
    `number` is the value behind the text where a format can keep it: a score as percentage points (100 for "100%"),
    a count, a date's text stays text. `colour` is the level's colour, or None.
    """

    text: str = ""
    blocks: tuple[Block, ...] = ()
    number: Decimal | int | None = None
    colour: str | None = None

    def __str__(self) -> str:
        return self.text


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """One item. `row["progress"]` is the cell of that column; in a template `row.progress`.

    `address` is `document#item`; `anchor` a name of letters, digits and _, up to 40 characters, unique in the sheet.
    Both are empty in rows that stand for no item (a row of a breakdown). `beside` is what no column shows and an
    office's own template may: units, reasons, proofs, own fields as `extra:NAME`; rows are equal that show the same.
    """

    cells: Mapping[str, Cell]
    address: str = ""
    anchor: str = ""
    beside: Mapping[str, Cell] = field(default_factory=dict, compare=False)

    def __getitem__(self, key: str) -> Cell:
        return self.cells[key]


@dataclass(frozen=True, slots=True)
class Section:
    """A row over the full width. `level` 1 is the outermost."""

    title: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that share the cells of the grouped columns: a decision and its clauses. `group["decision"]` as in Row."""

    cells: Mapping[str, Cell]
    rows: tuple[Row, ...]

    def __getitem__(self, key: str) -> Cell:
        return self.cells[key]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and, in order, section rows and groups. `numbered`: a row of column numbers follows the headings."""

    name: str
    columns: tuple[Column, ...]
    bands: tuple[Section | Group, ...]
    title: str = ""
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """One value of the rubric in a summary: its percentage, how many items have it, and that count as printed."""

    percent: str
    number: Decimal
    count: int
    printed: str
    low: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LevelShare:
    """One level of the rubric in a summary, over its values."""

    name: str
    colour: str
    shares: tuple[Share, ...]


StateKey = Literal["not_due", "not_evaluated", "excluded", "missing"]


@dataclass(frozen=True, slots=True)
class StateShare:
    """Items outside the rubric in a summary: not due, not evaluated, excluded, missing. `key` names which."""

    key: StateKey
    label: str
    count: int
    printed: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The summary of one evaluation: the official counting table and its closing sentence.

    `column` names the column of the records that the counts count. `mean` is rounded, None where nothing is scored;
    `mean_text` is that number as the sentence prints it; `closing` the whole sentence. `points` and `scored` are the
    mean's numerator and denominator where it `is_plain`, every scored item counting as much.
    """

    column: Literal["self", "superior"]
    title: str
    total_label: str
    total: int
    of_which: str
    levels: tuple[LevelShare, ...]
    states: tuple[StateShare, ...]
    closing: str
    mean: Decimal | None
    mean_text: str
    decimals: int
    points: Decimal
    scored: int
    is_plain: bool = True


@dataclass(frozen=True, slots=True)
class Records:
    """The same items once more as flat records, for filters and formulas: one row an item, no merged cells."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


NO_RECORDS = Records((), ())


@dataclass(frozen=True, slots=True)
class Series:
    """A line or the bars of a chart: a value for each of its categories, None where there is none."""

    name: str
    kind: Literal["line", "bars"]
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of numbers that a table shows too, so that a format that cannot draw loses nothing.

    `unit` names the upright axis, `axis` the level one, along which the `categories` stand.
    """

    title: str
    unit: str
    axis: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The top of a sheet. `title` is one or two lines; `note` stands under it, its brackets included.

    `reference` stands top right. `draft` is the mark of an unfinished sheet ("ТӨСӨЛ"), empty when it is finished.
    """

    title: tuple[str, ...]
    date: str
    place: str
    note: str = ""
    reference: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading and the paragraphs below it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: what for ("Хянасан"), the post and the name."""

    caption: str
    post: str
    name: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a document and period: what is handed in as one file of each format.

    `stem` is the file's name without its ending; `template` the name of the office's template without its ending.
    `passages` come first, then the `tables`, the `tally`, the `charts` where a format can draw, the `remarks` (short
    lines), the signatures, the end mark, and last the `annexes` (further tables, on a page of their own).
    """

    stem: str
    name: str
    template: str
    organisation: str
    heading: Heading
    tables: tuple[Table, ...] = ()
    tally: Tally | None = None
    remarks: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    end_mark: str = ""
    annexes: tuple[Table, ...] = ()
    records: Records = NO_RECORDS
    language: str = "mn"
    passages: tuple[Passage, ...] = ()
    charts: tuple[Chart, ...] = ()
