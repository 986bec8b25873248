"""The record of a period's collecting: who returned what and when, and what was refused; a file people can read.

In: the text of `collected/PERIOD.yaml` and what a run took in. Out: the record with that in it, and its text.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003  # pydantic reads it while the program runs
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from planctl.authoring.rewriting import document
from planctl.errors import PlanctlError
from planctl.forms.fields import Count, Date, ReportedPeriod, Strict, Text
from planctl.source.document import SourceText
from planctl.source.reader import read
from planctl.words import _

if TYPE_CHECKING:
    from planctl.forms.period import Period

FOLDER = "collected"
_REMARKS = ("Written by `planctl collect in`, read by `planctl collect status`.",)


class Refusal(Strict):
    """Something that was not taken: where it stands, the finding's code, and the reason in words."""

    file: Text
    place: Text | None = None
    code: Text
    problem: Text


class Return(Strict):
    """What a unit last returned: its workbooks; `cells` is how many were filled in or changed."""

    files: tuple[Text, ...]
    date: Date
    cells: Count
    refused: tuple[Refusal, ...] | None = None


class Record(Strict):
    """What came back for a period, by the ids of units; "-" are the items without one. `unread` are files by name."""

    collected: ReportedPeriod
    returned: dict[Text, Return] | None = None
    unread: dict[Text, Text] | None = None


def path_of(period: Period) -> str:
    """Return where the record of a period lies in the project."""
    return f"{FOLDER}/{period}.yaml"


def record_of(content: bytes | None, period: Period) -> Record:
    """Return the record that a file holds, an empty one without a file; PlanctlError where it cannot be understood."""
    path = path_of(period)
    if content is None:
        return Record.model_validate({"collected": str(period)})
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise _unclear(path) from error
    found, _findings = read(SourceText(path, text))
    try:
        record = Record.model_validate(found.data if found else {})
    except ValidationError as error:
        raise _unclear(path) from error
    if record.collected != period:
        raise _unclear(path)
    return record


def _unclear(path: str) -> PlanctlError:
    return PlanctlError(
        _("{path} cannot be understood; mend it, or remove it and run `planctl collect in` on the workbooks again"),
        path=path,
    )


def text_of(record: Record) -> str:
    """Return the text of a record's file."""
    tree: dict[str, Any] = {"collected": str(record.collected)}
    if record.returned:
        tree["returned"] = {unit: _tree(one) for unit, one in record.returned.items()}
    if record.unread:
        tree["unread"] = dict(record.unread)
    return document(tree, remarks=_REMARKS)


def _tree(one: Return) -> dict[str, Any]:
    tree: dict[str, Any] = {"files": list(one.files), "date": one.date.isoformat(), "cells": str(one.cells)}
    if one.refused:
        tree["refused"] = [
            {key: value for key, value in refusal.model_dump().items() if value is not None} for refusal in one.refused
        ]
    return tree


def with_returns(record: Record, returned: dict[str, Return], unread: dict[str, str]) -> Record:
    """Return the record with what a run took in; a unit's later return stands in the place of its earlier one."""
    units = {**(record.returned or {}), **returned}
    files = {name for one in units.values() for name in one.files}
    still = {name: problem for name, problem in (record.unread or {}).items() if name not in files}
    return Record(collected=record.collected, returned=dict(sorted(units.items())), unread={**still, **unread} or None)


def return_of(file: str, day: date, cells: int, refused: tuple[Refusal, ...]) -> Return:
    """Return what is recorded of a workbook."""
    return Return(files=(file,), date=day, cells=cells, refused=refused or None)


def joined(one: Return, other: Return) -> Return:
    """Return what is recorded of two workbooks of a unit that came back together."""
    refused = (*(one.refused or ()), *(other.refused or ())) or None
    return Return(files=(*one.files, *other.files), date=other.date, cells=one.cells + other.cells, refused=refused)
