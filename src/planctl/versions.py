"""The versions that results rest on: of planctl itself, Python, and the libraries that read and that draw."""

from __future__ import annotations

import hashlib
import os
import platform
import zlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import planctl

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OWN = "planctl"
OWN_FILES = "planctl's files"
_READING = ("pydantic", "ruamel.yaml")


@cache
def of_reading() -> Mapping[str, str]:
    """Return the versions that a reading rests on, by name."""
    return {
        OWN: planctl.__version__,
        OWN_FILES: own_files(),
        "Python": platform.python_version(),
        **{name: version(name) for name in _READING},
    }


@cache
def of_format(format_: str) -> Mapping[str, str]:
    """Return the versions that the bytes of a format rest on, by name: who draws what is shown is one of them.

    There are none where this planctl has no such format; another one's earlier build may have had it.
    """
    from planctl.render import FORMATS  # noqa: PLC0415  # what only reads needs no format

    if (kind := FORMATS.get(format_)) is None:
        return {}
    packing = {"zlib": zlib.ZLIB_RUNTIME_VERSION} if kind.is_packed else {}
    libraries = {library: version(library) for library in kind.libraries}
    own = {name: of_reading()[name] for name in (OWN, OWN_FILES)}
    return {**own, **libraries, **packing}


@cache
def own_files() -> str:
    """Return what changes as soon as one of planctl's own files does: who works on them is to see what they make."""
    digest = hashlib.sha256()
    for path, file in sorted(_files(os.fspath(Path(planctl.__file__).parent))):
        digest.update(f"{path} {file.st_mtime_ns} {file.st_size}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()[:16]


@cache
def own_content() -> str:
    """Return what is equal wherever planctl's own files hold the same, on whatever machine and in whatever folder."""
    digest = hashlib.sha256()
    root = os.fspath(Path(planctl.__file__).parent)
    for path, name in sorted((path, os.path.relpath(path, root).replace(os.sep, "/")) for path, _file in _files(root)):
        content = hashlib.sha256(Path(path).read_bytes()).hexdigest()
        digest.update(f"{name} {content}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()[:16]


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            else:
                yield entry.path, entry.stat()
