"""A small office written into a folder, and planctl run on it: what the tests of whole commands share."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from forking import CAN_FORK, forked
from planctl.__main__ import run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

SETTINGS = """\
planctl: 1
organisation: Залаа сумын Засаг даргын Тамгын газар
place: Залаа
rubric: mn-2020
signatories:
  - caption: Хянасан
    post: Тамгын газрын дарга
    name: Б.Болд
units:
  legal:
    name: Хууль, эрх зүйн асуудал хариуцсан мэргэжилтэн
"""
PLAN = """\
form: resolutions
id: council
title: Аймгийн ИТХ-ын тогтоолын хэрэгжилт
sections:
  - title: Аймгийн ИТХ-ын тогтоол
    decisions:
      - number: 2021_131
        date: 2021-12-14
        title: Хог хаягдлыг бууруулах хөтөлбөр батлах тухай
        clauses:
          - id: waste-1
            number: 1
            text: Хөтөлбөрийн ажлыг зохион байгуулж, хэрэгжилтийг тайлагнах
            units: [legal]
            deadline: 2023-12-01
          - id: waste-2
            number: 2
            text: Санхүүжилтийг жил бүрийн төсөвт тусгах
            units: [legal]
          - id: waste-3
            number: 3
            text: Тогтоолыг баталсугай
            reported: false
"""
ACTUALS = """\
actuals: council
period: 2023
date: 2023-12-25
items:
  waste-1:
    progress: |
      Хөтөлбөрийн хүрээнд дараах ажлыг хийв.
      - Цэвэрлэгээ 5 удаа
    self: 100
    superior: 100
  waste-2:
    progress: Төсөвт тусгав.
    self: 70
    superior: 90
    reason: Хяналтын дүнгээр.
"""
OFFICE: Mapping[str, str] = {
    "planctl.yaml": SETTINGS,
    "plans/council.yaml": PLAN,
    "plans/council.2023.yaml": ACTUALS,
}
"""One plan of two clauses to report, 2023 in both evaluations: 170/2 and 190/2, without a finding."""

GOVERNOR: Mapping[str, str] = {
    "plans/governor.yaml": PLAN.replace("id: council", "id: governor").replace("waste", "duty"),
    "plans/governor.2023.yaml": ACTUALS.replace("council", "governor").replace("waste", "duty"),
}
"""A second plan like the first."""


def write(folder: Path, *files: Mapping[str, str | bytes]) -> Path:
    """Write files by their path into the folder, and return the folder."""
    for name, content in (pair for some in files for pair in some.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run left: its exit code and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture
def planctl(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ran]:
    """Run a command in this process, in the folder and language named."""

    def called(*arguments: str, cwd: Path, lang: str = "en") -> Ran:
        monkeypatch.chdir(cwd)
        monkeypatch.setenv("PLANCTL_LANG", lang)
        monkeypatch.setenv("LANGUAGE", lang)
        sys.stdout.flush()
        capfdbinary.readouterr()
        code = run(list(arguments))
        sys.stdout.flush()
        told = capfdbinary.readouterr()
        return Ran(code, told.out.decode(), told.err.decode())

    return called


def surroundings(**changes: str | None) -> dict[str, str]:
    """Return this process's environment without what shapes output, and with the changes."""
    shaping = {"COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "PYTHONUTF8", "TERM"}
    kept = {name: value for name, value in os.environ.items() if name not in shaping}
    return {**kept, "PLANCTL_LANG": "en", **{name: value for name, value in changes.items() if value is not None}}


def process(*arguments: str, cwd: Path, **changes: str | None) -> subprocess.CompletedProcess[bytes]:
    """Run planctl as a process of its own, no terminal about it; `changes` are environment variables."""
    return started(arguments, cwd=cwd, env=surroundings(**changes))


def started(
    arguments: Sequence[str], *, cwd: Path, env: Mapping[str, str], memory: int | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run planctl as a process of its own in exactly this environment; `memory` bounds it, in bytes."""
    if CAN_FORK:
        return forked(arguments, cwd=cwd, env=env, memory=memory)
    return subprocess.run(
        [sys.executable, "-m", "planctl", *arguments],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )
