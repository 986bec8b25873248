"""The job of reading organisations for their numbers: it reads their files where they lie, so they need be at hand.

In: origins, periods and the day. Out: for each organisation its numbers, or what keeps it from being read.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from planctl.errors import PlanctlError, problem_of
from planctl.forms.period import period_of
from planctl.garbage import collector_off
from planctl.pipeline import load_for_errors
from planctl.rollup.numbers import lasting, numbers_of
from planctl.rollup.origins import Origin
from planctl.words import _
from planctl.work.packing import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.forms.period import Period
    from planctl.source.tree import Tree


UNREADABLE = _("{folder} cannot be read: {problem}")


def carried_out(content: bytes) -> bytes:
    """Return the results of the organisations, in their order."""
    value, _none = unpacked(content)
    periods = [period for text in value["periods"] if (period := period_of(text))]
    today = date.fromisoformat(value["today"])
    results = []
    for parts in value["origins"]:
        # The numbers are made while the project is there; behind that, nothing is left to look through.
        with collector_off():
            results.append(_read(Origin(*parts), periods, today))
    return packed(results)


def _read(origin: Origin, periods: Sequence[Period], today: date) -> dict[str, Any]:
    """Return an organisation's numbers, the days for which they hold, and whether they rest on its files alone."""
    try:
        tree = _Watched(origin.tree())
        project = load_for_errors(tree, today=today)
    except PlanctlError as error:
        return {"problem": [error.message, error.values]}
    except OSError as error:  # such as a folder that may not be entered
        return {"problem": [UNREADABLE, {"folder": origin.folder, "problem": problem_of(error)}]}
    first, last = lasting(project, today)
    return {
        "numbers": numbers_of(project, periods),
        "from": first,
        "until": last,
        "lasts": not tree.was_asked,
    }


class _Watched:
    """A state of a project that remembers whether anything was asked after that is none of its sources."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self.root = tree.root
        self.was_asked = False

    def sources(self) -> Any:
        return self._tree.sources()

    def has_file(self, path: str) -> bool:
        self.was_asked = True
        return self._tree.has_file(path)
