"""Findings as plain values, to be kept between runs and sent to other processes. In: findings. Out: lists, and back."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from planctl.diagnostics import Diagnostic, Severity, Span
from planctl.place import NOWHERE, Place

if TYPE_CHECKING:
    from collections.abc import Iterable


def plain(findings: Iterable[Diagnostic]) -> list[Any]:
    """Return the findings as far as JSON goes."""
    return [
        [
            found.code,
            found.span.path,
            found.span.line,
            found.span.column,
            None if found.span.within == NOWHERE else astuple(found.span.within),
            found.severity.value,
            dict(found.values),
        ]
        for found in findings
    ]


def of_plain(values: Iterable[Any]) -> tuple[Diagnostic, ...]:
    """Return what `plain` was given; TypeError, KeyError or ValueError for what it never gives."""
    return tuple(
        Diagnostic(
            code,
            Span(path, line, column, NOWHERE if within is None else Place(*within)),
            Severity(severity),
            tuple(filled.items()),
        )
        for code, path, line, column, within, severity, filled in values
    )
