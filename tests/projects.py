"""Projects for tests: from YAML that stands in the test to a loaded project, through the real pipeline.

`load(tmp_path, {"plans/council.yaml": "..."})` writes the files and loads them; planctl.yaml is `SETTINGS` unless the
test gives its own. `places(project)` is what was found, one line each. `register` and `actuals` write files of many
clauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import dedent
from typing import TYPE_CHECKING

from planctl.facts import RunFacts
from planctl.pipeline import Project
from planctl.pipeline import load as load_folder
from planctl.portfolio.kinds import SETTINGS_PATH
from planctl.report import OFFICIAL
from planctl.subjects import of_period

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.diagnostics import Diagnostic
    from planctl.report.sheet import Sheet
    from planctl.scoring.scorecard import Scorecard

Files = Mapping[str, str]
"""Texts by path from the project's folder, with "/"; their common indentation does not count."""

PLAN = "plans/council.yaml"
ACTUALS = "plans/council.2023.yaml"

SETTINGS = """\
planctl: 1
organisation: Залаа сумын Засаг даргын Тамгын газар
place: Залаа
units:
  legal:
    name: Хууль, эрх зүйн мэргэжилтэн
    other_names: [Хуулийн мэргэжилтэн]
  finance:
    name: Санхүүгийн алба
"""

ONE_CLAUSE = """\
form: resolutions
id: council
title: Тогтоолын хэрэгжилт
sections:
  - title: Хурлын тогтоол
    decisions:
      - number: 2021_131
        title: Хог хаягдлын тухай
        clauses:
          - id: waste
            text: Ажлыг зохион байгуулах
"""

ONE_ENTRY = """\
actuals: council
period: 2023
date: 2023-12-25
items:
  waste:
    progress: Цэвэрлэгээ хийв.
    self: 100
"""


def write(root: Path, files: Files) -> Path:
    """Write the files, and a planctl.yaml where there is none among them; return the project's folder."""
    for path, text in {SETTINGS_PATH: SETTINGS, **files}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(dedent(text), encoding="utf-8", newline="\n")
    return root


def load(root: Path, files: Files) -> Project:
    """Write the files and return the project as the pipeline loads it."""
    return load_folder(write(root, files))


def scorecard(project: Project, period: str = "2023", plan: str = "council") -> Scorecard:
    """Return the scorecard of one plan and period."""
    (card,) = (one for one in project.scorecards if (one.actuals.plan.id, str(one.actuals.period)) == (plan, period))
    return card


def place(found: Diagnostic) -> str:
    """Return one finding as `plans/council.yaml:6:11 score-not-in-rubric`."""
    return f"{found.span} {found.code}"


def places(project: Project) -> list[str]:
    """Return all findings, as `place` writes them."""
    return [place(found) for found in project.findings]


def register(ids: Iterable[str], *, id_: str = "council", units: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return a plan with one decision and these clauses in one section."""
    clauses = "\n".join(_clause(one, (units or {}).get(one, ())) for one in ids)
    return f"""\
form: resolutions
id: {id_}
title: Тогтоолын хэрэгжилт
sections:
  - title: Хурлын тогтоол
    decisions:
      - title: Хөгжлийн төлөвлөгөөний тухай
        clauses:
{clauses}
"""


def _clause(id_: str, units: Sequence[str]) -> str:
    named = f"\n            units: [{', '.join(units)}]" if units else ""
    return f"          - id: {id_}\n            text: Ажлыг зохион байгуулах{named}"


def actuals(entries: Mapping[str, str], *, plan: str = "council", period: str = "2023") -> str:
    """Return a file of actuals; each entry is written as `self: 100, progress: Хийв`, without braces."""
    lines = "\n".join(f"  {id_}: {{{entry}}}" for id_, entry in entries.items())
    return f"actuals: {plan}\nperiod: {period}\nitems:\n{lines}\n"


MEASURES = """\
form: action-plan
id: digital
title: Цахим шилжилтийн арга хэмжээний төлөвлөгөө
year: 2025
sections:
  - title: Удирдлагын чиглэлээр
    measures:
      - id: training
        text: Цахим ур чадварын сургалт зохион байгуулах
        period: I-IV
        indicators:
          - name: Сургалт
            unit: удаа
            baseline: 8
            target: 10
"""
"""An action plan of one measure, without a finding."""

MEASURE_ENTRY = """\
actuals: digital
period: 2025
items:
  training:
    progress: Багийн төвүүдэд сургалт зохион байгуулав.
    reached: 10
    self: 100
"""


def measures_project(plan: str = MEASURES, actuals: str = MEASURE_ENTRY) -> Files:
    """Return an action plan and its actuals of the year."""
    return {"plans/digital.yaml": plan, "plans/digital.2025.yaml": actuals}


PROGRAMME = """\
form: programme
id: makers
title: Үйлдвэрлэлийг дэмжих хөтөлбөр
years: {first: 2023, last: 2025, baseline: 2023}
objectives:
  - number: 1
    title: Борлуулалтыг нэмэгдүүлэх
    measures:
      - {id: shop, text: Худалдааны цэг нээх}
indicators:
  - id: sales
    name: Борлуулалт
    unit: сая төгрөг
    baseline: 175
    targets: {2024: 187, 2025: 199}
  - id: fairs
    name: Үзэсгэлэнд оролцуулах
    parts:
      - {id: events, name: үзэсгэлэн, unit: удаа, baseline: 6, targets: {2024: 7, 2025: 8}}
      - {id: people, name: оролцогч, unit: хүн, baseline: 70, targets: {2024: 85, 2025: 95}}
"""
"""A programme of one measure and two indicators, without a finding."""

PROGRAMME_ENTRIES = """\
actuals: makers
period: 2024
items:
  shop: {progress: Нэг цэг нээсэн., self: 100}
  sales: {reached: 190, progress: Борлуулалт өссөн.}
  fairs:
    reached: {events: 7, people: 80}
"""


def programme_project(plan: str = PROGRAMME, actuals: str = PROGRAMME_ENTRIES) -> Files:
    """Return a programme and its actuals of a year."""
    return {"plans/makers.yaml": plan, "plans/makers.2024.yaml": actuals}


NO_FACTS = RunFacts()


def composed(
    project: Project, card: Scorecard, facts: RunFacts = NO_FACTS, *, wanted: Sequence[str] = OFFICIAL
) -> tuple[Sheet, ...]:
    """Return the sheets of a plan and period, those that are handed in unless others are wanted."""
    return tuple(of_period(card).compose(project.portfolio, facts, wanted))
