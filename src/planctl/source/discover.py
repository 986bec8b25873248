"""The files of a project: from its folder to the text of every plan, the only reader of plan files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from planctl.diagnostics import Diagnostic, Span, finding
from planctl.errors import PlanctlError
from planctl.source.document import SourceText
from planctl.source.encoding import decoded
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT_FILE = "planctl.yaml"
LARGEST_FILE_BYTES = 40_000_000
_SUFFIXES = {".yaml", ".yml"}


def find_root(start: Path) -> Path:
    """Return the nearest folder, from `start` upwards, that holds planctl.yaml; PlanctlError when none does."""
    folder = start.absolute()
    for candidate in (folder, *folder.parents):
        if (candidate / PROJECT_FILE).is_file():
            return candidate
    raise PlanctlError(_("no planctl.yaml in {folder} or above it"), folder=folder)


def discover(root: Path) -> tuple[tuple[SourceText, ...], tuple[Diagnostic, ...]]:
    """Return the project file, every YAML file anywhere under plans/ and those directly under rubrics/, by path.

    Hidden files and folders are left out, and so are links that lead out of the project.
    """
    sources: list[SourceText] = []
    findings: list[Diagnostic] = []
    for path in sorted(_paths(root, findings), key=lambda path: _relative(root, path)):
        source, found = read_text(root, _relative(root, path))
        findings.extend(found)
        if source is not None:
            sources.append(source)
    return tuple(sources), tuple(findings)


def read_text(root: Path, relative: str) -> tuple[SourceText | None, tuple[Diagnostic, ...]]:
    """Return the text of the file at `relative` (from `root`, with "/"), without a byte order mark."""
    path = root / relative
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE_BYTES:
            return None, (
                finding("file-too-large", Span(relative), size=f"{size:,}", largest=f"{LARGEST_FILE_BYTES:,}"),
            )
        data = path.read_bytes()
    except OSError as error:
        return None, (_unreadable(relative, error),)
    text, findings = decoded(data, relative)
    return SourceText(relative, text), findings


def _paths(root: Path, findings: list[Diagnostic]) -> Iterator[Path]:
    yield root / PROJECT_FILE
    yield from _yaml_files(root, root / "plans", findings, seen=set())
    for path in _entries(root, root / "rubrics", findings):
        if _is_yaml(path):
            yield path


def _yaml_files(root: Path, folder: Path, findings: list[Diagnostic], *, seen: set[Path]) -> Iterator[Path]:
    """Yield the YAML files in and below the folder; `seen` keeps links from leading in circles."""
    real = folder.resolve()
    if real in seen:
        return
    seen.add(real)
    for path in _entries(root, folder, findings):
        if path.is_dir():
            yield from _yaml_files(root, path, findings, seen=seen)
        elif _is_yaml(path):
            yield path


def _entries(root: Path, folder: Path, findings: list[Diagnostic]) -> list[Path]:
    """Return what stands in the folder, except for what is hidden or leads out of the project."""
    try:
        entries = [path for path in folder.iterdir() if not path.name.startswith(".")]
        return [path for path in entries if _stays_inside(root, path, findings)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        findings.append(_unreadable(_relative(root, folder), error))
        return []


def _stays_inside(root: Path, path: Path, findings: list[Diagnostic]) -> bool:
    if not path.is_symlink():
        return True
    target = Path(os.path.realpath(path))  # `resolve` raises RuntimeError on links in a circle before Python 3.13
    if target.is_relative_to(root.resolve()):
        return True
    findings.append(finding("link-leaves-project", Span(_relative(root, path)), target=target))
    return False


def _is_yaml(path: Path) -> bool:
    """Return whether this is a YAML file; a link that leads nowhere is one too, so that its finding shows."""
    return path.suffix.lower() in _SUFFIXES and (path.is_file() or not path.exists())


def _relative(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _unreadable(path: str, error: OSError) -> Diagnostic:
    return finding("file-unreadable", Span(path), problem=error.strerror or error)
