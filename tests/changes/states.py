"""States of a project that lie in memory, and pairs of them: what the tests of changes share."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from planctl.pipeline import Project, load
from planctl.source.document import SourceText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.diagnostics import Diagnostic

SETTINGS = {"planctl": 1, "units": {"legal": {"name": "Хуулийн алба"}, "finance": {"name": "Санхүүгийн алба"}}}


@dataclass(frozen=True, slots=True)
class InMemory:
    """A state of a project that lies nowhere."""

    files: Mapping[str, str]

    @property
    def root(self) -> Path:
        return Path()

    def sources(self) -> tuple[tuple[SourceText, ...], tuple[Diagnostic, ...]]:
        return tuple(SourceText(path, text) for path, text in sorted(self.files.items())), ()

    def has_file(self, path: str) -> bool:
        return path in self.files


def state(files: Mapping[str, Any]) -> Project:
    """Return the project of these files: texts, or what they hold, of which JSON is written, which is YAML too."""
    return load(InMemory({path: one if isinstance(one, str) else _json(one) for path, one in files.items()}))


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


# Plans of every form that is scored, and what was reported of them

IDS = ("a", "b", "c", "d", "e", "f")
TITLES = ("Нэгдүгээр чиглэл", "Хоёрдугаар чиглэл", "Гуравдугаар чиглэл")
RUBRICS = ("mn-2020", "percent", "own")
LEVEL = {"name": {"mn": "Бүрэн", "en": "Full"}, "values": ["0-100"], "colour": "#2E7D32"}


def own_rubric(thresholds: list[tuple[int, int]]) -> dict[str, Any]:
    """Return a scale of free percentages with thresholds, (from, score)."""
    version = {"source": "Тушаал", "levels": [LEVEL]}
    if thresholds:
        version["thresholds"] = [{"from": start, "score": score} for start, score in thresholds]
    return {"rubric": "own", "title": {"mn": "Өөрийн", "en": "Own"}, "versions": [version]}


WORDS = ("Сургалт зохион байгуулах", "Зам засах", "Мод тарих")


@st.composite
def measures(draw: st.DrawFn, ids: list[str]) -> list[dict[str, Any]]:
    """Draw measures with weights, units and indicators."""
    return [_measure(draw, id_) for id_ in ids]


def _measure(draw: st.DrawFn, id_: str) -> dict[str, Any]:
    measure: dict[str, Any] = {"id": id_, "text": f"{draw(st.sampled_from(WORDS))} {id_}"}
    if weight := draw(st.sampled_from((None, None, 2, "0,5", 3))):
        measure["weight"] = weight
    measure["units"] = draw(st.sampled_from(([], ["legal"], ["finance"], ["legal", "finance"])))
    names = draw(st.sampled_from(([], ["one"], ["one", "two"])))
    measure["indicators"] = [
        {"id": name, "name": f"Тоо {name}", "baseline": 1, "target": draw(st.sampled_from((4, 10)))} for name in names
    ]
    if draw(st.integers(0, 9)) == 0:
        measure["reported"] = False
    return measure


@st.composite
def measures_plan(draw: st.DrawFn, form: str) -> dict[str, Any]:
    """Draw an action plan or a performance plan."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=6, unique=True))
    homes = [draw(st.integers(0, 3 if form == "performance-plan" else 2)) for _ in ids]
    held = {at: draw(measures([id_ for id_, home in zip(ids, homes, strict=True) if home == at])) for at in range(4)}
    plan: dict[str, Any] = {"form": form, "id": "plan", "title": "Төлөвлөгөө", "year": 2025}
    plan["mean"] = draw(st.sampled_from(("pooled", "sections")))
    plan["weighted"] = draw(st.booleans())
    plan["scoring"] = draw(st.sampled_from(("given", "computed")))
    plan["several_indicators"] = draw(st.sampled_from(("mean", "lowest")))
    if rubric := draw(st.sampled_from((None, *RUBRICS))):
        plan["rubric"] = rubric
    titles = draw(st.permutations(TITLES)) if draw(st.booleans()) else TITLES
    if form == "action-plan":
        plan["sections"] = [{"title": title, "measures": held[at]} for at, title in enumerate(titles)]
    else:
        plan["goals"] = [
            {
                "number": str(at + 1),
                "title": title,
                "objectives": [{"number": f"{at + 1}.1", "title": f"{title} зорилт", "measures": held[at]}],
            }
            for at, title in enumerate(titles)
        ]
        plan["skills"] = held[3]
    return plan


@st.composite
def register(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a register of decisions."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=6, unique=True))
    homes = [draw(st.integers(0, 2)) for _ in ids]
    units = [draw(st.sampled_from(([], ["legal"], ["legal", "finance"]))) for _ in ids]
    plan: dict[str, Any] = {"form": "resolutions", "id": "plan", "title": "Тогтоолын хэрэгжилт"}
    plan["mean"] = draw(st.sampled_from(("pooled", "sections")))
    plan["sections"] = [
        {
            "title": title,
            "decisions": [
                {
                    "title": f"Шийдвэр {at}",
                    "clauses": [
                        {"id": id_, "text": f"Заалт {id_}", "units": unit}
                        for id_, home, unit in zip(ids, homes, units, strict=True)
                        if home == at
                    ],
                }
            ],
        }
        for at, title in enumerate(TITLES)
    ]
    return plan


@st.composite
def programme(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a programme of several years."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=6, unique=True))
    homes = [draw(st.integers(0, 2)) for _ in ids]
    return {
        "form": "programme",
        "id": "plan",
        "title": "Хөтөлбөр",
        "years": {"first": 2024, "last": 2026},
        "mean": draw(st.sampled_from(("pooled", "sections"))),
        "objectives": [
            {
                "number": str(at + 1),
                "title": title,
                "measures": [
                    {"id": id_, "text": f"Арга хэмжээ {id_}"}
                    for id_, home in zip(ids, homes, strict=True)
                    if home == at
                ],
            }
            for at, title in enumerate(TITLES)
        ],
    }


SCORES = st.sampled_from((None, 100, 90, 70, 30, 0))
STATES = st.sampled_from((None, None, None, None, None, "not-due", "repealed", "closed"))


def _entry(draw: st.DrawFn, plan: dict[str, Any], id_: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"progress": f"Хийсэн {id_}"}
    if told := draw(STATES):
        entry |= {"state": told, "reason": "Шалтгаан", "date": "2025-05-05", "act": "А/1"}
    if told in {None, "closed"}:
        entry |= {key: score for key in ("self", "superior") if (score := draw(SCORES)) is not None}
    names = next((one["indicators"] for one in _all_measures(plan) if one["id"] == id_ and "indicators" in one), ())
    if names and draw(st.booleans()):
        entry["reached"] = {one["id"]: draw(st.sampled_from((2, 3, 10))) for one in names}
    return entry


def _all_measures(plan: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for key in ("sections", "goals", "objectives", "decisions", "measures", "clauses", "skills"):
        for one in plan.get(key, ()):
            found += [one] if key in {"measures", "clauses", "skills"} else _all_measures(one)
    return found


@st.composite
def projects(draw: st.DrawFn, form: str) -> dict[str, Any]:
    """Draw the files of a project: a plan of a form, and two periods of it."""
    kinds = {"resolutions": register(), "programme": programme()}
    plan = draw(kinds[form] if form in kinds else measures_plan(form))
    thresholds = draw(st.sampled_from(([], [(90, 100), (50, 70)], [(80, 90), (20, 30)])))
    settings = SETTINGS | {"rubric": draw(st.sampled_from(RUBRICS))}
    files: dict[str, Any] = {"planctl.yaml": settings, "rubrics/own.yaml": own_rubric(thresholds)}
    files["plans/plan.yaml"] = plan
    for period in ("2025-H1", "2025"):
        entries = {one["id"]: _entry(draw, plan, one["id"]) for one in _all_measures(plan) if draw(st.integers(0, 5))}
        files[f"plans/plan.{period}.yaml"] = {"actuals": "plan", "period": period, "items": entries}
    return files
