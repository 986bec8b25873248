"""What a document form is to the rest of the house: its models, its columns, and its items in the order of the sheet.

A form does not know that it came from YAML: it turns its own validated model into the outline that all forms share.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from planctl.forms.chain import Above, Link, Source
from planctl.forms.fields import DocumentId, Extra, Flag, Signatory, Strict, Text, one_of
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from decimal import Decimal

    from planctl.forms.actuals import Entry
    from planctl.forms.indicators import Indicator
    from planctl.forms.lineage import Lineage

Loc = tuple[str | int, ...]


class Mean(StrEnum):
    """How the mean of a plan is made; the two differ wherever sections are of different size."""

    POOLED = "pooled"
    SECTIONS = "sections"


class Combination(StrEnum):
    """How the achievements of several indicators make that of their measure."""

    MEAN = "mean"
    LOWEST = "lowest"
    WEIGHTED = "weighted"


@dataclass(frozen=True, slots=True)
class ScoringRules:
    """How scores come about: given by a person or `computed` from indicators, `weighted` by the items' weights or not.

    `years` are those that the plan is for, of a register of decisions none.

    No official rule has weights, and a person gives the score (guide of practice 2.1, 2.3): both are off by default.
    """

    mean: Mean = Mean.POOLED
    combination: Combination = Combination.MEAN
    computed: bool = False
    weighted: bool = False
    years: tuple[int, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of a plan for one year."""
        return self.years[0] if len(self.years) == 1 else None

    def covers(self, year: int) -> bool:
        """Tell whether the plan is for a year; one without years is for all."""
        return not self.years or year in self.years


class PlanModel(Strict):
    """What every plan names, whatever its form; the fields left out come from planctl.yaml."""

    form: Text = Field(description=_("The form of the document, such as `resolutions`."))
    id: DocumentId = Field(description=_("The document's id, unique in the project; it names the built files."))
    title: Text = Field(
        description=_("The title in sentence case, with its suffixes; `{period}` and `{year}` are filled in.")
    )
    above: Above
    source: Source | None = Field(None, description=_("Where this was copied from, if it is another body's plan."))
    reference: Text | None = Field(None, description=_("The order and annex at the top right of the sheets."))
    organisation: Text | None = Field(None, description=_("The organisation, where it is not that of planctl.yaml."))
    place: Text | None = Field(None, description=_("The place over the sheets, where it is not that of planctl.yaml."))
    rubric: Text | None = Field(None, description=_("The scale, where it is not that of planctl.yaml."))
    rounding: Literal["0", "1", "2"] | None = Field(None, description=_("Decimals of means: 0, 1 or 2."))
    signatories: tuple[Signatory, ...] | None = Field(
        None, description=_("Who signs, in place of those of planctl.yaml.")
    )
    mean: Annotated[Mean, one_of(Mean)] = Field(
        Mean.POOLED, description=_("`pooled` (of all items) or `sections` (the mean of the sections' means).")
    )
    subtotals: Flag = Field(True, description=_("Whether subtotals follow the summary, on pages of their own."))
    notes: Text | None = Field(None, description=_("Remarks for those who keep the file; no sheet shows them."))
    extra: Extra

    @property
    def rules(self) -> ScoringRules:
        """How scores come about and are brought together."""
        return ScoringRules(mean=self.mean)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `width` is a share of the whole (any unit); a `grouped` one spans the rows of its group.

    `kind`: "ordinal", "score", "percent" and "count" are centred and narrow, "text" is a short text, "prose" one of
    several paragraphs. A "score" is printed as `100%`, a "percent" as `100` under a heading that says per cent.
    Columns side by side that name the same heading `over` them stand under it, merged, in a heading of two rows.
    """

    key: str
    heading: str
    width: float
    kind: Literal["ordinal", "text", "prose", "score", "percent", "count"] = "text"
    grouped: bool = False
    over: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """What is reported and scored: a clause, a measure.

    `loc` leads to it in the plan. `texts` are the plan's own cells by column key. `number` is the official number as
    written, `label` how sheets over several sections name it (`1.3`) where numbers begin again in each. `deadline` is
    the last day for it; one that `begins` on a day is not due before. `weight` counts only in a weighted plan.
    `lineage` names the earlier plan's item that it goes on with, `carries_out` what it carries out above. `text` are
    its own words alone. An item that is not `reported` stands outside all sheets and counts. One that `is_indicator` is
    measured and not scored, and stands outside all counts; its `indicators` are then its parts, or itself. `by_year`
    has it as a report of each year does: with that year's target.
    """

    id: str
    loc: Loc
    texts: Mapping[str, str]
    number: str = ""
    label: str = ""
    units: tuple[str, ...] = ()
    begins: date | None = None
    deadline: date | None = None
    reported: bool = True
    indicators: tuple[Indicator, ...] = ()
    weight: Decimal | None = None
    lineage: Lineage | None = None
    text: str = ""
    carries_out: tuple[Link, ...] = ()
    extra: Mapping[str, str | None] = field(default_factory=dict)
    is_indicator: bool = False
    by_year: Mapping[int, Item] = field(default_factory=dict)

    def in_year(self, year: int) -> Item:
        """Return the item as a report of a year has it."""
        return self.by_year.get(year, self)

    def loc_of_indicator(self, at: int) -> Loc:
        """Return where one of its indicators stands in the plan."""
        if not self.is_indicator:
            return (*self.loc, "indicators", at)
        return (*self.loc, "parts", at) if self.indicators[at].id else self.loc

    def is_due(self, day: date) -> bool:
        """Tell whether it is to be reported for a period that ends on a day: it has begun by then."""
        return self.begins is None or self.begins <= day


@dataclass(frozen=True, slots=True)
class Group:
    """Items that share the cells of the grouped columns: a decision with its clauses. `kind` is the kind of act.

    `table` is the place of its table among the form's.
    """

    loc: Loc
    texts: Mapping[str, str]
    items: tuple[Item, ...]
    number: str = ""
    kind: str = ""
    table: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A row over the full width, above the groups that follow it. `level` 1 is the outermost.

    `number` is the official number as written, and `loc` leads to the section in the plan. By its `id` other plans name
    it. `text` are its own words without the number, where the title has more.
    """

    title: str
    level: int = 1
    number: str = ""
    loc: Loc = ()
    table: int = 0
    id: str = ""
    text: str = ""
    carries_out: tuple[Link, ...] = ()
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A table of a form: the columns of its report, and those of the plan as approved where that is a sheet of its own.

    Only the first table of a form makes the mean; any other has a mean of its own.
    """

    name: str
    columns: tuple[Column, ...]
    title: str = ""
    approved: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading and the text below it, which a plan as approved has in front of its tables; `loc` leads to it."""

    title: str
    text: str
    loc: Loc = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A document form. `outline` gives the section rows and groups of a plan in the order of the sheet.

    Of the columns those named in an item's or a group's `texts` are the plan's; the others are filled from the actuals
    (see `report/cells.py`). `rubric` is the form's own scale, where a plan names none. Subtotals are those of the
    sections of `subtotal_level`. A form is `by_sector` where its outermost sections are sectors. `layouts` gives the
    tables where they go by the plan and the year of the report (None for the plan as approved). `passages` gives the
    texts of the plan as approved; it is told how to name a unit. `titles` is a regular expression for what the titles
    of an office's own papers of this form say (`drafts/` has the way back from them).
    """

    name: str
    plan: type[PlanModel]
    entry: type[Entry]
    tables: tuple[Layout, ...]
    outline: Callable[[Any], tuple[Section | Group, ...]]
    rubric: str = ""
    subtotal_level: int = 1
    by_sector: bool = False
    layouts: Callable[[Any, int | None], tuple[Layout, ...]] | None = None
    passages: Callable[[Any, Callable[[str], str]], tuple[Passage, ...]] | None = None
    titles: str = ""

    def tables_of(self, plan: PlanModel, year: int | None = None) -> tuple[Layout, ...]:
        """Return the tables of a plan, as approved or in a report of a year."""
        return self.layouts(plan, year) if self.layouts else self.tables
