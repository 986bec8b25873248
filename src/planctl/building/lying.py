"""What earlier builds left: which outputs lie in the folder as they were made, and still would be made so.

In: the record of the last build, and the folder. Out: `Standing` outputs, and what those know of others who look again.
Nothing is changed here, neither the folder nor the record.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from planctl.building.outputs import is_own_name
from planctl.building.record import libraries_of
from planctl.errors import PlanctlError
from planctl.garbage import collector_off
from planctl.making import path_of
from planctl.output import manifest
from planctl.report.account import Account

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from planctl.building.order import Order
    from planctl.building.outputs import Folder
    from planctl.building.record import Composed, Kept, Record
    from planctl.building.templates import OwnTemplates
    from planctl.output.manifest import Output
    from planctl.refusal import Part
    from planctl.survey.reading import Topic


@dataclass(frozen=True, slots=True)
class Standing:
    """Sheets of a plan or period whose outputs stand: their paths with the names of their sheets and formats.

    `sheets` are those that have something to show; `left` are the others that are wanted, which do not stand.
    """

    topic: Topic
    outputs: tuple[tuple[str, str, str], ...]
    sheets: frozenset[str]
    left: tuple[str, ...]


class Lying:
    """What earlier builds made, by their record. Where all is to be built anew, nothing of it stands."""

    def __init__(self, order: Order, record: Record, *, folder: Folder, templates: OwnTemplates) -> None:
        self._order = order
        self._record = record
        self._folder = folder
        self._templates = templates
        self._libraries = {name: libraries_of(name) for name in order.choice.formats}

    @collector_off()
    def earlier(self) -> list[Output]:
        """Return what earlier builds left: the outputs of the manifest, and those of a build that did not get so far.

        Of the latter only files are meant that are still as they were written.
        """
        try:
            listed = list(manifest.read_outputs(self._order.out))
        except PlanctlError:
            if not self._order.is_anew:
                raise
            listed = []  # the manifest is written anew, and what nobody knows of is nobody's to remove
        known = {one.path for one in listed}
        others = [(path, kept) for path, kept in self._record.kept.items() if path not in known and is_own_name(path)]
        return [*listed, *(kept.output for path, kept in others if kept.output and self._is_there(path, kept))]

    def standing(self, key: str, topic: Topic) -> Standing:
        """Return what stands of a plan or period that was read on some grounds, of all that is wanted of it."""
        outputs: list[tuple[str, str, str]] = []
        sheets: list[str] = []
        left: list[str] = []
        for name in self._order.sheets_of(topic):
            composed = self._composed(key, topic, name)
            if composed is None:
                left.append(name)
            elif composed.stem is not None:
                files = [(path_of(composed.stem, one), name, one) for one in self._order.choice.formats]
                stands = all(self._stands(path, format_, key) for path, _name, format_ in files)
                (sheets if stands else left).append(name)
                outputs += files if stands else ()
        return Standing(topic, tuple(outputs), frozenset(sheets), tuple(left))

    def shown(self, key: str, topic: Topic, name: str) -> str | None:
        """Return the digest of what a sheet shows on some grounds, where that is known."""
        composed = self._composed(key, topic, name)
        return composed.shown if composed else None

    def _composed(self, key: str, topic: Topic, name: str) -> Composed | None:
        composed = None if self._order.is_anew else self._record.sheets.get((*topic.part, name))
        is_known = composed is not None and (composed.grounds, composed.as_of) == (key, self._order.as_of)
        return composed if is_known else None

    def account(self, key: str) -> Account | None:
        """Return what a parcel told on some grounds for the sheets over all plans, where that is known."""
        if self._order.is_anew or key not in self._record.accounts:
            return None
        try:
            return Account.of_plain(json.loads(self._record.accounts[key]))
        except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
            return None

    def of_parts(self, parts: Collection[Part]) -> dict[str, Any]:
        """Return what of these parts lies there as it was made, with the libraries of now, by path."""
        return {
            path: {"basis": [kept.basis.shown, kept.basis.template], "digest": kept.output.digest}
            for part in parts
            for path, kept in self._by_part.get(part, ())
            if kept.output and kept.basis.libraries == self._libraries.get(kept.output.format)
            if self._is_there(path, kept)
        }

    @cached_property
    def _by_part(self) -> Mapping[Part, list[tuple[str, Kept]]]:
        found: defaultdict[Part, list[tuple[str, Kept]]] = defaultdict(list)
        for path, kept in () if self._order.is_anew else self._record.kept.items():
            if kept.output:
                found[kept.output.document, kept.output.period].append((path, kept))
        return found

    def _stands(self, path: str, format_: str, key: str) -> bool:
        kept = self._record.kept.get(path)
        if kept is None or (kept.grounds, kept.as_of) != (key, self._order.as_of):
            return False
        return self._is_current(kept, format_) and (kept.output is None or self._is_there(path, kept))

    def _is_current(self, kept: Kept, format_: str) -> bool:
        """Tell whether an output's template and libraries are what they were."""
        template = kept.basis.template
        is_own = template is not None and not template[0].startswith("planctl:")
        if is_own and template is not None and self._templates.digest(template[0]) != template[1]:
            return False
        return kept.basis.libraries == self._libraries[format_]

    def _is_there(self, path: str, kept: Kept) -> bool:
        return self._folder.state_of(path, kept) == "as it was"
