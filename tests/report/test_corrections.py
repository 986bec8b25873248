"""The note below an approved report: what it says of each kind of correction, and on which sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from approved import APPROVAL, FILES, PLAN, REPORT, approved, changed
from planctl.pipeline import load as load_folder
from projects import composed, load, scorecard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from running import Ran

AGAIN = ("--reason", "Тоог дахин бодов.", "--act", "захирамж", "--number", "А/20", "--date", "2024-02-01")
HEAD = "Батлагдсан тайланд дараах засварыг оруулав (баталсан шийдвэр: Сумын Засаг дарга, захирамж, Дугаар А/12):"
WHY = "Шалтгаан: Тоог дахин бодов. Үндэслэл: захирамж, 2024-02-01, Дугаар А/20."
LOWER = ("    self: 100", "    self: 90")


def remarks(root: Path) -> dict[str, tuple[str, ...]]:
    """Return the remarks of the sheets of the report, by the sheets' names."""
    project = load_folder(root)
    return {sheet.name: sheet.remarks for sheet in composed(project, scorecard(project))}


def test_a_report_as_approved_has_no_note(tmp_path: Path) -> None:
    load(tmp_path, approved(tmp_path))

    assert set(remarks(tmp_path).values()) == {()}


def test_the_table_and_the_summary_of_its_evaluation_tell_what_was_corrected(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    load(tmp_path, changed(approved(tmp_path), REPORT, LOWER))
    planctl("correct", "council", "--period", "2023", *AGAIN, cwd=tmp_path)

    note = (
        HEAD,
        f"Засвар 1. Д/д 1, Худаг гаргах: өөрийн үнэлгээ 100% → 90%. {WHY}",
        f"Засвар 2. Тайлан бүхэлдээ: өөрийн үнэлгээний дундаж 85% → 80%. {WHY}",
    )
    assert remarks(tmp_path) == {"table": note, "summary-self": note, "summary-superior": ()}


@pytest.mark.parametrize(
    ("path", "swap", "lines"),
    [
        (REPORT, ("Гурван", "Дөрвөн"), ["Засвар 1. Д/д 1, Худаг гаргах: хэрэгжилтийн тайлан өөрчлөгдсөн."]),
        (PLAN, ("text: Худаг гаргах", "text: Худаг"), ["Засвар 1. Д/д 1, Худаг: төлөвлөгөөний агуулга өөрчлөгдсөн."]),
        (
            REPORT,
            ("    self: 70\n    superior: 70\n", "    state: not-due\n    reason: Сунгасан\n"),
            [
                "Засвар 1. Д/д 2, Хашаа барих: өөрийн үнэлгээ 70% → хугацаа болоогүй.",
                "Засвар 2. Д/д 2, Хашаа барих: дээд шатны байгууллагын үнэлгээ 70% → хугацаа болоогүй.",
                "Засвар 3. Д/д 2, Хашаа барих: хэрэгжилтийн тайлан өөрчлөгдсөн.",
                "Засвар 4. Тайлан бүхэлдээ: өөрийн үнэлгээний дундаж 85% → 100%.",
                "Засвар 5. Тайлан бүхэлдээ: дээд шатны байгууллагын үнэлгээний дундаж 80% → 90%.",
            ],
        ),
    ],
)
def test_texts_and_states_are_told_in_words(
    path: str, swap: tuple[str, str], lines: list[str], planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    load(tmp_path, changed(approved(tmp_path), path, swap))
    planctl("correct", "council", "--period", "2023", *AGAIN, cwd=tmp_path)

    assert list(remarks(tmp_path)["table"]) == [HEAD, *(f"{line} {WHY}" for line in lines)]


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html", "md"])
def test_every_format_is_built_with_the_note(suffix: str, planctl: Callable[..., Ran], tmp_path: Path) -> None:
    load(tmp_path, changed(approved(tmp_path), REPORT, LOWER))
    planctl("correct", "council", "--period", "2023", *AGAIN, cwd=tmp_path)
    told = planctl("build", "--format", suffix, cwd=tmp_path)

    assert told.code == 0
    assert (tmp_path / "build" / f"council.2023.table.{suffix}").is_file()
    assert APPROVAL in (tmp_path / "build" / "manifest.json").read_text("utf-8")
    assert FILES[REPORT] != (tmp_path / REPORT).read_text("utf-8")
