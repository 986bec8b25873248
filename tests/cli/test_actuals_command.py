"""`planctl actuals new`: the specialist's first act of each half-year."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from chains import CHAIN
from running import GOVERNOR, OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_the_new_file_has_every_clause_with_what_stood_there_last_time(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    write(tmp_path, OFFICE)

    told = planctl("actuals", "new", "council", "--period", "2024-H1", cwd=tmp_path)

    path = tmp_path / "plans" / "council.2024-H1.yaml"
    assert (told.code, told.out) == (0, "")
    assert told.err == f"wrote {path.as_posix()}; fill in what was done and the scores\n"
    assert (
        path.read_bytes().decode()
        == """\
# Аймгийн ИТХ-ын тогтоолын хэрэгжилт
actuals: council
period: 2024-H1
date:
items:

  # Аймгийн ИТХ-ын тогтоол

  # Хог хаягдлыг бууруулах хөтөлбөр батлах тухай
  # 2021-12-14
  # Дугаар 2021_131
  # 1. Хөтөлбөрийн ажлыг зохион байгуулж, хэрэгжилтийг тайлагнах
  # Хугацаа: 2023-12-01
  waste-1:
    progress:
    self:
    # 2023: self: 100, superior: 100
    # Хөтөлбөрийн хүрээнд дараах ажлыг хийв.
    # - Цэвэрлэгээ 5 удаа

  # Хог хаягдлыг бууруулах хөтөлбөр батлах тухай
  # 2021-12-14
  # Дугаар 2021_131
  # 2. Санхүүжилтийг жил бүрийн төсөвт тусгах
  waste-2:
    progress:
    self:
    # 2023: self: 70, superior: 90
    # Төсөвт тусгав.
    # reason: Хяналтын дүнгээр.
"""
    )


def test_the_unfilled_file_has_no_errors_and_counts_as_missing(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)
    planctl("actuals", "new", "council", "--period", "2024", cwd=tmp_path)

    checked = planctl("check", cwd=tmp_path)
    scored = planctl("score", "--period", "2024", "--format", "json", cwd=tmp_path)

    assert (checked.code, checked.err.splitlines()[0]) == (0, "0 errors")
    (document,) = json.loads(scored.out)["documents"]
    assert (document["items"], document["evaluations"]["self"]["missing"]) == (2, 2)


def test_a_period_that_is_reported_already_is_refused(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"plans/council.2023.yaml": "", "plans/year.yaml": OFFICE["plans/council.2023.yaml"]})
    (tmp_path / "plans" / "council.2023.yaml").unlink()

    told = planctl("actuals", "new", "council", "--period", "2023", cwd=tmp_path)

    assert told == Ran(2, "", "planctl: council 2023 is already reported in plans/year.yaml\n")


def test_a_period_whose_file_is_broken_is_refused(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"plans/half.yaml": "actuals: council\nperiod: 2024\nitems: [\n"})

    told = planctl("actuals", "new", "council", "--period", "2024", cwd=tmp_path)

    assert (told.code, told.err.count("\n"), "plans/half.yaml" in told.err) == (2, 1, True)
    assert not (tmp_path / "plans" / "council.2024.yaml").exists()


def test_a_file_of_that_name_is_never_overwritten(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"plans/council.2024.yaml": OFFICE["plans/council.2023.yaml"]})

    told = planctl("actuals", "new", "council", "--period", "2024", cwd=tmp_path)

    path = tmp_path / "plans" / "council.2024.yaml"
    assert told == Ran(2, "", f"planctl: {path.as_posix()} is there already; nothing was written\n")
    assert path.read_text(encoding="utf-8") == OFFICE["plans/council.2023.yaml"]


def test_an_unknown_plan_is_told_with_the_plans_there_are(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, GOVERNOR)

    told = planctl("actuals", "new", "concil", "--period", "2024", cwd=tmp_path)

    assert told == Ran(2, "", "planctl: there is no plan “concil”; the plans are: council, governor\n")


def test_the_file_can_be_put_elsewhere(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    told = planctl("actuals", "new", "council", "--period", "2024", "--out", "plans/2024/own.yaml", cwd=tmp_path)

    assert told == Ran(0, "", "wrote plans/2024/own.yaml; fill in what was done and the scores\n")
    assert (tmp_path / "plans" / "2024" / "own.yaml").is_file()


def test_a_text_full_of_yaml_signs_stays_in_its_comments(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    # A paragraph that begins like a key, a document end and a comment, and an id that YAML reads as a number.
    progress = "    progress: |\n      Нэг.\n\n      self: 90\n      ---\n      # тэмдэглэл\n"
    actuals = OFFICE["plans/council.2023.yaml"].replace("    progress: Төсөвт тусгав.\n", progress)
    renamed = {
        "plans/council.yaml": OFFICE["plans/council.yaml"].replace("waste-2", "'1.10'"),
        "plans/council.2023.yaml": actuals.replace("waste-2", "'1.10'"),
    }
    write(tmp_path, OFFICE, renamed)
    planctl("actuals", "new", "council", "--period", "2024", cwd=tmp_path)

    told = planctl("check", "--format", "json", "plans/council.2024.yaml", cwd=tmp_path)

    assert {one["code"] for one in json.loads(told.out)["findings"]} <= {"missing-entry", "deadline-passed"}


def test_a_plan_without_measures_has_nothing_to_report(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, CHAIN)

    told = planctl("actuals", "new", "province", "--period", "2025", cwd=tmp_path)

    assert (told.code, told.err) == (
        2,
        "planctl: nothing is reported of “province”: it has no measures or clauses\n",
    )
