"""Writing a file so that there is always the old one or the new one, whatever happens in between."""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError
from planctl.words import _

if TYPE_CHECKING:
    from pathlib import Path


ABANDONED_SECONDS = 3600
_ASIDE = re.compile(r"\..+\.[0-9]+\.part")


def replace_file(path: Path, content: bytes) -> bool:
    """Put the content in place of the file; tell whether anything changed.

    The content is written beside the file, flushed to the disk, and only then put in its place. PlanctlError where that
    fails; the old file is then untouched and nothing is left beside it.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except PermissionError as error:
        raise PlanctlError(
            _("{path} cannot be written; if it is open in Word or Excel, close it and run again"), path=path.as_posix()
        ) from error
    except OSError as error:
        raise PlanctlError(
            _("{path} cannot be written: {problem}"), path=path.as_posix(), problem=error.strerror or error
        ) from error
    finally:
        _remove_aside(aside)
    return True


def remove_file(path: Path) -> None:
    """Remove a file if it is there; PlanctlError where that fails."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise PlanctlError(
            _("{path} cannot be removed: {problem}"), path=path.as_posix(), problem=error.strerror or error
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
