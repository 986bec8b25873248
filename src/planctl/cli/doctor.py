"""`planctl doctor`: what this machine gives planctl to work with."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from planctl import __version__
from planctl.cli import console
from planctl.cli.cache_told import cache_told
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Iterator

LIBRARIES = (
    "typer",
    "pydantic",
    "ruamel.yaml",
    "ruamel.yaml.clib",
    "Jinja2",
    "docxtpl",
    "python-docx",
    "lxml",
    "XlsxWriter",
    "rich",
)
FONTS = ("Arial", "Liberation Sans")
FONT_FOLDERS = ("C:/Windows/Fonts", "/Library/Fonts", "/System/Library/Fonts/Supplemental")
SECONDS = 20


def run() -> None:
    """Print one line for each thing; a missing one is said so, and does no harm unless the line says what."""
    for label, value in _lines():
        console.text(f"{said(label)}: {value}\n")


def _lines() -> Iterator[tuple[str, str]]:
    from planctl.source.reader import parser_in_use  # noqa: PLC0415  # the help needs none of it

    yield "planctl", __version__
    yield "Python", f"{platform.python_version()} ({sys.executable})"
    yield _("system"), platform.platform()
    for name in LIBRARIES:
        yield name, _version(name)
    yield _("YAML parser"), parser_in_use()
    yield (
        _("fonts"),
        ", ".join(name for name in FONTS if _has_font(name))
        or said(_("none of {wanted} found"), {"wanted": ", ".join(FONTS)}),
    )
    yield "LibreOffice", _office()
    yield _("schemas of editors"), _schemas()
    yield _("kept results"), cache_told()
    yield (
        _("terminal"),
        f"{sys.stdout.encoding}, {shutil.get_terminal_size().columns} × {shutil.get_terminal_size().lines}",
    )


def _schemas() -> str:
    from planctl.authoring.editors import SCHEMAS  # noqa: PLC0415
    from planctl.cli.editors import schemas_differ  # noqa: PLC0415
    from planctl.errors import PlanctlError  # noqa: PLC0415
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    try:
        root = find_root(Path())
    except PlanctlError:
        return said(_("no project here"))
    match schemas_differ(root, load(root).portfolio):
        case None:
            return said(_("none; `planctl init . --editors` writes them"))
        case True:
            return said(_("of another version; `planctl schema --out {folder}` renews them"), {"folder": SCHEMAS})
        case _:
            return said(_("of this version"))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return said(_("not installed"))


def _office() -> str:
    from planctl.output.pdf import office, version_of  # noqa: PLC0415

    if (program := office()) is None:
        return said(_("not found; only `planctl build --pdf` needs it"))
    version_told = version_of(program) or said(_("does not tell its version"))
    return f"{version_told} ({program})"


def _has_font(name: str) -> bool:
    if asker := shutil.which("fc-list"):
        return _is_listed(asker, name)
    file = f"{name.replace(' ', '')}.ttf".casefold()
    folders = (Path(folder) for folder in FONT_FOLDERS)
    return any(path.name.casefold() == file for folder in folders if folder.is_dir() for path in folder.iterdir())


def _is_listed(asker: str, name: str) -> bool:
    try:
        told = subprocess.run([asker, name], capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  # fontconfig's own lister
    except (OSError, subprocess.TimeoutExpired):
        return False
    return bool(told.stdout.strip())
