"""Checks of the project as a whole: what planctl.yaml names must be there. In: the portfolio. Out: findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.codes import CODES
from planctl.diagnostics import Diagnostic, finding
from planctl.portfolio.findings import near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from planctl.portfolio.approval import Approval
    from planctl.portfolio.portfolio import Portfolio


def unknown_code(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find weights that are given to no code."""
    document = portfolio.settings_document
    for name in portfolio.settings.severities if document else ():
        if document and name not in CODES:
            yield finding("unknown-code", document.key_span_of(("severities", name)), name=name, **near(name, CODES))


def severity_fixed(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find errors that planctl.yaml would make less of."""
    document = portfolio.settings_document
    for name, severity in portfolio.settings.severities.items() if document else ():
        code = CODES.get(name)
        if document and code and code.severity == "error" and severity != "error":
            yield finding("severity-fixed", document.span_of(("severities", name)), name=name, severity=severity)


def unknown_template(portfolio: Portfolio, templates: Collection[str]) -> Iterator[Diagnostic]:
    """Find templates of the office that stand in for none that there is."""
    for name in portfolio.settings.templates:
        if name not in templates and portfolio.settings_document:
            span = portfolio.settings_document.key_span_of(("templates", name))
            yield finding("unknown-template", span, name=name, **near(name, templates))


def duplicate_approval(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find second approvals of the same report."""
    first: dict[tuple[str, str], Approval] = {}
    for one in portfolio.approvals:
        part = one.model.approval, str(one.model.period)
        other = first.setdefault(part, one)
        if other is not one:
            span = one.document.span_of(("approval",))
            yield finding("duplicate-approval", span, document=part[0], period=part[1], other=other.document.path)
