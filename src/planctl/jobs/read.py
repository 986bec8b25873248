"""The job of reading: parcels of a project in, what each of them gives to checks and builds out, as JSON.

The files that all parcels share come once with a task.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planctl.findings import plain
from planctl.forms import FORMS
from planctl.garbage import collector_off
from planctl.parcels.claims import Claims
from planctl.parcels.tree import ParcelTree
from planctl.pipeline import load, of_no_project
from planctl.source.discover import text_of
from planctl.survey.gathering import reading_of
from planctl.work.packing import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOWHERE = Path()


def carried_out(content: bytes) -> bytes:
    """Return a `Reading` of each parcel, in their order, as plain values."""
    told, files = unpacked(content)
    today = date.fromisoformat(told["today"]) if told["today"] else None
    readings = []
    for parcel in told["parcels"]:
        # What a parcel gives is made while it is there; behind that, nothing is left to look through.
        with collector_off():
            readings.append(_read(parcel, told["shared"], files, today))
    return packed(readings)


def prepare(_content: bytes) -> None:
    """Import the forms and read the scales that come with planctl."""
    tuple(FORMS.values())
    of_no_project()


def _read(parcel: Mapping[str, Any], shared: list[str], files: Mapping[str, bytes], today: date | None) -> Any:
    """Return what one parcel gives; what it leads to is let go behind this, so that memory stays flat."""
    tree = tree_of(parcel, shared, files)
    project = load(tree, today=today)
    return reading_of(project, map(Claims.of_json, parcel["claims"]), tree.asked).plain()


def tree_of(parcel: Mapping[str, Any], shared: list[str], files: Mapping[str, bytes]) -> ParcelTree:
    """Return a parcel with the shared files, from what a task holds."""
    read = [text_of(path, files[path]) for path in sorted({*shared, *parcel["paths"]}) if path in files]
    texts = tuple(text for text, _found in read if text is not None)
    found = (*plain.of_plain(parcel["findings"]), *(one for _text, every in read for one in every))
    return ParcelTree(root=_NOWHERE, texts=texts, findings=found, known=parcel["known"], asked={})
