"""A plan as it is linked: its model, its outline, and what it takes from planctl.yaml. Its values are frozen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from planctl.forms.form import Group
from planctl.source.document import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.diagnostics import Span
    from planctl.forms.fields import Signatory
    from planctl.forms.form import Form, Item, Layout, Loc, PlanModel, Section
    from planctl.source.document import Document


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
