"""Results kept under keys, each in a JSON file of its own: read back only whole, and only for the very same key.

In: a kind of result, a key that names all that the result rests on, and a value as far as JSON goes. Out: the value, or
None where nothing is kept. A damaged file is as good as none, and a folder that cannot be written keeps nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Distrust: TypeAlias = Literal["another's", "open to others", "out of reach"]

UNUSED_DAYS = 30
"""What nobody has asked for in so many days is removed."""

_FOR_ITS_OWNER = 0o700
"""Results hold names and texts of plans."""

_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH

_DAY_SECONDS = 86_400
_SWEPT = "swept"


class Store:
    """Results in a folder; with no folder, and in one that is not the user's alone to write, nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder if folder and distrust(folder) is None else None

    def get(self, kind: str, key: str) -> Any | None:
        """Return the value that was put under this kind and key, None where there is none."""
        if self._folder is None:
            return None
        path = self._path(self._folder, kind, key)
        try:
            found = json.loads(path.read_bytes())
            if found["key"] != key:
                return None
            _mark_used(path)
            return found["value"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def put(self, kind: str, key: str, value: Any) -> None:
        """Keep a value; where that cannot be done, nothing is kept and nothing said."""
        if self._folder is None:
            return
        path = self._path(self._folder, kind, key)
        aside = path.with_name(f"{path.name}.{os.getpid()}.part")
        content = json.dumps({"key": key, "value": value}, ensure_ascii=False, separators=(",", ":"))
        try:
            self._folder.mkdir(mode=_FOR_ITS_OWNER, parents=True, exist_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            # Not flushed to the disk: what a power cut leaves is no whole JSON, and is then made again.
            aside.write_bytes(content.encode(errors="surrogatepass"))
            aside.replace(path)
        except OSError:
            with suppress(OSError):
                aside.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what nobody asked for in a long time, at most once a day."""
        if self._folder is None:
            return
        with suppress(OSError):
            mark = self._folder / _SWEPT
            now = time.time()
            if mark.exists() and now - mark.stat().st_mtime < _DAY_SECONDS:
                return
            self._folder.mkdir(mode=_FOR_ITS_OWNER, parents=True, exist_ok=True)
            mark.touch()
            for path in _files(self._folder):
                if now - path.stat().st_mtime > UNUSED_DAYS * _DAY_SECONDS:
                    path.unlink(missing_ok=True)

    @staticmethod
    def _path(folder: Path, kind: str, key: str) -> Path:
        digest = hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
        return folder / kind / digest[:2] / f"{digest[2:]}.json"


def distrust(folder: Path) -> Distrust | None:
    """Return why what lies in a folder is not believed: others could forge it. None where it is the user's alone.

    A folder that is not there yet will be the user's. Windows keeps a user's folder to its owner by itself.
    """
    if os.name != "posix":
        return None
    try:
        status = folder.stat()
    except FileNotFoundError:
        return None
    except OSError:
        return "out of reach"
    if status.st_uid != os.geteuid():
        return "another's"
    return "open to others" if status.st_mode & _WRITABLE_BY_OTHERS else None


def _mark_used(path: Path) -> None:
    """Renew the day of a file, once a day."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > _DAY_SECONDS:
            os.utime(path)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files that results were put into; what else lies in the user's folder is not for us to remove."""
    for path in folder.glob("*/??/*"):
        if path.is_file():
            yield path
