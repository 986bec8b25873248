"""All plans of a project with their actuals, linked: what scoring and reports look things up in.

In: nothing but what `link` puts together. All values are frozen; an item's place leads back to its file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from planctl.forms.form import Group
from planctl.portfolio.rubric import rubric_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from planctl.diagnostics import Span
    from planctl.forms.actuals import Entry, State
    from planctl.forms.fields import Signatory
    from planctl.forms.form import Form, Item, Layout, Loc, PlanModel, Section
    from planctl.forms.period import Period
    from planctl.portfolio.accepted import Accepted
    from planctl.portfolio.approval import Approval
    from planctl.portfolio.chain import Chain
    from planctl.portfolio.rubric import Rubric, RubricFile
    from planctl.portfolio.settings import Settings
    from planctl.source.document import Document


Evaluation = Literal["self", "superior"]
EVALUATIONS: tuple[Evaluation, ...] = ("self", "superior")


@dataclass(frozen=True, slots=True)
class RubricSource:
    """A rubric file and where it lies (a path of the project, or `planctl:…` for one that comes with planctl)."""

    file: RubricFile
    path: str


@dataclass(frozen=True)
class Plan:
    """One plan: its model, its outline, and what it takes from planctl.yaml where it says nothing itself."""

    document: Document
    form: Form
    model: PlanModel
    bands: tuple[Section | Group, ...]
    organisation: str
    place: str
    rubric: str
    decimals: int
    signatories: tuple[Signatory, ...]

    @property
    def id(self) -> str:
        """The document's id."""
        return self.model.id

    @cached_property
    def all_items(self) -> Mapping[str, Item]:
        """Every item by id, in the order of the plan; of two with the same id the first."""
        found: dict[str, Item] = {}
        for band in self.bands:
            if isinstance(band, Group):
                for item in band.items:
                    found.setdefault(item.id, item)
        return MappingProxyType(found)

    @cached_property
    def parts(self) -> Mapping[str, tuple[str | int, ...]]:
        """Where each item, and each section that has an id, stands in the plan, by its id."""
        sections = {band.id: band.loc for band in self.bands if not isinstance(band, Group) and band.id}
        return MappingProxyType(sections | {id_: item.loc for id_, item in self.all_items.items()})

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """The items that are to be reported."""
        return MappingProxyType({id_: item for id_, item in self.all_items.items() if item.reported})

    @cached_property
    def ids_by_table(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the scored items of each table of the form, in the order of the plan; the first makes the mean."""
        found: list[list[str]] = [[] for _layout in self.form.tables]
        for band in self.bands:
            if isinstance(band, Group):
                found[band.table].extend(item.id for item in band.items if self.evaluated.get(item.id) is item)
        return tuple(map(tuple, found))

    @cached_property
    def evaluated(self) -> Mapping[str, Item]:
        """The items that are to be reported and scored."""
        return MappingProxyType({id_: item for id_, item in self.items.items() if not item.is_indicator})

    @cached_property
    def measured(self) -> tuple[Item, ...]:
        """The items that are to be reported and have indicators, or are some: asked for by many."""
        return tuple(item for item in self.items.values() if item.indicators or item.is_indicator or item.by_year)

    @cached_property
    def written(self) -> Mapping[Loc, Mapping[str, object]]:
        """What the author wrote under the keys of each item, by its place: looked up once for all who ask."""
        locs = (item.loc for band in self.bands if isinstance(band, Group) for item in band.items)
        found = ((loc, value_at(self.document, loc)) for loc in locs)
        return MappingProxyType({loc: node if isinstance(node, dict) else {} for loc, node in found})

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The ids of items whose `reported` is written as nothing that it can be, so that it may be meant as false."""
        if "reported" not in self.document.text:
            return frozenset()
        written = {id_: self.written[item.loc].get("reported") for id_, item in self.items.items()}
        return frozenset(id_ for id_, value in written.items() if value is not None and value != "true")

    def tables(self, year: int | None = None) -> tuple[Layout, ...]:
        """Return its tables, as approved or in a report of a year."""
        return self.form.tables_of(self.model, year)

    def place_of(self, item: Item) -> Span:
        """Return where an item stands."""
        return self.document.span_of(item.loc)


@dataclass(frozen=True, slots=True)
class Reported:
    """What the actuals of one period say of one item, from one file or two.

    `documents` are the files in which the item stands. An item that is `gone` was taken out for good (closed, repealed,
    merged) before this period; its entry then holds that state, its date, act and reason.
    """

    id: str
    entry: Entry
    documents: tuple[Document, ...]
    gone: bool = False

    def place_of(self, key: str) -> Span:
        """Return where a key stands, or the item's entry where the key is left out."""
        is_alone = len(self.documents) == 1
        holder = self.documents[0] if is_alone else self._holder(key) or self.documents[0]
        return holder.span_of(("items", self.id, key))

    @property
    def state(self) -> State | None:
        """Where the item stands outside the rubric."""
        return self.entry.state

    @property
    def is_silent(self) -> bool:
        """Tell whether nothing has been said of the item, not even something that does not fit."""
        if self.gone or not self.entry.is_empty:
            return False
        return not any(self.gives(key) for key in ("progress", "self", "superior", "state"))

    def gives(self, key: str) -> bool:
        """Tell whether a file gives the key, be it with a value that does not fit."""
        value = self.entry.self_score if key == "self" else getattr(self.entry, key)
        return value is not None or self._holder(key) is not None

    def _holder(self, key: str) -> Document | None:
        """Return the first file that has the key; asked so often that a loop is worth it."""
        loc = ("items", self.id, key)
        for file in self.documents:
            if holds(file, loc):
                return file
        return None

    def score(self, evaluation: Evaluation) -> Decimal | None:
        """Return the score of one evaluation, in percentage points."""
        return self.entry.self_score if evaluation == "self" else self.entry.superior


@dataclass(frozen=True)
class Actuals:
    """A plan and one period of it: all that a sheet reports on. `documents` are the files it was read from.

    `approval` is what was approved of it, where something was.
    """

    plan: Plan
    period: Period
    documents: tuple[Document, ...]
    date: date | None
    organisation: str
    place: str
    signatories: tuple[Signatory, ...]
    reported: Mapping[str, Reported]
    approval: Approval | None = None

    def place_of(self, key: str) -> Span:
        """Return where a key of the file's head stands (in the first file that has it)."""
        holder = next((file for file in self.documents if holds(file, (key,))), self.documents[0])
        return holder.span_of((key,))

    def mentions(self, id_: str) -> bool:
        """Tell whether a file says something of the item, be it something that does not fit."""
        return any(
            holds(file, ("items", id_)) or isinstance(file.data.get("items"), list | str) for file in self.documents
        )

    @cached_property
    def with_state(self) -> tuple[Reported, ...]:
        """What is reported of the items that stand outside the rubric: few, and asked for by many."""
        return tuple(one for one in self.reported.values() if one.entry.state is not None)

    @cached_property
    def measured(self) -> tuple[tuple[Item, Reported], ...]:
        """The items that have indicators or reached values, with what is reported of them."""
        items, year = self.plan.items, self.period.year
        every = ((items[one.id].in_year(year), one) for one in self.reported.values() if not one.gone)
        return tuple((item, one) for item, one in every if item.indicators or one.entry.reached_values)

    @property
    def files(self) -> frozenset[str]:
        """The files that it was read from: the plan's own, those of the actuals, and that of their approval."""
        approved = (self.approval.document,) if self.approval else ()
        return frozenset(one.path for one in (self.plan.document, *self.documents, *approved))

    @property
    def name(self) -> str:
        """`council 2023`, as findings and messages name it."""
        return f"{self.plan.id} {self.period}"


@dataclass(frozen=True)
class Portfolio:
    """The project: settings, rubric files by name, plans by id, and actuals in the order of plan and period.

    `approvals` are all there are, those of reports that are not there too; `accepted` what accepted.yaml lets be;
    `faulty` are the files of which not everything could be taken over.
    """

    settings: Settings
    rubrics: Mapping[str, RubricSource]
    plans: Mapping[str, Plan]
    actuals: tuple[Actuals, ...]
    settings_document: Document | None = None
    approvals: tuple[Approval, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    faulty: frozenset[str] = frozenset()

    @cached_property
    def chain(self) -> Chain:
        """How the plans hang together: what carries out what."""
        from planctl.portfolio.chain import chain_of  # noqa: PLC0415  # most offices' plans stand alone

        return chain_of(self.plans)

    @cached_property
    def has_links(self) -> bool:
        """Tell whether a plan, or a part of one, says what is above it: most offices' plans stand alone."""
        return any(plan.model.above or any(map(_names_above, plan.bands)) for plan in self.plans.values())

    def of_plan(self, plan: Plan) -> Sequence[Actuals]:
        """Return what was reported of a plan, in the order of the periods."""
        return self._by_plan.get(plan.id, ())

    @cached_property
    def _by_plan(self) -> Mapping[str, Sequence[Actuals]]:
        found: dict[str, list[Actuals]] = {}
        for actuals in self.actuals:
            found.setdefault(actuals.plan.id, []).append(actuals)
        return MappingProxyType(found)

    def rubric_of(self, actuals: Actuals) -> Rubric | None:
        """Return the version of the plan's scale that is in force on the last day of the period, or None."""
        return self.rubric_on(actuals.plan, actuals.period)

    def rubric_on(self, plan: Plan, period: Period) -> Rubric | None:
        """Return the version of a plan's scale that is in force on the last day of a period, reported or not."""
        return self.rubric_in(plan.rubric, period)

    def rubric_in(self, name: str, period: Period) -> Rubric | None:
        """Return the version of a scale that is in force on the last day of a period, or None."""
        key = name, period.last_day
        if key not in self._in_force:
            source = self.rubrics.get(name)
            self._in_force[key] = rubric_at(source.file, key[1], path=source.path) if source else None
        return self._in_force[key]

    @cached_property
    def _in_force(self) -> dict[tuple[str, date], Rubric | None]:
        """The versions of scales that were asked for, each once for all plans that take it."""
        return {}


def _names_above(band: Section | Group) -> bool:
    parts = band.items if isinstance(band, Group) else (band,)
    return any(part.carries_out or (part.indicators and any(one.above for one in part.indicators)) for part in parts)


def holds(document: Document, loc: tuple[str | int, ...]) -> bool:
    """Tell whether a file has a value at a path of keys."""
    return value_at(document, loc) is not None


def value_at(document: Document, loc: tuple[str | int, ...]) -> object:
    """Return what the author wrote at a path of keys and indexes, or None."""
    node: object = document.data
    for step in loc:
        if isinstance(node, dict):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node
