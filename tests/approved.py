"""Approved reports for tests: a register of two clauses, its report, and the approval as planctl writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.authoring.approving import approval_of, approval_text
from planctl.forms.acts import Act
from projects import load, scorecard

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PLAN, REPORT, APPROVAL = "plans/council.yaml", "plans/council.2023.yaml", "approvals/council.2023.yaml"

FILES: Mapping[str, str] = {
    PLAN: """\
form: resolutions
id: council
title: Тогтоолын {period} хэрэгжилт
sections:
  - title: Хурлын тогтоол
    decisions:
      - number: 12
        date: 2022-12-14
        title: Худаг гаргах тухай
        clauses:
          - id: well
            text: Худаг гаргах
          - id: fence
            text: Хашаа барих
""",
    REPORT: """\
actuals: council
period: 2023
date: 2023-12-25
items:
  well:
    progress: Гурван худаг гаргав.
    self: 100
    superior: 90
    reason: Нэг нь ус муутай.
  fence:
    progress: Хашааг барьж дуусгав.
    self: 70
    superior: 70
""",
}
"""Approved with 170/2 and 160/2."""

ACT = Act.model_validate({"body": "Сумын Засаг дарга", "act": "захирамж", "number": "А/12"})


def approved(root: Path, files: Mapping[str, str] = FILES) -> dict[str, str]:
    """Return the files of a project together with the approval of its report of 2023."""
    tree = approval_of(scorecard(load(root, files)), ACT)
    return {**files, APPROVAL: approval_text(tree)}


def changed(files: Mapping[str, str], path: str, *swaps: tuple[str, str]) -> dict[str, str]:
    """Return the files with words of one of them swapped, each once; the words must be there."""
    text = files[path]
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new, 1)
    return {**files, path: text}
