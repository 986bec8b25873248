"""`planctl accept`: a finding that the office lets be, with its reason and its last day, into accepted.yaml."""

from __future__ import annotations

from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.cli.options import read_date
from planctl.cli.surroundings import today
from planctl.codes import CODES
from planctl.errors import PlanctlError
from planctl.words import _, said

if TYPE_CHECKING:
    from planctl.pipeline import Project
    from planctl.source.document import Document

LONGEST_DAYS = 366
"""As long as a finding may be let be before somebody looks at it again."""

_MOST_SHOWN = 5


def run(
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("The code of the finding."))],
    address: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENT#ITEM | DOCUMENT | FILE", help=_("Where it is: an item, a document, or else a file.")
        ),
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("Why it is let be."))],
    until: Annotated[
        date,
        typer.Option(
            "--until", parser=read_date, metavar="DATE", help=_("The last day of it, at most a year from today.")
        ),
    ],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=_("Who decided it."))] = "",
) -> None:
    """Accept a finding that is there now; `check` no longer reports it until that day has passed."""
    from planctl.authoring.accepting import with_entry  # noqa: PLC0415  # the help needs none of it
    from planctl.output.files import replace_file  # noqa: PLC0415
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.portfolio.kinds import ACCEPTED_PATH  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    day = today()
    _refuse_code(code)
    _refuse_text("--reason", reason)
    _refuse_day(until, day)
    root = find_root(Path())
    project = load(root, today=day)
    document = _accepted_file(project)
    count = _count(project, code, address)
    given = {"code": code, "at": address, "reason": reason.strip(), "until": until.isoformat(), "by": by.strip()}
    entry = {key: value for key, value in given.items() if value}
    text = with_entry(document, entry, head=said(_("Findings that the office accepts; `planctl accept` adds to them.")))
    replace_file((root / ACCEPTED_PATH).resolve(), text.encode())
    console.text(f"{console.PathNames(root).of(ACCEPTED_PATH)}\n")
    console.say_counted(
        _("{n} finding is accepted until {until}"),
        _("{n} findings are accepted until {until}"),
        count,
        until=until.isoformat(),
    )


def _refuse_code(code: str) -> None:
    from planctl.findings.accepting import is_acceptable  # noqa: PLC0415

    if code not in CODES:
        near = get_close_matches(code, CODES, n=1)
        meant = said(_("; did you mean “{suggestion}”?"), {"suggestion": near[0]}) if near else ""
        raise PlanctlError(_("there is no code “{code}”{suggestion}"), code=code, suggestion=meant)
    if not is_acceptable(code):
        raise PlanctlError(_("“{code}” is an error, which cannot be accepted; mend what it found"), code=code)


def _refuse_text(option: str, text: str) -> None:
    if not text.strip():
        raise PlanctlError(_("{option} says nothing; write why the finding is let be"), option=option)


def _refuse_day(until: date, day: date) -> None:
    last = day + timedelta(days=LONGEST_DAYS)
    if until <= day:
        raise PlanctlError(_("--until {until}: that day must be after today, {today}"), until=until, today=day)
    if until > last:
        raise PlanctlError(_("--until {until}: that day may be at most a year away, {last}"), until=until, last=last)


def _accepted_file(project: Project) -> Document | None:
    """Return accepted.yaml as it was read, None where there is none; PlanctlError where it has errors of its own."""
    from planctl.portfolio.kinds import ACCEPTED_PATH  # noqa: PLC0415
    from planctl.source.reader import read  # noqa: PLC0415

    source = next((one for one in project.sources if one.path == ACCEPTED_PATH), None)
    forgiven = {"accepted-is-gone", "accepted-has-expired"}
    faults = [
        one for one in project.findings if one.span.path == ACCEPTED_PATH and one.is_error and one.code not in forgiven
    ]
    if faults:
        raise PlanctlError(
            _("{path} has errors; `planctl check` shows them; nothing was written"), path=faults[0].span.path
        )
    return read(source)[0] if source else None


def _count(project: Project, code: str, address: str) -> int:
    """Return how many findings the entry will hold for; PlanctlError where there is none that is not accepted."""
    from planctl.findings.addresses import Addresses  # noqa: PLC0415

    addresses = Addresses(project.portfolio)
    places = [str(addresses.of(one)) for one in project.findings if one.code == code]
    if address in places:
        return places.count(address)
    for one in project.accepted:
        if (one.entry.code, one.entry.at) == (code, address):
            raise PlanctlError(
                _("“{code}” at {at} is accepted already, until {until}"), code=code, at=address, until=one.entry.until
            )
    known = tuple(dict.fromkeys(places))
    if not known:
        raise PlanctlError(_("nothing of the code “{code}” is found now"), code=code)
    near = get_close_matches(address, known, n=_MOST_SHOWN, cutoff=0.3) or known[:_MOST_SHOWN]
    more = " …" if len(known) > len(near) else ""
    raise PlanctlError(
        _("nothing of the code “{code}” is found at {at}; it is found at: {known}"),
        code=code,
        at=address,
        known=", ".join(near) + more,
    )
