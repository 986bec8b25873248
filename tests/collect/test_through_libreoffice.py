"""Workbooks that LibreOffice has opened and saved, as .xlsx and as .ods, come back like those that Excel saves."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
from departments import LEGAL, OFFICE, At, edited, filled, place_of, row_of, sent

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


MACRO = """\
Sub Enter(Frame, Dispatcher, Place As String, Text As String)
  Dim Going(0) As New com.sun.star.beans.PropertyValue
  Going(0).Name = "ToPoint" : Going(0).Value = Place
  Dispatcher.executeDispatch(Frame, ".uno:GoToCell", "", 0, Going())
  Dim Typing(0) As New com.sun.star.beans.PropertyValue
  Typing(0).Name = "StringName" : Typing(0).Value = Text
  Dispatcher.executeDispatch(Frame, ".uno:EnterString", "", 0, Typing())
End Sub
Sub Save(Document, Target As String, Kind As String)
  Dim Saving(0) As New com.sun.star.beans.PropertyValue
  Saving(0).Name = "FilterName" : Saving(0).Value = Kind
  Document.storeToURL(Target, Saving())
End Sub
Sub Fill
  Dim Hidden(0) As New com.sun.star.beans.PropertyValue
  Hidden(0).Name = "Hidden" : Hidden(0).Value = True
  Document = StarDesktop.loadComponentFromURL("SOURCE", "_blank", 0, Hidden())
  Frame = Document.CurrentController.Frame
  Dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  Document.CurrentController.setActiveSheet(Document.Sheets.getByIndex(1))
ENTRIES
  Save(Document, "TARGET.ods", "calc8")
  Save(Document, "TARGET.xlsx", "Calc MS Excel 2007 XML")
  Document.close(True)
  StarDesktop.terminate()
End Sub
"""
"""What a person does: go to a cell, type, and save. A cell that is locked takes nothing."""

MODULE = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
{macro}
</script:module>
"""


@dataclass(frozen=True)
class LibreOffice:
    """LibreOffice without a window, with a profile of its own."""

    program: str
    profile: Path

    def run(self, *arguments: str) -> None:
        """Start it with these arguments, and wait until it has ended."""
        profile = f"-env:UserInstallation={self.profile.as_uri()}"
        command = [self.program, profile, "--headless", "--norestore", *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=240)

    def converted(self, files: Mapping[str, bytes], kind: str, folder: Path) -> Mapping[str, bytes]:
        """Return the workbooks as it saves them as a kind of file."""
        for name, content in files.items():
            (folder / name).write_bytes(content)
        into = folder / "saved"
        self.run("--convert-to", kind, "--outdir", str(into), *(str(folder / name) for name in files))
        return {name: (into / name).with_suffix(f".{kind}").read_bytes() for name in files}

    def typed(self, content: bytes, entries: Mapping[str, str], folder: Path) -> Mapping[str, bytes]:
        """Return a workbook after these texts were typed on its second sheet, as each kind of file."""
        (folder / "source.xlsx").write_bytes(content)
        lines = (f'  Enter(Frame, Dispatcher, "{place}", "{text}")' for place, text in entries.items())
        macro = MACRO.replace("ENTRIES", "\n".join(lines))
        macro = macro.replace("SOURCE", (folder / "source.xlsx").as_uri()).replace(
            "TARGET", (folder / "typed").as_uri()
        )
        module = self.profile / "user" / "basic" / "Standard" / "Module1.xba"
        module.write_text(MODULE.format(macro=escape(macro)), encoding="utf-8")
        self.run("macro:///Standard.Module1.Fill")
        return {kind: (folder / f"typed.{kind}").read_bytes() for kind in KINDS}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    libreoffice = LibreOffice(soffice, tmp_path_factory.mktemp("office") / "profile")
    libreoffice.run("--terminate_after_init")
    return libreoffice


def test_what_is_typed_in_libreoffice_comes_back_as_typed(
    planctl: Callable[..., Ran], tmp_path: Path, office: LibreOffice
) -> None:
    write(tmp_path, OFFICE)
    made = (sent(planctl, tmp_path) / LEGAL).read_bytes()
    keys = ("clause", "progress", "self", "reason", "evidence")
    texts = ("Өөр ажил", "- Дөрвөн удаа", "70%", "=1+1", "3/2")
    places = (place_of(made, ("council#waste", "", key)).rpartition("!")[2] for key in keys)
    folder = tmp_path / "typing"
    folder.mkdir()

    files = office.typed(made, dict(zip(places, texts, strict=True)), folder)
    write(tmp_path, {f"typed.{kind}": content for kind, content in files.items()})

    told = Ran(
        0,
        "council#waste progress: «Хоёр удаа цэвэрлэв.» → «- Дөрвөн удаа»\n"
        "council#waste reason: - → «=1+1»\n"
        "council#waste evidence: - → «3/2»\n"
        "council#waste self: - → «70»\n",
        "4 fields would change in plans/council.2023.yaml\n",
    )
    assert [planctl("collect", "in", f"typed.{kind}", "--dry-run", cwd=tmp_path) for kind in KINDS] == [told, told]


@pytest.mark.parametrize("kind", KINDS)
def test_answers_come_back_through_libreoffice(
    planctl: Callable[..., Ran],
    tmp_path: Path,
    office: LibreOffice,
    kind: str,
) -> None:
    made = (sent(planctl, write(tmp_path, OFFICE)) / LEGAL).read_bytes()
    answered = filled(made, ANSWERS)
    sources = {"made.xlsx": made, "answered.xlsx": answered, "wrong.xlsx": edited(answered, change_the_target)}
    folder = tmp_path / "conversion"
    folder.mkdir()
    files = office.converted(sources, kind, folder)
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
