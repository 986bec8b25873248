"""Workbooks that LibreOffice has opened and saved, as .xlsx and as .ods, come back like those that Excel saves."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from departments import LEGAL, OFFICE, At, edited, filled, row_of, sent

from running import Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from openpyxl.workbook import Workbook

ANSWERS: Mapping[At, object] = {
    ("council#waste", "", "progress"): "Гурван удаа цэвэрлэв:\n- 40 хүн\n- 3 тонн\n\nДахин хийнэ.",
    ("council#waste", "", "self"): 90,
    ("council#waste", "", "reason"): "=1+1 гэж бичсэн",
    ("council#waste", "", "evidence"): "+976 утсаар\nhttps://example.mn/a",
    ("digital#training", "times", "progress"): "-5 хэмд ч болов.",
    ("digital#training", "times", "reached"): 9.5,
    ("digital#training", "people", "reached"): 310,
    ("digital#training", "times", "state"): None,
}
COUNCIL = """\
# Хурлын шийдвэрийн биелэлт
actuals: council
period: 2023
items:
  waste:   # хавар эхэлсэн
    progress: |-
      Гурван удаа цэвэрлэв:
      - 40 хүн
      - 3 тонн

      Дахин хийнэ.
    self: 90
    reason: =1+1 гэж бичсэн
    evidence:
      - document:
          title: +976 утсаар
      - url: https://example.mn/a
"""
KINDS = ("xlsx", "ods")


def change_the_target(book: Workbook) -> None:
    sheet, row = row_of(book, "digital#training", "people")
    sheet.cell(row, 11).value = "200 хүн"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Mapping[str, bytes], str], Mapping[str, bytes]]:
    """A function that has LibreOffice open workbooks and save them as a kind of file."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(tmp_path_factory.mktemp('office') / 'profile').as_uri()}"

    def save(files: Mapping[str, bytes], kind: str) -> Mapping[str, bytes]:
        folder, into = tmp_path_factory.mktemp("sent"), tmp_path_factory.mktemp("saved")
        for name, content in files.items():
            (folder / name).write_bytes(content)
        command = [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(into)]
        subprocess.run(
            [*command, *(str(folder / name) for name in files)], check=True, capture_output=True, timeout=240
        )
        return {name: (into / name).with_suffix(f".{kind}").read_bytes() for name in files}

    return save


@pytest.mark.parametrize("kind", KINDS)
def test_answers_come_back_through_libreoffice(
    planctl: Callable[..., Ran],
    tmp_path: Path,
    saved: Callable[[Mapping[str, bytes], str], Mapping[str, bytes]],
    kind: str,
) -> None:
    made = (sent(planctl, write(tmp_path, OFFICE)) / LEGAL).read_bytes()
    answered = filled(made, ANSWERS)
    files = saved(
        {"made.xlsx": made, "answered.xlsx": answered, "wrong.xlsx": edited(answered, change_the_target)}, kind
    )
    write(tmp_path, {f"{name.partition('.')[0]}.{kind}": content for name, content in files.items()})

    untouched = planctl("collect", "in", f"made.{kind}", cwd=tmp_path)
    wrong = planctl("collect", "in", f"wrong.{kind}", "--dry-run", cwd=tmp_path)
    told = planctl("collect", "in", f"answered.{kind}", cwd=tmp_path)

    assert untouched == Ran(0, "", "nothing changes\n")
    assert (wrong.code, wrong.out.splitlines()[0].partition(": error: ")[2]) == (
        1,
        "collected-locked-cell: the locked cell “Хүрэх түвшин, үр дүн” was changed; nothing of the row was taken",
    )
    assert (told.code, told.err) == (
        0,
        "changed 7 fields in plans/council.2023.yaml, plans/digital.2023.yaml\n",
    )
    assert (tmp_path / "plans/council.2023.yaml").read_text("utf-8") == COUNCIL
    digital = (tmp_path / "plans/digital.2023.yaml").read_text("utf-8")
    assert [line.strip() for line in digital.splitlines() if ":" in line and "#" not in line][4:] == [
        "training:",
        "progress: -5 хэмд ч болов.",
        "reached:",
        "times: 9.5",
        "people: 310",
        "self:",
    ]
