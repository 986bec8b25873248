"""What an update of a plan from a paper comes to: edits that are made, and what is told only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.authoring.patching import Change
    from planctl.forms.paper import Written
    from planctl.place import Place

Why = Literal["both-changed", "unclear", "unknown", "new-row", "gone", "moved", "order", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a file; what it changes of which item, from what to what, and where the paper says so.

    `address` is `document#item`, or that of the document alone. `old` is None where nothing stood there, `new` where a
    value goes.
    """

    path: str
    change: Change
    address: str
    field: str
    old: Any
    new: Any
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What is told and not done: a conflict with both texts, a row that is gone, moved or in another order."""

    why: Why
    address: str
    field: str = ""
    ours: str = ""
    theirs: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an update comes to, in the order of the paper."""

    edits: tuple[Edit, ...] = ()
    listed: tuple[Listed, ...] = ()


def outcome_of(told: Iterable[Edit | Listed]) -> Outcome:
    """Part what is done from what is told only."""
    every = tuple(told)
    return Outcome(
        tuple(one for one in every if isinstance(one, Edit)), tuple(one for one in every if isinstance(one, Listed))
    )


def place_of(written: Written | None) -> Place | None:
    """Return where a paper says something, None where it says nothing of it."""
    return written.place if written else None


def edits_of(edits: Iterable[Edit], path: str) -> Sequence[Change]:
    """Return the changes of one file."""
    return [edit.change for edit in edits if edit.path == path]


def paths_of(edits: Iterable[Edit]) -> Iterator[str]:
    """Yield the files that edits change, each once."""
    yield from dict.fromkeys(edit.path for edit in edits)
