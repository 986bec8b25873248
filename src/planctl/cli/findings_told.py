"""What findings say, put into words for the formats. In: a project's findings. Out: `Told` values and `Findings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl import __version__
from planctl.cli import console
from planctl.codes import CODES
from planctl.findings.identity import fingerprints
from planctl.findings.told import Acceptance, Findings, Told
from planctl.words import in_mongolian, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.checking.checked import Checked
    from planctl.cli.scope import Scope
    from planctl.diagnostics import Diagnostic
    from planctl.findings.accepting import AcceptedFinding


def told(
    found: Sequence[Diagnostic],
    accepted: Sequence[AcceptedFinding],
    checked: Checked,
    scope: Scope,
) -> Findings:
    """Return the findings of a run in the language in use, with all that any format tells of them."""
    names, addresses = console.PathNames(scope.root), checked.addresses
    every = [*found, *(one.found for one in accepted)]
    digests = tuple(fingerprints(every, addresses))
    reasons = [*(None for _one in found), *(_acceptance(one) for one in accepted)]
    words = tuple(
        Told(
            path=names.of(one.span.path),
            line=one.span.line,
            column=one.span.column,
            severity=one.severity,
            code=one.code,
            message=console.message_of(one),
            hint=console.hint_of(one),
            address=str(addresses.of(one)),
            fingerprint=digest,
            accepted=reason,
        )
        for one, digest, reason in zip(every, digests, reasons, strict=True)
    )
    return Findings(
        findings=words[: len(found)],
        accepted=words[len(found) :],
        files=tuple(names.of(path) for path in checked.files if scope.names(path)),
        rules={one.code: said(CODES[one.code].explanation) for one in every},
        language="mn" if in_mongolian() else "en",
        version=__version__,
    )


def _acceptance(one: AcceptedFinding) -> Acceptance:
    return Acceptance(one.entry.reason, one.entry.until.isoformat(), one.entry.by or "")
