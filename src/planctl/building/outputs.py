"""The built files as they lie in their folder: whether they are as they were written, and the writing of others."""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError
from planctl.output import pdf
from planctl.output.files import replace_file
from planctl.render import FORMATS
from planctl.words import _

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.building.reasons import FileState
    from planctl.building.record import Kept, Stamp


_SUFFIXES = (*(kind.suffix for kind in FORMATS.values()), pdf.SUFFIX)
_OWN_NAME = re.compile(rf"[^/\\:\x00-\x1f\ud800-\udfff]+(?:{'|'.join(map(re.escape, _SUFFIXES))})")


def is_own_name(path: str) -> bool:
    """Tell whether a build may make such a file: in the folder itself, in one of the formats or as PDF."""
    return _OWN_NAME.fullmatch(path) is not None


class Folder:
    """A build folder. What is there is looked at once for each file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._states: dict[str, FileState] = {}
        self.stamps: dict[str, Stamp] = {}

    def state_of(self, path: str, kept: Kept) -> FileState:
        """Return what became of a file that a build left: by its stamp, or by its content where that is another."""
        if path not in self._states:
            self._states[path] = self._look(path, kept)
        return self._states[path]

    def _look(self, path: str, kept: Kept) -> FileState:
        file = f"{os.fspath(self.path)}/{path}"
        try:
            stamp = _stamp(os.stat(file))  # noqa: PTH116  # thousands of files, for which no objects are made
            if stamp == kept.stamp:
                return "as it was"
            with open(file, "rb") as content:  # noqa: PTH123  # likewise
                digest = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError:
            return "changed" if os.path.lexists(file) else "missing"
        if digest != kept.digest:
            return "changed"
        self.stamps[path] = stamp
        return "as it was"

    def write(self, path: str, content: bytes) -> tuple[bool, str, Stamp]:
        """Write a file; return whether anything changed, the digest of its bytes, and its stamp.

        PlanctlError where it is no file of a build's: who made it, on whatever machine, does not choose the folder.
        """
        if not is_own_name(path):
            raise PlanctlError(_("“{path}” is no name of a built file; it was not written"), path=path)
        changed = replace_file(self.path / path, content, waits_for_disk=False)
        self._states.pop(path, None)
        status = os.stat(f"{os.fspath(self.path)}/{path}")  # noqa: PTH116  # likewise
        return changed, hashlib.sha256(content).hexdigest(), _stamp(status)


def has_stamp(folder: Path, path: str, stamp: Stamp | None) -> bool:
    """Tell whether a file of a folder has a stamp now."""
    try:
        return _stamp(os.stat(f"{os.fspath(folder)}/{path}")) == stamp  # noqa: PTH116  # likewise
    except OSError:
        return False


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_size, status.st_ino
