"""The job of building: parcels of a project in, those of their sheets out that are not as they were."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from planctl.building.sheets import Templates, made_of
from planctl.facts import RunFacts
from planctl.forms import FORMS
from planctl.jobs.read import tree_of
from planctl.making import Choice, Making, subjects
from planctl.pipeline import load_for_errors
from planctl.refusal import refused
from planctl.render import FORMATS
from planctl.work.packing import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping


def carried_out(content: bytes) -> bytes:
    """Return what came of each parcel as plain values, and beside them the contents of what was made, by path."""
    told, files = unpacked(content)
    contents: dict[str, bytes] = {}
    return packed([_built(parcel, told, files, contents) for parcel in told["parcels"]], contents)


def prepare(content: bytes) -> None:
    """Import the forms and the formats."""
    told, _files = unpacked(content)
    tuple(FORMS.values())
    for name in told["formats"]:
        FORMATS[name].load()


def _built(
    parcel: Mapping[str, Any], told: Mapping[str, Any], files: Mapping[str, bytes], contents: dict[str, bytes]
) -> dict[str, Any]:
    """Return a parcel's sheets and what became of each in each format; `contents` grows by what was made.

    With it stands the parcel's account as a text, where that is wanted for the sheets over all plans. All that is to be
    told was found where the parcel was read; here only errors matter, as no sheet is made of those.
    """
    today = date.fromisoformat(told["today"]) if told["today"] else None
    as_of = date.fromisoformat(told["as_of"]) if told["as_of"] else None
    project = load_for_errors(tree_of(parcel, told["shared"], files), today=today)
    making = Making(project, RunFacts(as_of=as_of), Templates(told["templates"], files).read)
    wanted = {(document, period): sheets for document, period, sheets in parcel["wanted"]}
    sheets = tuple({name: None for names in wanted.values() for name in names})
    choice = Choice(formats=tuple(told["formats"]), sheets=sheets)
    every = subjects(project, refused(project), choice)
    chosen = [(one, wanted[one.document, one.period]) for one in every if (one.document, one.period) in wanted]
    made = made_of(chosen, making, choice.formats, standing=parcel["standing"], contents=contents)
    told_of_all = making.account().plain() if parcel["is_accounted"] else None
    account = json.dumps(told_of_all, ensure_ascii=False, separators=(",", ":")) if told_of_all else None
    return {**made, "account": account}
