"""What a document form is to the rest of the house: its models, its columns, and its items in the order of the sheet.

A form does not know that it came from YAML: it turns its own validated model into the outline that all forms share.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from planctl.forms.fields import DocumentId, Extra, Flag, Signatory, Strict, Text
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from planctl.forms.actuals import Entry

Loc = tuple[str | int, ...]


class PlanModel(Strict):
    """What every plan names, whatever its form; the fields left out come from planctl.yaml."""

    form: Text = Field(description=_("The form of the document, such as `resolutions`."))
    id: DocumentId = Field(description=_("The document's id, unique in the project; it names the built files."))
    title: Text = Field(description=_("The title in sentence case, with its suffixes; `{period}` is filled in."))
    organisation: Text | None = Field(None, description=_("The organisation, where it is not that of planctl.yaml."))
    place: Text | None = Field(None, description=_("The place over the sheets, where it is not that of planctl.yaml."))
    rubric: Text | None = Field(None, description=_("The scale, where it is not that of planctl.yaml."))
    rounding: Literal["0", "1", "2"] | None = Field(None, description=_("Decimals of means: 0, 1 or 2."))
    signatories: tuple[Signatory, ...] | None = Field(
        None, description=_("Who signs, in place of those of planctl.yaml.")
    )
    subtotals: Flag = Field(True, description=_("Whether subtotals follow the summary, on pages of their own."))
    notes: Text | None = Field(None, description=_("Remarks for those who keep the file; no sheet shows them."))
    extra: Extra


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
    written. `deadline` is the last day for it. An item that is not `reported` stands outside all sheets and counts.
    """

    id: str
    loc: Loc
    texts: Mapping[str, str]
    number: str = ""
    units: tuple[str, ...] = ()
    deadline: date | None = None
    reported: bool = True
    extra: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """Items that share the cells of the grouped columns: a decision with its clauses."""

    loc: Loc
    texts: Mapping[str, str]
    items: tuple[Item, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A row over the full width, above the groups that follow it. `level` 1 is the outermost."""

    title: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """A document form. `outline` gives the section rows and groups of a plan in the order of the sheet.

    Of the `columns` those named in an item's or a group's `texts` are the plan's; `progress`, `self` and `superior` are
    filled from the actuals.
    """

    name: str
    plan: type[PlanModel]
    entry: type[Entry]
    columns: tuple[Column, ...]
    outline: Callable[[Any], tuple[Section | Group, ...]]
