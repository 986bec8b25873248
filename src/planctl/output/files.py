"""Writing a file so that there is always the old one or the new one, whatever happens in between."""

from __future__ import annotations

import os
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError, problem_of
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


ABANDONED_SECONDS = 3600
_ASIDE = re.compile(r"\..+\.[0-9]+\.part")


def replace_file(path: Path, content: bytes, *, waits_for_disk: bool = True) -> bool:
    """Put the content in place of the file; tell whether anything changed.

    The content is written beside the file, flushed to the disk, and only then put in its place. PlanctlError where that
    fails; the old file is then untouched and nothing is left beside it. What can be made again need not wait for the
    disk, which takes longer than to make it: only a power cut could then leave neither the old file nor the new one.
    """
    try:
        with _told_plainly(path):
            if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
                return False
            _set_aside(path, content, waits_for_disk=waits_for_disk).replace(path)
    finally:
        _remove_aside(_aside_of(path))
    return True


def begin_folder(folder: Path) -> None:
    """Have a folder for what will be made; PlanctlError where there is a file, or where none can be made."""
    try:
        if folder.exists() and not folder.is_dir():
            raise PlanctlError(_("{path} is a file; name a folder for what is built"), path=folder.as_posix())
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlanctlError(
            _("the folder {path} cannot be made: {problem}"), path=folder.as_posix(), problem=problem_of(error)
        ) from error


def _aside_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def _set_aside(path: Path, content: bytes, *, waits_for_disk: bool = True) -> Path:
    """Write what is to take the place of a file beside it, and wait until it is on the disk, or not."""
    aside = _aside_of(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with aside.open("wb") as file:
        file.write(content)
        if waits_for_disk:
            file.flush()
            os.fsync(file.fileno())
    return aside


@contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    """Tell in one line what keeps a file from being written."""
    try:
        yield
    except PermissionError as error:
        raise PlanctlError(
            _("{path} cannot be written; if it is open in Word or Excel, close it and run again"), path=path.as_posix()
        ) from error
    except OSError as error:
        raise PlanctlError(
            _("{path} cannot be written: {problem}"), path=path.as_posix(), problem=problem_of(error)
        ) from error


def write_all(files: Mapping[Path, tuple[bytes | None, bytes]]) -> None:
    """Write several files, each in the place of what was read from it (None: no file), or none of them.

    All are written beside their places first, so that a full disk is met before anything is replaced. PlanctlError
    where a file holds something else by now or cannot be written; those that had their new content have the old one
    again.
    """
    writes = [_Write(path, path.resolve(), *contents) for path, contents in files.items()]  # a link stays one
    new_folders = {folder for one in writes for folder in one.target.parents if not folder.exists()}
    begun: list[_Write] = []
    try:
        for one in writes:
            _refuse_changed(one)
        for one in writes:
            with _told_plainly(one.path):
                _set_aside(one.target, one.new)
        for one in writes:
            _refuse_changed(one)
            begun.append(one)
            with _told_plainly(one.path):
                _aside_of(one.target).replace(one.target)
    except BaseException as error:
        changed = [one.path.as_posix() for one in begun if not _is_put_back(one)]
        if changed and isinstance(error, PlanctlError):
            raise PlanctlError(
                _("{problem}; these files are changed already: {path}"),
                problem=said(error.message, error.values),
                path=", ".join(changed),
            ) from error
        raise
    finally:
        for one in writes:
            _remove_aside(_aside_of(one.target))
        for folder in sorted(new_folders, key=lambda folder: len(folder.parts), reverse=True):
            _remove_if_empty(folder)


@dataclass(frozen=True, slots=True)
class _Write:
    """What is to take the place of a file; `target` is the file that `path` leads to."""

    path: Path
    target: Path
    old: bytes | None
    new: bytes


def _refuse_changed(one: _Write) -> None:
    """Raise PlanctlError unless a file is as it was when it was read."""
    with _told_plainly(one.path):
        now = one.target.read_bytes() if one.target.exists() else None
    if now != one.old:
        raise PlanctlError(
            _("{path} was changed by somebody else just now; nothing was written"), path=one.path.as_posix()
        )


def _is_put_back(one: _Write) -> bool:
    """Tell whether a file does not have its new content, after it got its old one back where it had."""
    try:
        if not one.target.exists() or one.target.read_bytes() != one.new:
            return True
        if one.old is None:
            remove_file(one.target)
        else:
            replace_file(one.target, one.old)
    except (PlanctlError, OSError):
        return False
    return True


def remove_file(path: Path) -> None:
    """Remove a file if it is there; PlanctlError where that fails."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise PlanctlError(
            _("{path} cannot be removed: {problem}"), path=path.as_posix(), problem=problem_of(error)
        ) from error


def sweep(folder: Path) -> None:
    """Remove what killed runs left beside their files; what is younger than an hour may be a run that goes on."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if _ASIDE.fullmatch(path.name) and time.time() - path.lstat().st_mtime > ABANDONED_SECONDS:
            _remove_aside(path)


def _remove_aside(aside: Path) -> None:
    try:
        aside.unlink(missing_ok=True)
    except OSError:
        return


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return
