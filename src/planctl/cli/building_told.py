"""What `planctl build` prints. In: what a build did. Out: lines, those of `--why` to stdout."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from planctl.cli import console
from planctl.words import _, counted, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from planctl.building.built import Built
    from planctl.building.reasons import Reason
    from planctl.errors import PlanctlError
    from planctl.refusal import Part

MOST_TOLD = 50
"""Of more files than this only the first of each reason are named."""

NAMED = 3


def tell_refused(refused: Iterable[Part]) -> None:
    """Name the documents that have errors."""
    for document, period in refused:
        console.say(_("{document} {period} has errors and was not built"), document=document, period=period)


def tell_built(built: Built, folder: Path) -> None:
    """Say what a build did, what it could not do, and how many files it wrote."""
    if not built.subjects and not built.refused:
        console.say(_("there is nothing to build here: no plan has actuals for this period"))
    for path in built.failed:
        console.say(_("{path} was not built, because of its template"), path=path)
    _tell_problems(built.problems)
    for path in built.removed:
        console.say(_("removed {path}, which no plan makes any more"), path=path)
    shown = folder.as_posix()
    console.say_counted(
        _("{n} file written to {folder}"), _("{n} files written to {folder}"), len(built.written), folder=shown
    )
    if built.unchanged:
        console.say_counted(
            _("{n} file was already up to date"), _("{n} files were already up to date"), len(built.unchanged)
        )


def _tell_problems(problems: Iterable[PlanctlError]) -> None:
    """Tell each cause once, with the first of the paths that it kept from being made, and how many others there are."""
    alike: defaultdict[tuple[object, ...], list[PlanctlError]] = defaultdict(list)
    for problem in {str(problem): problem for problem in problems}.values():
        cause = sorted((name, value) for name, value in problem.values.items() if name != "path")
        alike[problem.message, *cause].append(problem)
    for first, *others in alike.values():
        console.problem(first, others=len(others))


def tell_why(why: Mapping[str, Iterable[Reason]]) -> None:
    """Say of each file why it was built or not; of many, the reasons, each with how many files and the first ones."""
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(why):
        by_reason["; ".join(said(one.message, dict(one.values)) for one in why[path])].append(path)
    if len(why) <= MOST_TOLD:
        lines = [f"{path}: {reason}" for reason, paths in by_reason.items() for path in paths]
        console.text("".join(f"{line}\n" for line in sorted(lines)))
        return
    for reason, paths in sorted(by_reason.items(), key=lambda pair: -len(pair[1])):
        number = counted(_("{n} file"), _("{n} files"), len(paths))
        rest = ", ..." if len(paths) > NAMED else ""
        console.text(f"{number}: {reason} ({', '.join(paths[:NAMED])}{rest})\n")
