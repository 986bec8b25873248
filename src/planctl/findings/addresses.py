"""Where a finding belongs: to an item, to a document, or to no more than a file.

In: the portfolio and findings. Out: the `Address` of each: what the finding's place lies in, in the plan or in actuals.
A finding of what is left out has no place of its own; it then belongs to the item that it names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from planctl.codes import CODES
from planctl.forms.fields import PLACEHOLDER
from planctl.forms.form import Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.diagnostics import Diagnostic
    from planctl.forms.form import Loc
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.portfolio import Portfolio
    from planctl.source.document import Document


@dataclass(frozen=True, slots=True)
class Address:
    """A place of the project by its ids; the ids are empty where there is no such thing, as in planctl.yaml.

    As text it is `document#item`, a document's id, or the path of a file that belongs to no document.

    `period` is that of the actuals that hold the place, and empty in a plan.
    """

    path: str
    document: str = ""
    item: str = ""
    period: str = ""

    def __str__(self) -> str:
        return f"{self.document}#{self.item}" if self.item else self.document or self.path


@dataclass(frozen=True, slots=True)
class _File:
    """A file that took part in the project: the plan that it is or reports on, and the period of actuals."""

    document: Document
    plan: Plan
    period: str = ""


class AddressBook(Protocol):
    """What tells where findings belong."""

    def of(self, found: Diagnostic, /) -> Address:
        """Return where a finding belongs."""


@dataclass(frozen=True, slots=True)
class Noted:
    """Addresses that were worked out before, of findings whose portfolio is not at hand. It is an `AddressBook`."""

    addresses: Mapping[Diagnostic, Address]

    def of(self, found: Diagnostic, /) -> Address:
        """Return where a finding belongs."""
        return self.addresses[found]


class Addresses:
    """The addresses of a project's findings. What is worked out of a plan is kept for the next finding in it."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._files = dict(_files(portfolio))
        self._parts: dict[str, Mapping[Loc, str]] = {}
        self._known: dict[Diagnostic, Address] = {}

    def of(self, found: Diagnostic, /) -> Address:
        """Return where a finding belongs."""
        if found not in self._known:
            self._known[found] = self._of(found)
        return self._known[found]

    def _of(self, found: Diagnostic) -> Address:
        file = self._files.get(found.span.path)
        if file is None:
            return Address(found.span.path)
        return Address(found.span.path, file.plan.id, self._item_of(found, file), file.period)

    def _item_of(self, found: Diagnostic, file: _File) -> str:
        if CODES[found.code].is_of_document:
            return ""
        return self._item_at(file, file.document.loc_at(found.span)) or _named(found, file.plan)

    def _item_at(self, file: _File, loc: Loc) -> str:
        """Return the id of the innermost item or section that a path leads into, or "" where it leads into none."""
        if file.period:
            return str(loc[1]) if loc[:1] == ("items",) and len(loc) > 1 else ""
        if file.plan.id not in self._parts:
            self._parts[file.plan.id] = dict(_parts(file.plan))
        parts = self._parts[file.plan.id]
        return next((parts[loc[:length]] for length in range(len(loc), 0, -1) if loc[:length] in parts), "")


def _files(portfolio: Portfolio) -> Iterator[tuple[str, _File]]:
    for plan in portfolio.plans.values():
        yield plan.document.path, _File(plan.document, plan)
    for actuals in portfolio.actuals:
        for document in actuals.documents:
            yield document.path, _File(document, actuals.plan, str(actuals.period))


def _parts(plan: Plan) -> Iterator[tuple[Loc, str]]:
    """Yield where each item and each section with an id stands, also those whose id stands twice."""
    for band in plan.bands:
        for one in band.items if isinstance(band, Group) else (band,):
            if one.id and not one.id.startswith(PLACEHOLDER):
                yield one.loc, one.id


def _named(found: Diagnostic, plan: Plan) -> str:
    """Return the item that a finding names as its own, if the plan has it."""
    id_ = dict(found.values).get("id", "")
    return id_ if id_ in plan.all_items else ""
