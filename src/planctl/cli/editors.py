"""The files of a project that editors read: written, joined with those of the office, and compared with planctl's."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planctl.authoring import editors
from planctl.authoring.schema import IN_EDITORS, levels
from planctl.cli import console
from planctl.output.files import replace_file
from planctl.source.root import PROJECT_FILE
from planctl.words import _, in_mongolian

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.portfolio.portfolio import Portfolio
    from planctl.words import Language


def language() -> Language:
    """Return the language that comes first in schemas: the one in use."""
    return "mn" if in_mongolian() else "en"


def write_schemas(folder: Path, portfolio: Portfolio) -> None:
    """Write the schemas that editors need, over those that are there."""
    for name, text in editors.schema_files(levels(portfolio), first=language()).items():
        if replace_file(folder / name, text.encode()):
            console.say(_("wrote {path}"), path=(folder / name).as_posix())


def wire(root: Path, portfolio: Portfolio) -> None:
    """Write all that editors read. Of what is there already nothing is lost; what cannot be joined is shown."""
    write_schemas(root / editors.SCHEMAS, portfolio)
    for name, wanted in editors.VS_CODE.items():
        path = root / name
        written = _text_of(path)
        whole = editors.as_text(wanted) if written is None else editors.merged(written, wanted)
        _put(path, whole, shown=editors.as_text(wanted))
    _put(root / editors.NEOVIM, _unless_other(root / editors.NEOVIM), shown=editors.neovim())


def _put(path: Path, whole: str | None, *, shown: str) -> None:
    """Write the file; where it is the office's own and cannot be joined, show what belongs into it."""
    if whole is None:
        console.say(_("{path} is yours and was left as it is; this belongs into it:"), path=path.as_posix())
        console.text(shown)
    elif whole != _text_of(path) and replace_file(path, whole.encode()):
        console.say(_("wrote {path}"), path=path.as_posix())


def _unless_other(path: Path) -> str | None:
    """Return what Neovim reads, or None where another text stands there."""
    return editors.neovim() if _text_of(path) in {None, editors.neovim()} else None


def _text_of(path: Path) -> str | None:
    """Return a file's text with LF; None where there is no file."""
    if not path.is_file():
        return None
    return path.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n")


def schemas_differ(root: Path, portfolio: Portfolio) -> bool | None:
    """Tell whether the project's schemas are others than planctl would write; None where it has none."""
    folder = root / editors.SCHEMAS
    if not folder.is_dir():
        return None
    names = [f"{name}.json" for name in IN_EDITORS]
    files = {name: text for name in names if (text := _text_of(folder / name)) is not None}
    return not editors.is_current(files, levels(portfolio))


def modeline(root: Path, path: Path) -> str:
    """Return the line that leads an editor to a file's schema; "" where the project has none for it."""
    within = os.path.relpath(path.absolute(), root.absolute()).replace(os.sep, "/")
    kind = {PROJECT_FILE: "settings", "plans": "plans", "rubrics": "rubric", "approvals": "approval"}.get(
        within.split("/", 1)[0], ""
    )
    schema = root / editors.SCHEMAS / f"{kind}.json"
    if not kind or not schema.is_file():
        return ""
    there = os.path.relpath(schema.absolute(), path.absolute().parent).replace(os.sep, "/")
    return f"# yaml-language-server: $schema={there}\n"
