"""What `planctl import` tells of its files: what each is, what became of its texts, what is left and to be mended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from planctl.cli import console
from planctl.excerpt import beginning
from planctl.portfolio.kinds import SETTINGS_PATH
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.diagnostics import Diagnostic
    from planctl.errors import PlanctlError
    from planctl.incoming.arrival import Arrival, Fate, Found, Incoming

MOST_LEFT = 10
"""So many of the texts that are left over are shown in the terminal; JSON has all of them."""


def show(arrival: Arrival, *, is_written: bool) -> None:
    """Tell what came of each file, and what the check finds, with the cells that it comes from."""
    names = console.PathNames(arrival.root)
    if arrival.files and arrival.root.resolve() != Path.cwd():
        console.say(_("the project is at {folder}"), folder=arrival.root.as_posix())
    for one in arrival.incoming:
        _show_file(one, names, arrival.standing, is_written=is_written)
    if arrival.new_units and SETTINGS_PATH not in arrival.standing:
        console.say_counted(
            _("planctl.yaml is new: {n} unit: {names}"),
            _("planctl.yaml is new: {n} units: {names}"),
            len(arrival.new_units),
            names=", ".join(arrival.new_units),
        )
    for found in arrival.findings:
        _show_finding(found, names)
    console.summary([found.diagnostic for found in arrival.findings])
    if len(arrival.incoming) > 1:
        done = [one for one in arrival.incoming if not one.refusal]
        console.say(
            _("{done} of {all} files were read: {items} items, {left} texts left over"),
            done=len(done),
            all=len(arrival.incoming),
            items=sum(one.items for one in done),
            left=sum(len(one.left) for one in done),
        )


def _show_file(one: Incoming, names: console.PathNames, standing: frozenset[str], *, is_written: bool) -> None:
    """Tell what a file is, what became of its texts, and what is left over."""
    if one.refusal or one.paper is None or one.reading is None:
        if one.refusal:
            console.problem(one.refusal)
        return
    written = _("  wrote {path}") if is_written else _("  would write {path}")
    kinds = {
        "report": _("{file}: a report of the form {form}, {period}"),
        "plan": _("{file}: a plan of the form {form}"),
    }
    console.say(kinds[one.paper.kind], file=one.name, form=one.paper.form, period=one.paper.period or "")
    for path in one.files:
        is_there = path in standing
        console.say(_("  {path} is there already and says the same") if is_there else written, path=names.of(path))
    for use, (single, many) in USES.items():
        if number := one.uses.get(use):
            console.say_counted(single, many, number)
    for heading in one.own_fields:
        console.say(_("  “{heading}” became a field of your own; `--map` says what a heading means"), heading=heading)
    console.say(_("  {signs} characters in the file, {left} of them left over"), signs=one.signs, left=one.signs_left)
    for fate in one.left[:MOST_LEFT]:
        console.say(_("  left over: {place}: {text}"), place=fate.used.place, text=beginning(fate.used.text))
    if len(one.left) > MOST_LEFT:
        console.say(_("  and {n} more; `--format json` lists them all"), n=len(one.left) - MOST_LEFT)
    console.findings(one.reading.remarks_of_file, console.PathNames(Path()))


USES = {
    "cell": (_("  {n} cell went into fields"), _("  {n} cells went into fields")),
    "section": (_("  {n} section row"), _("  {n} section rows")),
    "counted": (_("  {n} number that planctl counts itself"), _("  {n} numbers that planctl counts itself")),
    "notes": (_("  {n} text went into the notes of the plan"), _("  {n} texts went into the notes of the plan")),
    "total": (
        _("  {n} cell of totals, which planctl works out itself"),
        _("  {n} cells of totals, which planctl works out itself"),
    ),
    "records": (
        _("  {n} cell of the sheet of records, which says the same once more"),
        _("  {n} cells of the sheet of records, which says the same once more"),
    ),
}
"""What is told of texts by what became of them; of headings, titles and signatures nobody needs to be told."""


def _show_finding(found: Found, names: console.PathNames) -> None:
    console.findings([found.diagnostic], names)
    if found.place is not None:
        console.text(f"    {found.file}: {found.place}\n")


def as_json(arrival: Arrival) -> str:
    """Return the report as JSON: for every file its cells with where each went, and the findings of the check."""
    report = {
        "files": [_file_as_json(one, arrival.standing) for one in arrival.incoming],
        "findings": [
            {
                "path": one.diagnostic.span.path,
                "line": one.diagnostic.span.line,
                "code": one.diagnostic.code,
                "severity": one.diagnostic.severity.value,
                "message": console.message_of(one.diagnostic),
                "file": one.file,
                "place": str(one.place or ""),
            }
            for one in arrival.findings
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _file_as_json(one: Incoming, standing: frozenset[str]) -> dict[str, object]:
    return {
        "file": one.name,
        "form": one.paper.form if one.paper else None,
        "kind": one.paper.kind if one.paper else None,
        "period": one.paper.period.text if one.paper and one.paper.period else None,
        "wrote": [path for path in one.files if path not in standing],
        "standing": [path for path in one.files if path in standing],
        "items": one.items,
        "characters": {"in": one.signs, "left": one.signs_left},
        "uses": dict(one.uses),
        "own_fields": list(one.own_fields),
        "texts": list(_fates_as_json(one.fates)),
        "remarks": [_remark_as_json(found) for found in (one.reading.remarks_of_file if one.reading else ())],
        "refusal": _refusal_text(one.refusal),
    }


def _remark_as_json(found: Diagnostic) -> dict[str, str]:
    return {"code": found.code, "message": console.message_of(found), "place": str(found.span.within)}


def _fates_as_json(fates: Iterable[Fate]) -> Iterator[dict[str, object]]:
    for fate in fates:
        yield {"place": str(fate.used.place), "text": fate.used.text, "use": fate.use, "to": list(fate.to)}


def _refusal_text(refusal: PlanctlError | None) -> str | None:
    return said(refusal.message, refusal.values) if refusal else None
