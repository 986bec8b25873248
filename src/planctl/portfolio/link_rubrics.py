"""The scales of a project, sound ones alone. In: their files. Out: each by its name."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from planctl.forms.number import plain
from planctl.portfolio.portfolio import RubricSource
from planctl.portfolio.rubric import HIGHEST, RubricFile
from planctl.portfolio.validate import validate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planctl.diagnostics import Diagnostic
    from planctl.portfolio.findings import Findings
    from planctl.portfolio.rubric import Step
    from planctl.source.document import Document

SHIPPED = "planctl:"
"""Begins the paths of files that come with planctl."""


def rubrics_in(documents: Sequence[Document], findings: Findings) -> Mapping[str, RubricSource]:
    """Return the scales by name; one whose file has faults is not to be had, lest another is taken for it."""
    rubrics: dict[str, RubricSource] = {}
    for document in documents:
        of_planctl = document.path.startswith(SHIPPED)
        file = findings.take(_validated(document) if of_planctl else validate(RubricFile, document), document)
        if file is None or document.path in findings.faulty:
            rubrics.pop(str(document.data["rubric"]), None)
            continue
        _repeated_levels(document, file, findings)
        _misplaced_levels(document, file, findings)
        _unknown_thresholds(document, file, findings)
        if (other := rubrics.get(file.rubric)) and not other.path.startswith(SHIPPED):
            findings.add("duplicate-rubric", document.span_of(("rubric",)), id=file.rubric, other=other.path)
        rubrics[file.rubric] = RubricSource(file, document.path)
    return MappingProxyType(rubrics)


@lru_cache(maxsize=32)
def _validated(document: Document) -> tuple[RubricFile | None, tuple[Diagnostic, ...]]:
    """Return a scale that comes with planctl, validated once for all projects of a process."""
    return validate(RubricFile, document)


def _repeated_levels(document: Document, file: RubricFile, findings: Findings) -> None:
    """Report values that stand twice in one version: nobody could say which level an item has."""
    for at, version in enumerate(file.versions):
        seen: set[Step] = set()
        for number, level in enumerate(version.levels):
            for place, value in enumerate(level.values):
                if value in seen:
                    loc = ("versions", at, "levels", number, "values", place)
                    findings.add("repeated-level", document.span_of(loc), value=value)
                seen.add(value)


def _misplaced_levels(document: Document, file: RubricFile, findings: Findings) -> None:
    """Report values above 100, and those that lie within a range of the same version; ends may touch."""
    for at, version in enumerate(file.versions):
        before: list[Step] = []
        for number, level in enumerate(version.levels):
            for place, value in enumerate(level.values):
                span = document.span_of(("versions", at, "levels", number, "values", place))
                if value.high > HIGHEST:
                    findings.add("level-above-100", span, value=value)
                if other := next((one for one in before if one != value and one.overlaps(value)), None):
                    findings.add("overlapping-levels", span, value=value, other=other)
                before.append(value)


def _unknown_thresholds(document: Document, file: RubricFile, findings: Findings) -> None:
    """Report thresholds whose score belongs to no level: an item that reached them would stand in no row."""
    for at, version in enumerate(file.versions):
        steps = [step for level in version.levels for step in level.values]
        for number, threshold in enumerate(version.thresholds):
            if not any(step.low <= threshold.score <= step.high for step in steps):
                span = document.span_of(("versions", at, "thresholds", number, "score"))
                allowed = ", ".join(map(str, steps))
                findings.add("threshold-without-level", span, score=plain(threshold.score), allowed=allowed)
