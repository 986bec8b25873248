"""What the results of a run rest on besides files: the versions of planctl and of libraries."""

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
OF_FORMATS: Mapping[str, tuple[str, ...]] = {
    "docx": ("docxtpl", "Jinja2", "lxml", "python-docx"),
    "xlsx": ("XlsxWriter",),
    "html": ("Jinja2",),
    "md": (),
}
"""The libraries that can change the bytes of a format."""

_PACKED = ("docx", "xlsx")
_READING = ("pydantic", "ruamel.yaml")


@cache
def of_reading() -> Mapping[str, str]:
    """Return the versions that a reading rests on, by name."""
    return {
        OWN: planctl.__version__,
        OWN_FILES: own_files(),
        "Python": platform.python_version(),
        **_versions(_READING),
    }


@cache
def of_format(name: str) -> Mapping[str, str]:
    """Return the versions that the bytes of a format rest on, by name: who draws what is shown is one of them."""
    packing = {"zlib": zlib.ZLIB_RUNTIME_VERSION} if name in _PACKED else {}
    return {OWN: planctl.__version__, OWN_FILES: own_files(), **_versions(OF_FORMATS[name]), **packing}


def _versions(names: tuple[str, ...]) -> dict[str, str]:
    return {name: version(name) for name in names}


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
