"""The job of reading: parcels of a project in, what a build has to know of each of them out, as JSON."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planctl.building.reading import reading_of
from planctl.findings import plain
from planctl.forms import FORMS
from planctl.parcels.claims import Claims
from planctl.parcels.tree import ParcelTree
from planctl.pipeline import load
from planctl.source.discover import text_of
from planctl.work.packing import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOWHERE = Path()


def carried_out(content: bytes) -> bytes:
    """Return a `Reading` of each parcel, as plain values."""
    told, files = unpacked(content)
    today = date.fromisoformat(told["today"]) if told["today"] else None
    readings = []
    for parcel in told["parcels"]:
        tree = tree_of(parcel, told["shared"], files)
        project = load(tree, today=today)
        readings.append(reading_of(project, map(Claims.of_json, parcel["claims"]), tree.asked).plain())
    return packed(readings)


def prepare(_content: bytes) -> None:
    """Import the forms."""
    tuple(FORMS.values())


def tree_of(parcel: Mapping[str, Any], shared: list[str], files: Mapping[str, bytes]) -> ParcelTree:
    """Return a parcel with the shared files, from what a task holds."""
    read = [text_of(path, files[path]) for path in sorted({*shared, *parcel["paths"]}) if path in files]
    texts = tuple(text for text, _found in read if text is not None)
    found = (*plain.of_plain(parcel["findings"]), *(one for _text, every in read for one in every))
    return ParcelTree(root=_NOWHERE, texts=texts, findings=found, known=parcel["known"], asked={})
