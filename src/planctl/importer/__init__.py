"""Office files into plans: the register of what can be read, by what a file holds and not by what its name ends with.

In: the bytes of a file. Out: `OfficeFile`, or `PlanctlError` with one line that says what to do.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError, problem_of
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planctl.importer.office_file import Kind, OfficeFile

LARGEST_FILE_BYTES = 50_000_000

READERS: Mapping[Kind, str] = {
    "docx": "word",
    "xlsx": "excel",
    "ods": "opendocument",
    "odt": "opendocument_text",
    "csv": "separated",
}
"""The module of each kind, with `read(content, name) -> OfficeFile`."""


def read_file(path: Path, name: str = "") -> OfficeFile:
    """Return what an office file holds; `name` is how findings call it, its path with "/" if none is given."""
    shown = name or path.as_posix()
    try:
        if path.is_dir():
            raise PlanctlError(_("{file} is a folder"), file=shown)
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise _too_large(shown)
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE_BYTES + 1)
    except FileNotFoundError as fault:
        raise PlanctlError(_("there is no file {file}"), file=shown) from fault
    except OSError as fault:
        raise PlanctlError(_("{file} cannot be read: {problem}"), file=shown, problem=problem_of(fault)) from fault
    return read(content, shown)


def read(content: bytes, name: str) -> OfficeFile:
    """Return what the bytes of an office file hold; PlanctlError where they are none that planctl reads."""
    from planctl.importer.kinds import ENDINGS, kind_of  # noqa: PLC0415  # lxml takes its time
    from planctl.importer.remarks import Remarks  # noqa: PLC0415

    if len(content) > LARGEST_FILE_BYTES:
        raise _too_large(name)
    kind = kind_of(content, name)
    reader: Callable[[bytes, str], OfficeFile] = import_module(f"planctl.importer.{READERS[kind]}").read
    office_file = reader(content, name)
    ending = PurePosixPath(name).suffix.lower()
    if ending in ENDINGS[kind] or not ending:
        return office_file
    remarks = Remarks(name)
    remarks.add("other-than-its-ending", ending=ending, kind=kind)
    return replace(office_file, remarks=(*remarks.all(), *office_file.remarks))


def _too_large(name: str) -> PlanctlError:
    return PlanctlError(
        _("{file} is larger than {most} MB, the most that planctl reads; take its pictures out, or divide it"),
        file=name,
        most=LARGEST_FILE_BYTES // 1_000_000,
    )
