"""The sheets over all plans are the same, made of what each parcel tells or of the whole project."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parts import outcome_of_parcels, outcome_of_whole

from examples import examples
from running import write

if TYPE_CHECKING:
    from collections.abc import Mapping

QUIET = settings(max_examples=examples(60), deadline=None, suppress_health_check=[*HealthCheck])
SETTINGS = """\
planctl: 1
organisation: Жишээ сумын Засаг даргын Тамгын газар
place: Жишээ
units: {legal: {name: Хуулийн алба}, finance: {name: Сангийн алба}, other: {name: Газрын алба}}
"""
UNITS = st.sampled_from(("", ", units: [legal]", ", units: [finance]", ", units: [other, legal]"))
KINDS = st.sampled_from(("", "        kind: Тогтоол\n", "        kind: Захирамж\n"))
PERIODS = ("2024", "2025-H1", "2025")
ENTRIES = st.sampled_from(
    (
        "{}",
        "{progress: Хийсэн ажил, self: 100}",
        "{progress: Эхэлсэн ажил, self: 30}",
        "{progress: Дуусах ажил, self: 90}",
        "{state: not-evaluated, reason: Үнэлээгүй}",
        "{state: not-due, reason: Дараа жил}",
        "{state: repealed, date: 2024-05-01, act: А/12, reason: Хүчингүй болсон}",
        "{progress: Хийсэн ажил, self: 1000}",
    )
)
"""What is said of an item: an empty entry, scores, states, and a score that no scale has."""


@st.composite
def projects(draw: st.DrawFn) -> Mapping[str, str]:
    """Return the files of a few registers and plans for a year, whose paths are in another order than their ids."""
    files = {"planctl.yaml": SETTINGS}
    for at, id_ in enumerate(draw(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=4, unique=True))):
        units = draw(st.lists(UNITS, min_size=1, max_size=3))
        written = draw(st.sampled_from((register, for_a_year)))
        files[f"plans/{at}.yaml"] = written(id_, units, draw(KINDS))
        for period in draw(st.sets(st.sampled_from(PERIODS))):
            entries = [f"  {id_}{number}: {draw(ENTRIES)}\n" for number in range(len(units)) if draw(st.booleans())]
            items = f"items:\n{''.join(entries)}" if entries else "items: {}\n"
            files[f"plans/{at}.{period}.yaml"] = f"actuals: {id_}\nperiod: {period}\n{items}"
    return files


def register(id_: str, units: list[str], kind: str) -> str:
    """Return a register of one act with a clause for each of these units."""
    clauses = "".join(f"          - {{id: {id_}{at}, text: Заалт{named}}}\n" for at, named in enumerate(units))
    head = f"form: resolutions\nid: {id_}\ntitle: Тогтоолын хэрэгжилт\nsections:\n  - title: Тогтоол\n"
    return f"{head}    decisions:\n      - title: Нэг\n{kind}        clauses:\n{clauses}"


def for_a_year(id_: str, units: list[str], _kind: str) -> str:
    """Return a plan for 2025 with a measure for each of these units."""
    measures = "".join(
        f"      - {{id: {id_}{at}, text: Ажил, period: III-IV{named}}}\n" for at, named in enumerate(units)
    )
    head = f"form: action-plan\nid: {id_}\ntitle: Арга хэмжээний төлөвлөгөө\nyear: 2025\nsections:\n"
    return f"{head}  - title: Чиглэл\n    measures:\n{measures}"


@QUIET
@given(projects())
def test_the_sheets_over_all_plans_come_of_what_parcels_tell(files: Any) -> None:
    with TemporaryDirectory() as folder:
        root = write(Path(folder), files)

        assert outcome_of_parcels(root).over_all == outcome_of_whole(root).over_all
