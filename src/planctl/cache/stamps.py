"""Which files are as they were, for a look at each instead of a reading: by times, size and number in the file system.

In: paths. Out: digests of contents, of which only those are computed that may have changed, and a digest of all that
stands below a folder. A file that is so young that another writing could leave the same times is read again, as git
does it.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from planctl.cache.store import Store

KIND = "stamps"
"""Under this kind a project's digests are kept, by its real path."""

_SECOND = 1_000_000_000
_TICK_NS = 100_000_000
"""Longer than any system's clock of files stands still, which is 16 ms."""
_COARSE_TICK_NS = 3 * _SECOND
"""The same where times are kept in whole seconds: the coarsest systems, on memory sticks, keep each second one."""


class Stamps:
    """The digests of a project's files. Call `save` once all that is wanted was asked for."""

    def __init__(self, root: Path, store: Store, *, now: Callable[[], int] = time.time_ns) -> None:
        self._root = os.path.realpath(root)
        self._store = store
        self._now = now
        self._kept = _texts(store.get(KIND, self._root))
        self._found: dict[str, str] = {}

    def digests(self, paths: Iterable[str]) -> Mapping[str, str]:
        """Return the SHA-256 of each file's bytes, by its path from the project with "/"; what is no file has none."""
        return {path: digest for path in paths if (digest := self._digest(path))}

    def save(self) -> None:
        """Keep what was found for the next run, if it is anything new."""
        if self._found:
            others = {path: kept for path, kept in self._kept.items() if path not in self._found}
            still_there = {path: kept for path, kept in others.items() if os.path.lexists(f"{self._root}/{path}")}
            self._store.put(KIND, self._root, {**still_there, **self._found})

    def _digest(self, path: str) -> str:
        """Return a file's digest; where it was computed, what may be kept of it is noted, as "stamp digest"."""
        place = f"{self._root}/{path}"
        try:
            status = os.stat(place)  # noqa: PTH116  # thousands of paths, for which no objects are made
        except (OSError, ValueError):
            return ""
        stamp = _stamp(status)
        kept = self._kept.get(path, "")
        if kept.startswith(f"{stamp} "):
            return kept[len(stamp) + 1 :]
        before_reading = self._now()
        digest = _content_digest(place, status)
        if digest and not _is_young(status, before_reading):
            self._found[path] = f"{stamp} {digest}"
        return digest


def listing(places: Iterable[str], *, as_of: int, without: Collection[str] = ()) -> str:
    """Return a digest that changes with whatever changes at or below these places: names, links, files' contents.

    `as_of` is a moment in nanoseconds, and belongs to the digest: a later listing as of the same moment is equal as
    long as nothing changed. Take it before the files are read. What was young at that moment, or is younger, is
    compared by its content, all else by its stamp. `without` are names of files and folders that do not count.
    """
    lines: list[str] = []
    folders: dict[str, str] = {}
    for place in places:
        lines += _lines_of(place, as_of, without, folders)
    return hashlib.sha256("\0".join(lines).encode(errors="surrogatepass")).hexdigest()


def listing_of_files(folder: str, names: Iterable[str], *, as_of: int) -> str:
    """Return a digest that changes with these files of a folder alone, as `listing` does with all that is there."""
    lines = [folder]
    old = as_of - _COARSE_TICK_NS
    stamps: list[int] = []
    for name in names:
        path = f"{folder}/{name}"
        lines.append(name)
        try:
            status = os.stat(path)  # noqa: PTH116  # thousands of paths, for which no objects are made
        except (OSError, ValueError) as error:
            lines.append(type(error).__name__)
            continue
        if status.st_mtime_ns < old and status.st_ctime_ns < old:
            stamps += (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
        else:
            lines.append(_told(path, status, as_of))
    lines.append(_digest_of_numbers(stamps))
    return hashlib.sha256("\0".join(lines).encode(errors="surrogatepass")).hexdigest()


def _lines_of(place: str, as_of: int, without: Collection[str], folders: dict[str, str]) -> Iterator[str]:
    """Yield lines of what stands at a place, and of each thing below it where it is a folder.

    `folders` holds where folders lead that were met before.
    """
    pending = [place]
    seen: set[str] = set()
    while pending:
        path = pending.pop()
        try:
            yield path
            status = os.lstat(path)
            real = _real(path, status, folders)
            yield real
            if stat.S_ISLNK(status.st_mode):
                status = os.stat(path)  # noqa: PTH116  # thousands of paths, for which no objects are made
            if not stat.S_ISDIR(status.st_mode):
                yield _told(path, status, as_of)
            elif real not in seen:  # links may lead in circles
                seen.add(real)
                names = sorted({*os.listdir(path)}.difference(without))  # noqa: PTH208  # likewise
                yield "\0".join(names)
                yield from _lines_in(path, names, as_of, pending)
        except (OSError, ValueError) as error:
            yield f"{type(error).__name__} {getattr(error, 'errno', '')}"


def _real(path: str, status: os.stat_result, folders: dict[str, str]) -> str:
    """Return where a path leads; where its folder leads is found out once, as that takes a look at each one above."""
    folder, name = os.path.split(path)
    # On Windows there are other things like links.
    if os.name == "nt" or stat.S_ISLNK(status.st_mode) or name in {"", ".", ".."}:
        return os.path.realpath(path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return f"{folders[folder]}/{name}"


def _lines_in(folder: str, names: Iterable[str], as_of: int, pending: list[str]) -> Iterator[str]:
    """Yield lines of all that lies right in a folder and is no folder itself, which is then pending, as links are.

    There may be tens of thousands of files: the stamps of all that are plainly old make one line, put together at once.
    """
    old = as_of - _COARSE_TICK_NS
    stamps: list[int] = []
    for name in names:
        path = f"{folder}/{name}"
        status = os.lstat(path)
        written, changed = status.st_mtime_ns, status.st_ctime_ns
        if not stat.S_ISREG(status.st_mode):
            pending.append(path)
        elif written < old and changed < old:
            stamps += (written, changed, status.st_size, status.st_ino)
        else:
            yield _told(path, status, as_of)
    yield _digest_of_numbers(stamps)


def _digest_of_numbers(numbers: list[int]) -> str:
    try:
        content = array("q", numbers).tobytes()
    except OverflowError:  # some systems number files with more bits
        content = str(numbers).encode()
    return hashlib.sha256(content).hexdigest()


def _told(path: str, status: os.stat_result, as_of: int) -> str:
    return _content_digest(path, status) if _is_young(status, as_of) else _stamp(status)


def _stamp(status: os.stat_result) -> str:
    """Return what of a file's state changes with each writing; the second time changes though the first is set back."""
    return f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_size} {status.st_ino}"


def _is_young(status: os.stat_result, moment: int) -> bool:
    """Tell whether a writing after the moment could leave the same stamp."""
    newest = max(status.st_mtime_ns, status.st_ctime_ns)
    tick = _TICK_NS if status.st_mtime_ns % _SECOND else _COARSE_TICK_NS
    return newest + tick > moment


def _content_digest(path: str, status: os.stat_result) -> str:
    """Return the digest of a file's bytes; empty where it is none, or one that cannot be read."""
    if not stat.S_ISREG(status.st_mode):
        return ""
    try:
        with open(path, "rb") as file:  # noqa: PTH123  # likewise
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _texts(kept: object) -> dict[str, str]:
    """Return what was kept, without what is no text: a file that others wrote may hold anything."""
    if not isinstance(kept, dict):
        return {}
    return {path: text for path, text in kept.items() if isinstance(text, str)}
