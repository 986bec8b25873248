"""The files of a project: from its folder to the text of every plan, the only reader of plan files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from planctl.diagnostics import Diagnostic, Span, finding
from planctl.errors import problem_of
from planctl.source.document import SourceText
from planctl.source.encoding import decoded
from planctl.source.evidence import is_project_file
from planctl.source.root import PROJECT_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCEPTED_FILE = "accepted.yaml"
PLANS, FLAT_FOLDERS = "plans", ("approvals", "rubrics")
"""YAML files count anywhere under the first, and directly in the others."""
LARGEST_FILE_BYTES = 40_000_000
_SUFFIXES = {".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class Folder:
    """A project as its folder holds it now."""

    root: Path

    def sources(self) -> tuple[tuple[SourceText, ...], tuple[Diagnostic, ...]]:
        """Return the texts of the project's files, by path, and what was found."""
        return discover(self.root)

    def has_file(self, path: str) -> bool:
        """Tell whether a path with "/" names a file inside the project, links followed."""
        return is_project_file(self.root, path)


def is_source(path: str) -> bool:
    """Tell whether a project keeps a source at a path (with "/"): by its name alone."""
    parts = PurePosixPath(path).parts
    if path in {PROJECT_FILE, ACCEPTED_FILE}:
        return True
    if PurePosixPath(path).suffix.lower() not in _SUFFIXES or any(part.startswith(".") for part in parts):
        return False
    return parts[0] == PLANS or (len(parts) == 2 and parts[0] in FLAT_FOLDERS)  # noqa: PLR2004  # folder and name


def discover(root: Path) -> tuple[tuple[SourceText, ...], tuple[Diagnostic, ...]]:
    """Return planctl.yaml, accepted.yaml, the YAML files of plans/ and those right in approvals/ and rubrics/, by path.

    Hidden files and folders are left out, and so are links that lead out of the project.
    """
    sources: list[SourceText] = []
    paths, in_folders = paths_of(root)
    findings = list(in_folders)
    for path in paths:
        source, found = read_text(root, path)
        findings.extend(found)
        if source is not None:
            sources.append(source)
    return tuple(sources), tuple(findings)


def paths_of(root: Path) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return where `discover` finds the project's files, by path, and what it found of links and folders."""
    findings: list[Diagnostic] = []
    return tuple(sorted(_paths(root, findings))), tuple(findings)


def read_text(root: Path, relative: str) -> tuple[SourceText | None, tuple[Diagnostic, ...]]:
    """Return the text of the file at `relative` (from `root`, with "/"), without a byte order mark."""
    data, findings = read_data(root, relative)
    return (None, findings) if data is None else text_of(relative, data)


def read_data(root: Path, relative: str) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """Return the bytes of the file at `relative` (from `root`, with "/"); None where they cannot be had."""
    path = root / relative
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE_BYTES:
            return None, (_too_large(relative, size),)
        return path.read_bytes(), ()
    except FileNotFoundError as error:
        return None, (_nowhere(relative, path) if path.is_symlink() else _unreadable(relative, error),)
    except OSError as error:
        return None, (_unreadable(relative, error),)


def text_of(path: str, data: bytes) -> tuple[SourceText | None, tuple[Diagnostic, ...]]:
    """Return the text of a file's bytes, without a byte order mark; None where they are too many."""
    if len(data) > LARGEST_FILE_BYTES:
        return None, (_too_large(path, len(data)),)
    text, findings = decoded(data, path)
    return SourceText(path, text), findings


def real(path: Path) -> Path:
    """Return a path with all links followed, also where they lead in circles or nowhere."""
    # Not Path.resolve, which before Python 3.13 raises RuntimeError on links that lead in circles.
    return Path(os.path.realpath(path))


def _too_large(path: str, size: int) -> Diagnostic:
    return finding("file-too-large", Span(path), size=f"{size:,}", largest=f"{LARGEST_FILE_BYTES:,}")


def _paths(root: Path, findings: list[Diagnostic]) -> Iterator[str]:
    """Yield where the project's files are, from its folder with "/"; a folder may have thousands, so as texts."""
    yield PROJECT_FILE
    if (root / ACCEPTED_FILE).exists():
        yield ACCEPTED_FILE
    yield from _yaml_files(root, PLANS, findings, seen=set())
    for folder in FLAT_FOLDERS:
        for entry in _entries(root, folder, findings):
            path = f"{folder}/{entry.name}"
            if _is_yaml(entry):
                yield path
            elif _has_suffix(entry) and _is_folder(entry):
                findings.append(finding("folder-named-yaml", Span(path)))


def _yaml_files(root: Path, folder: str, findings: list[Diagnostic], *, seen: set[str]) -> Iterator[str]:
    """Yield the YAML files in and below the folder; `seen` keeps links from leading in circles."""
    real = os.path.realpath(root / folder)
    if real in seen:
        return
    seen.add(real)
    for entry in _entries(root, folder, findings):
        path = f"{folder}/{entry.name}"
        if _is_folder(entry):
            if _has_suffix(entry):
                findings.append(finding("folder-named-yaml", Span(path)))
            yield from _yaml_files(root, path, findings, seen=seen)
        elif _is_yaml(entry):
            yield path


def _entries(root: Path, folder: str, findings: list[Diagnostic]) -> list[os.DirEntry[str]]:
    """Return what stands in the folder, except for what is hidden or leads out of the project."""
    try:
        with os.scandir(root / folder) as every:
            entries = [entry for entry in every if not entry.name.startswith(".")]
        return [entry for entry in entries if _stays_inside(root, f"{folder}/{entry.name}", entry, findings)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        findings.append(_unreadable(folder, error))
        return []


def _stays_inside(root: Path, path: str, entry: os.DirEntry[str], findings: list[Diagnostic]) -> bool:
    if not entry.is_symlink():
        return True
    target = Path(
        os.path.realpath(root / path)
    )  # `resolve` raises RuntimeError on links in a circle before Python 3.13
    if target.is_relative_to(root.resolve()):
        return True
    findings.append(finding("link-leaves-project", Span(path), target=target))
    return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False


def _is_yaml(entry: os.DirEntry[str]) -> bool:
    """Return whether this is a YAML file; a link that leads nowhere is one too, so that its finding shows."""
    if not _has_suffix(entry):
        return False
    if not entry.is_symlink():
        return entry.is_file()  # the folder told so by itself, without a look at each file
    return os.path.isfile(entry.path) or not os.path.exists(entry.path)  # noqa: PTH110, PTH113  # likewise


def _has_suffix(entry: os.DirEntry[str]) -> bool:
    return os.path.splitext(entry.name)[1].lower() in _SUFFIXES  # noqa: PTH122  # no object for each of thousands


def _nowhere(path: str, link: Path) -> Diagnostic:
    return finding("link-leads-nowhere", Span(path), target=os.readlink(link))  # noqa: PTH115  # as it is written


def _unreadable(path: str, error: OSError) -> Diagnostic:
    return finding("file-unreadable", Span(path), problem=problem_of(error))
