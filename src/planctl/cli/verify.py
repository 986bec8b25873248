"""`planctl verify`: whether the sources still make what was built, and whether that is what lies there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.cli.build import SURROUNDINGS
from planctl.cli.progress import shown_progress
from planctl.errors import PlanctlError
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.verify import Checked, Verified

WORDS = {
    "same": _("same"),
    "differs": _("differs from what the sources make now"),
    "edited": _("changed on disk since it was built"),
    "missing": _("missing on disk"),
    "not-made": _("no longer made"),
}


def run(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER | MANIFEST", help=_("A build folder or its manifest; by default build/ in the project.")
        ),
    ] = None,
) -> None:
    """Make every output of a build again from the sources, in memory, and compare; nothing is written.

    A manifest that stands alone, such as one of another machine, is compared with the sources only.
    """
    from planctl.output import manifest  # noqa: PLC0415  # the help needs none of it
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.verify import verify  # noqa: PLC0415

    root = _root(path)
    file = _manifest(path or root / "build")
    built = manifest.read(file)
    if not built.outputs:
        raise PlanctlError(_("{path} lists no outputs, so there is nothing to verify"), path=file.as_posix())
    stands_alone = path == file and not any((file.parent / Path(one.path).name).is_file() for one in built.outputs)
    with shown_progress() as progress:
        found = verify(load(root), built, folder=None if stands_alone else file.parent, progress=progress)
    console.text("".join(f"{line}\n" for line in _lines(found)))
    _tell(found, is_alone=stands_alone)
    if found.problems:
        raise typer.Exit(SURROUNDINGS)
    raise typer.Exit(int(not found.is_same))


def _root(path: Path | None) -> Path:
    """Return the project one stands in, or else the one that the build folder lies in."""
    from planctl.source.root import find_root  # noqa: PLC0415

    try:
        return find_root(Path())
    except PlanctlError:
        if path is None:
            raise
        return find_root(path if path.is_dir() else path.parent)


def _manifest(path: Path) -> Path:
    from planctl.output.manifest import NAME  # noqa: PLC0415

    return path / NAME if path.is_dir() or not path.suffix else path


def _lines(found: Verified) -> Iterator[str]:
    for one in found.outputs:
        yield f"{one.output.path}: {', '.join(said(WORDS[state.value]) for state in one.states)}"
        yield from _reasons(one)


def _reasons(one: Checked) -> Iterator[str]:
    if one.changed:
        sentence = said(_("changed since: {paths}"), {"paths": ", ".join(one.changed)})
        yield f"    {sentence}"
    if one.is_refused:
        told = {"document": one.output.document, "period": one.output.period}
        sentence = said(_("{document} {period} has errors; `planctl check` shows them"), told)
        yield f"    {sentence}"


def _tell(found: Verified, *, is_alone: bool) -> None:
    for problem in {str(problem): problem for problem in found.problems}.values():
        console.problem(problem)
    if not found.is_same:
        for name, (then, now) in found.versions.items():
            console.say(_("built with {name} {then}, made again with {now}"), name=name, then=then, now=now)
    if is_alone:
        console.say(_("none of the outputs lies beside the manifest; it was compared with the sources only"))
    same = sum(one.states == ("same",) for one in found.outputs)
    console.say_counted(_("{n} output is the same"), _("{n} outputs are the same"), same)
    if others := len(found.outputs) - same:
        console.say_counted(_("{n} output is not"), _("{n} outputs are not"), others)
