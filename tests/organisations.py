"""Organisations for tests: offices of one plan each, a list of them, and what they come to.

`office(folder, a=100, b="70 / 90")` writes a project whose plan `council` has these clauses with these scores: the
office's own, and that of the superior body behind a slash. `roll(folder, "…")` writes the list and brings it together.
"""

from __future__ import annotations

from datetime import date
from textwrap import dedent, indent
from typing import TYPE_CHECKING

from planctl.cache.store import Store
from planctl.rollup.account import Rollup, period_before, rolled_up
from planctl.rollup.gathering import Gathered, Means, gather, located
from planctl.rollup.list import listed, same_twice
from planctl.source.discover import read_text
from planctl.source.reader import read
from planctl.work.in_turn import InTurn
from projects import SETTINGS, actuals, register, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from planctl.diagnostics import Diagnostic

TODAY = date(2024, 1, 10)
LIST = "list.yaml"


def office(  # noqa: PLR0913  # all that can differ
    folder: Path,
    *,
    period: str = "2023",
    plan: str = "council",
    dated: str = "",
    more: Mapping[str, str] | None = None,
    units: Mapping[str, Sequence[str]] | None = None,
    **scores: int | str | None,
) -> Path:
    """Write a project; None is a clause without a score."""
    entries = {id_: _entry(score) for id_, score in scores.items()}
    report = actuals(entries, plan=plan, period=period)
    files = {
        f"plans/{plan}.yaml": register(scores, id_=plan, units=units),
        f"plans/{plan}.{period}.yaml": f"date: {dated}\n{report}" if dated else report,
    }
    return write(folder, {**files, "planctl.yaml": SETTINGS, **(more or {})})


def _entry(score: int | str | None) -> str:
    if score is None:
        return "progress: Хийв"
    own, *superior = str(score).split(" / ")
    return ", ".join(["progress: Хийв", f"self: {own}", *(f"superior: {one}" for one in superior)])


def write_list(folder: Path, organisations: str, head: str = "period: 2023") -> Path:
    """Write the list: the organisations as they stand below `organisations:`, behind a head."""
    path = folder / LIST
    text = f"rollup: 1\n{dedent(head).strip()}\norganisations:\n{indent(dedent(organisations).strip(), '  ')}\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def listed_in(folder: Path) -> tuple[object, tuple[Diagnostic, ...]]:
    """Return the list as far as it is sound, and what was found."""
    source, found = read_text(folder, LIST)
    assert source is not None
    document, faults = read(source)
    assert document is not None
    sound, findings = listed(document)
    return sound, (*found, *faults, *findings)


def roll(  # noqa: PLR0913  # what a run goes by
    folder: Path,
    organisations: str,
    head: str = "period: 2023",
    *,
    today: date = TODAY,
    kept: Store | None = None,
    fetches: bool = True,
) -> tuple[Rollup, Gathered]:
    """Write the list and bring its organisations together, as the command does, in this process."""
    write_list(folder, organisations, head)
    source, _found = read_text(folder, LIST)
    assert source is not None
    document, _faults = read(source)
    assert document is not None
    sound, _findings = listed(document)
    assert sound is not None
    gathered = Gathered()
    means = Means(
        folder,
        kept or Store(None),
        _contents,
        lambda _documents: (InTurn(), 4),
        folder / "repositories",
        fetches=fetches,
    )
    found = located(sound.entries, means, gathered)
    again, _twice = same_twice(document, ((one.entry, one.place) for one in found))
    sound = sound.without(again, document)
    periods = (sound.file.period, sound.file.compared_with or period_before(sound.file.period))
    gather([one for one in found if one.entry not in again], periods, means, gathered, today=today)
    return rolled_up(sound, gathered, today=today), gathered


def _contents(folders: Mapping[str, Sequence[str]]) -> Mapping[str, Mapping[str, str]]:
    """Return the texts themselves for digests."""
    return {folder: {name: _text(f"{folder}/{name}") for name in names} for folder, names in folders.items()}


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123  # tests put another `Path.is_file` in place
            return file.read()
    except (OSError, UnicodeDecodeError):
        return ""
