"""`planctl init`: a small project that passes `check` at once."""

from __future__ import annotations

from importlib import resources
from pathlib import Path  # noqa: TC003  # typer reads it while the program runs
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.errors import PlanctlError
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

RENAMED = {"gitattributes": ".gitattributes", "gitignore": ".gitignore"}
"""Files that would act on planctl's own repository under their real name."""


def run(
    folder: Annotated[Path, typer.Argument(help=_("Folder for the project; made where it is missing."))],
    editors: Annotated[  # noqa: FBT002  # a flag of the command line
        bool, typer.Option("--editors", help=_("Only the files that editors read, for a project that is there."))
    ] = False,
) -> None:
    """Write the project's files; where one of them is there already, nothing is written.

    The files of editors are joined with those that are there, as an editor may have made them before.
    """
    from planctl.cli.editors import wire  # noqa: PLC0415  # the help needs none of it
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    if not editors:
        _begin(folder)
    root = find_root(folder)
    wire(folder if root == folder.absolute() else root, load(root).portfolio)
    if not editors:
        console.say(
            _("now: cd {folder}, change planctl.yaml to your office, and run `planctl score`"), folder=folder.as_posix()
        )


def _begin(folder: Path) -> None:
    from planctl.output.files import replace_file  # noqa: PLC0415

    files = dict(_files(resources.files("planctl") / "starter", ""))
    for name in files:
        if (folder / name).exists():
            raise PlanctlError(_("{path} is there already; nothing was written"), path=(folder / name).as_posix())
    for name, content in files.items():
        replace_file(folder / name, content)
        console.say(_("wrote {path}"), path=(folder / name).as_posix())


def _files(folder: Traversable, within: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry, f"{within}{entry.name}/")
        else:
            yield f"{within}{RENAMED.get(entry.name, entry.name)}", entry.read_bytes().replace(b"\r\n", b"\n")
