"""`planctl import --update`: shows what office files change in the plans and actuals that are there, and changes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

import typer

from planctl.cli import console
from planctl.excerpt import beginning
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planctl.authoring.updating.edits import Edit, Listed
    from planctl.errors import PlanctlError
    from planctl.incoming.arrival import Order
    from planctl.incoming.updating import Update, Updates

LONGEST = 70
"""So much of a text is shown in the terminal; JSON has all of it."""

_LISTED = {
    "both-changed": _("  not changed: {where}: the file says “{theirs}”, the plan says “{ours}”, and both are new"),
    "unclear": _("  not changed: the row “{theirs}” may be any of these: {address}"),
    "unknown": _("  not changed: the row of {address}, which the plan does not have"),
    "new-row": _("  not changed: the row “{theirs}” is new, and its place in the plan is not clear"),
    "gone": _("  not in the file: {address} “{ours}”; --remove takes it out of the plan"),
    "moved": _("  not changed: {address} stands under another row in the file"),
    "order": _("  not changed: the rows stand in another order in the file: {theirs}"),
    "elsewhere": _("  not changed: {where}: the file says “{theirs}”; change it in the plan by hand"),
}


def change(  # noqa: PLR0913  # what the command was asked for
    files: Sequence[tuple[Path, str]], root: Path, order: Order, *, removes: bool, is_written: bool, as_json: bool
) -> NoReturn:
    """Show what the files change and write it unless told not to; exit 1 where something is not certain or wrong."""
    from planctl.incoming.updating import update  # noqa: PLC0415  # the help needs none of it
    from planctl.source.root import find_root  # noqa: PLC0415

    updates = update(files, find_root(root), order, removes=removes)
    if is_written:
        _write(updates)
    if as_json:
        console.data(_as_json(updates))
    else:
        _show(updates, is_written=is_written)
    if len(updates.updates) == 1 and (refusal := updates.updates[0].refusal):
        raise refusal
    failed = any(one.refusal or _conflicts(one) for one in updates.updates)
    raise typer.Exit(int(failed or any(one.is_error for one in updates.findings)))


def _conflicts(one: Update) -> list[Listed]:
    """Return what is left to a person; a row that the file does not have may well be left out of it."""
    return [listed for listed in one.listed if listed.why not in {"gone", "order"}]


def _write(updates: Updates) -> None:
    from planctl.output.files import write_all  # noqa: PLC0415

    write_all({updates.root / path: contents for path, contents in updates.files.items()})


def _show(updates: Updates, *, is_written: bool) -> None:
    for one in updates.updates:
        if one.refusal:
            if len(updates.updates) > 1:
                console.problem(one.refusal)
            continue
        _show_one(one)
    for path in updates.files:
        names = console.PathNames(updates.root)
        console.say(_("wrote {path}") if is_written else _("would write {path}"), path=names.of(path))
    if not updates.files:
        console.say(_("nothing to change"))
    console.findings(updates.findings, console.PathNames(updates.root))


def _show_one(one: Update) -> None:
    name = f"{one.plan} {one.period}".strip()
    console.say_counted(
        _("{file}: {plan}, {n} change"),
        _("{file}: {plan}, {n} changes"),
        len(one.edits),
        file=one.name,
        plan=name,
    )
    for edit in one.edits:
        console.text(f"  {_where(edit)}: {_short(edit.old)} → {_short(edit.new)}\n")
    for listed in one.listed:
        where = " ".join(part for part in (listed.address, listed.field) if part)
        console.say(
            _LISTED[listed.why],
            where=where,
            address=listed.address,
            ours=_short(listed.ours),
            theirs=_short(listed.theirs),
        )


def _where(edit: Edit) -> str:
    return f"{edit.address} {edit.field}".strip()


def _short(value: object) -> str:
    """Return a value as one short line, «-» where there is none."""
    if value is None or value in ("", [], {}):
        return "-"
    plain = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return beginning(plain, LONGEST)


def _as_json(updates: Updates) -> str:
    report = {
        "files": [_one_as_json(one) for one in updates.updates],
        "wrote": list(updates.files),
        "findings": [
            {
                "path": one.span.path,
                "line": one.span.line,
                "code": one.code,
                "severity": one.severity.value,
                "message": console.message_of(one),
            }
            for one in updates.findings
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2, default=str) + "\n"


def _one_as_json(one: Update) -> dict[str, object]:
    return {
        "file": one.name,
        "plan": one.plan,
        "period": one.period or None,
        "rows": one.rows,
        "changes": [
            {
                "path": edit.path,
                "address": edit.address,
                "field": edit.field,
                "old": edit.old,
                "new": edit.new,
                "place": str(edit.place or ""),
            }
            for edit in one.edits
        ],
        "not_changed": [
            {
                "why": listed.why,
                "address": listed.address,
                "field": listed.field,
                "ours": listed.ours,
                "theirs": listed.theirs,
                "place": str(listed.place or ""),
            }
            for listed in one.listed
        ],
        "refusal": _refusal_text(one.refusal),
    }


def _refusal_text(refusal: PlanctlError | None) -> str | None:
    return said(refusal.message, refusal.values) if refusal else None
