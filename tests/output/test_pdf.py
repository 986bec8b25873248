"""`planctl build --pdf`: which Word sheets LibreOffice prints, and what is told where it cannot."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from planctl.output import pdf
from running import OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable

SHEETS = ("summary-self", "summary-superior", "table")
PDFS = [f"council.2023.{sheet}.pdf" for sheet in SHEETS]
ACTUALS = OFFICE["plans/council.2023.yaml"]

PRINTING = """\
for one in "$@"; do
  case $one in
    *.docx) printf '%%PDF-1.6\\n%s\\n%%%%EOF\\n' "$(cksum < "$one")" > "${one%.docx}.pdf"; echo "convert $one" ;;
  esac
done
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path / "project", OFFICE)


@pytest.fixture
def libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """A function that puts a program of these shell commands in the place of LibreOffice, and returns it."""
    program = tmp_path / "soffice"
    monkeypatch.setenv(pdf.CHOSEN, str(program))

    def does(commands: str) -> Path:
        # Each call is noted in a line beside the program.
        program.write_text(f'#!/bin/sh\necho "$PWD $*" >> "{program}.calls"\n{commands}', encoding="utf-8")
        program.chmod(0o755)
        return program

    return does


def calls(program: Path) -> list[str]:
    noted = Path(f"{program}.calls")
    return noted.read_text(encoding="utf-8").splitlines() if noted.exists() else []


def names(folder: Path, ending: str = ".pdf") -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.endswith(ending))


def listed(project: Path) -> dict[str, dict[str, Any]]:
    whole = json.loads((project / "build" / "manifest.json").read_text(encoding="utf-8"))
    return {one["path"]: one for one in whole["outputs"]}


def problems(told: Ran) -> list[str]:
    return [line for line in told.err.splitlines() if line.startswith("planctl:")]


# What is printed


def test_every_word_sheet_is_printed_in_one_go(
    planctl: Callable[..., Ran], project: Path, libreoffice: Callable[[str], Path]
) -> None:
    program = libreoffice(PRINTING)

    told = planctl("build", "--format", "docx", "--pdf", cwd=project)

    assert told == Ran(0, "", f"6 files written to {(project / 'build').as_posix()}\n")
    assert names(project / "build") == PDFS
    assert len(calls(program)) == 1


def test_the_manifest_names_a_pdf_by_the_word_sheet_that_it_shows(
    planctl: Callable[..., Ran], project: Path, libreoffice: Callable[[str], Path]
) -> None:
    libreoffice(PRINTING)

    planctl("build", "--pdf", cwd=project)

    whole = listed(project)
    for name in PDFS:
        word = whole[name.replace(".pdf", ".docx")]
        assert whole[name] == {**word, "path": name, "format": "pdf"}


def test_libreoffice_has_a_profile_and_a_folder_of_its_own_which_go_with_it(
    planctl: Callable[..., Ran], project: Path, libreoffice: Callable[[str], Path]
) -> None:
    program = libreoffice(PRINTING)

    planctl("build", "--format", "docx", "--pdf", cwd=project)

    folder, profile, *options = calls(program)[0].split(" ")
    assert profile == f"-env:UserInstallation=file://{folder}/profile"
    assert options[:2] == ["--headless", "--norestore"]
    assert not Path(folder).exists()
    assert names(project / "build", "") == sorted(
        [*PDFS, *(name.replace("pdf", "docx") for name in PDFS), "manifest.json"]
    )


def test_a_second_build_prints_nothing(
    planctl: Callable[..., Ran], project: Path, libreoffice: Callable[[str], Path]
) -> None:
    program = libreoffice(PRINTING)
    planctl("build", "--format", "docx", "--pdf", cwd=project)
    program.unlink()
    write(project, {"plans/council.2023.yaml": f"# A remark that no sheet shows.\n{ACTUALS}"})

    told = planctl("build", "--format", "docx", "--pdf", cwd=project)

    assert (told.code, told.err.splitlines()[1:]) == (0, ["6 files were already up to date"])
    assert len(calls(program)) == 1
    whole = listed(project)
    assert whole["council.2023.table.pdf"]["made_from"] == whole["council.2023.table.docx"]["made_from"]


def test_only_what_changed_or_is_gone_is_printed_again(
    planctl: Callable[..., Ran], project: Path, libreoffice: Callable[[str], Path]
) -> None:
    program = libreoffice(PRINTING)
    planctl("build", "--format", "docx", "--pdf", cwd=project)
    before = {name: (project / "build" / name).read_bytes() for name in PDFS}
    write(project, {"plans/council.2023.yaml": ACTUALS.replace("Төсөвт тусгав", "Төсөвт тусгаагүй")})
    (project / "build" / "council.2023.summary-self.pdf").unlink()

    planctl("build", "--format", "docx", "--pdf", cwd=project)

    assert calls(program)[1].endswith(" 0.docx 1.docx")
    after = {name: (project / "build" / name).read_bytes() for name in PDFS}
    assert [name for name in PDFS if after[name] != before[name]] == ["council.2023.table.pdf"]


def test_a_build_without_the_option_keeps_what_was_printed_but_for_what_reads_otherwise_now(
    planctl: Callable[..., Ran], project: Path, libreoffice: Callable[[str], Path]
) -> None:
    program = libreoffice(PRINTING)
    planctl("build", "--pdf", cwd=project)
    write(project, {"plans/council.2023.yaml": ACTUALS.replace("Төсөвт тусгав", "Төсөвт тусгаагүй")})

    planctl("build", cwd=project)

    kept = [name for name in PDFS if name != "council.2023.table.pdf"]
    assert names(project / "build") == kept
    assert set(listed(project)) & set(PDFS) == set(kept)
    assert len(calls(program)) == 1


def test_pdfs_of_sheets_that_nothing_makes_any_more_are_removed(
    planctl: Callable[..., Ran], project: Path, libreoffice: Callable[[str], Path]
) -> None:
    libreoffice(PRINTING)
    planctl("build", "--pdf", cwd=project)
    write(project / "build", {"mine.pdf": "mine"})
    (project / "plans" / "council.2023.yaml").unlink()

    planctl("build", cwd=project)

    assert names(project / "build") == ["mine.pdf"]


def test_without_word_sheets_there_is_nothing_to_print(
    planctl: Callable[..., Ran], project: Path, libreoffice: Callable[[str], Path]
) -> None:
    libreoffice(PRINTING)

    told = planctl("build", "--format", "html", "--pdf", cwd=project)

    line = "planctl: --pdf: a PDF is made from the Word sheet: add docx to --format; `planctl build --help` shows how\n"
    assert told == Ran(2, "", line)
    assert not (project / "build").exists()


# What goes wrong


def test_without_libreoffice_one_line_says_so_and_all_else_is_built(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(pdf.CHOSEN, str(project / "none"))

    told = planctl("build", "--format", "docx", "--pdf", cwd=project)

    assert told.code == 2
    assert problems(told) == [
        "planctl: LibreOffice, which makes the PDFs, was not found; install it or name its program in PLANCTL_SOFFICE"
    ]
    assert told.err.endswith(f"3 files written to {(project / 'build').as_posix()}\n")


SPOKEN = "; LibreOffice says: Error: source file could not be loaded"
SILENT = ", and LibreOffice does not say why"
REASONS = {
    "it refuses one": ('rm 1.pdf; echo "Error: source file could not be loaded" >&2; echo "convert x"', SPOKEN),
    "it says nothing": ('rm 1.pdf; echo "Warning: failed to launch javaldx"', SILENT),
    "it stops within one": ("printf '%%PDF-1.6 half' > 1.pdf", SILENT),
    "it writes something else": ("echo '<html>%%EOF' > 1.pdf", SILENT),
    "it crashes": ("rm 1.pdf; kill -SEGV $$", SILENT),
}


@pytest.mark.parametrize("case", REASONS)
def test_a_sheet_that_libreoffice_cannot_print_is_named_and_the_others_are_printed(
    planctl: Callable[..., Ran], project: Path, libreoffice: Callable[[str], Path], case: str
) -> None:
    commands, reason = REASONS[case]
    libreoffice(PRINTING + commands + "\n")

    told = planctl("build", "--format", "docx", "--pdf", cwd=project)

    path = (project / "build" / "council.2023.summary-self.docx").as_posix()
    assert (told.code, problems(told)) == (2, [f"planctl: {path} was not made into a PDF{reason}"])
    assert names(project / "build") == ["council.2023.summary-superior.pdf", "council.2023.table.pdf"]
    assert "council.2023.summary-self.pdf" not in listed(project)


def test_what_could_not_be_printed_is_tried_again_and_the_old_pdf_stays_till_then(
    planctl: Callable[..., Ran], project: Path, libreoffice: Callable[[str], Path]
) -> None:
    libreoffice(PRINTING)
    planctl("build", "--pdf", cwd=project)
    before, word = (listed(project)[f"council.2023.table.{kind}"]["digest"] for kind in ("pdf", "docx"))
    write(project, {"plans/council.2023.yaml": ACTUALS.replace("Төсөвт тусгав", "Төсөвт тусгаагүй")})
    libreoffice("exit 1\n")
    assert planctl("build", "--pdf", cwd=project).code == 2
    kept = listed(project)["council.2023.table.pdf"]["digest"]
    libreoffice(PRINTING)

    assert planctl("build", "--pdf", cwd=project).code == 0

    after, new = (listed(project)[f"council.2023.table.{kind}"]["digest"] for kind in ("pdf", "docx"))
    assert (kept, before, after) == (before, word, new)
    assert new != word


def test_libreoffice_that_does_not_end_is_ended_with_its_children(
    planctl: Callable[..., Ran], project: Path, libreoffice: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    program = libreoffice(f'{PRINTING}rm 2.pdf\nsleep 60 & echo $! > "$0.child"; wait\n')
    monkeypatch.setattr(pdf, "SECONDS_TO_START", 0.5)
    monkeypatch.setattr(pdf, "SECONDS_FOR_A_SHEET", 0.5)

    told = planctl("build", "--format", "docx", "--pdf", cwd=project)

    path = (project / "build" / "council.2023.summary-superior.docx").as_posix()
    late = f"planctl: {path} was not made into a PDF: LibreOffice had not finished after 2 seconds"
    assert (told.code, problems(told)) == (2, [late])
    assert names(project / "build") == ["council.2023.summary-self.pdf", "council.2023.table.pdf"]
    assert has_ended(int(Path(f"{program}.child").read_text()))


def has_ended(process: int) -> bool:
    """Tell whether a process is gone, or dead and nobody has asked for it yet."""
    for _ in range(50):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


def test_a_program_that_is_none_is_told(
    planctl: Callable[..., Ran], project: Path, libreoffice: Callable[[str], Path]
) -> None:
    libreoffice("").write_bytes(b"\x00\x01\x02")

    told = planctl("build", "--format", "docx", "--pdf", cwd=project)

    words = f"could not be run: {os.strerror(errno.ENOEXEC)}"
    assert (told.code, problems(told)) == (2, [f"planctl: LibreOffice, which makes the PDFs, {words}"])


def test_a_pdf_that_is_open_elsewhere_is_told_and_stays(
    planctl: Callable[..., Ran], project: Path, libreoffice: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    libreoffice(PRINTING)
    planctl("build", "--pdf", cwd=project)
    before = listed(project)
    write(project, {"plans/council.2023.yaml": ACTUALS.replace("Төсөвт тусгав", "Төсөвт тусгаагүй")})
    put = Path.replace

    def refusing(aside: Path, target: Path) -> Path:
        if target.suffix == ".pdf":
            raise PermissionError(errno.EACCES, "Permission denied")
        return put(aside, target)

    monkeypatch.setattr(Path, "replace", refusing)

    told = planctl("build", "--pdf", cwd=project)

    assert told.code == 2
    assert "council.2023.table.pdf cannot be written; if it is open" in told.err
    after = listed(project)
    assert after["council.2023.table.pdf"] == before["council.2023.table.pdf"]
    assert after["council.2023.table.docx"] != before["council.2023.table.docx"]


# Where LibreOffice is


def program(folder: Path, name: str) -> str:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.touch(mode=0o755)
    return str(path)


def test_the_environments_word_goes_before_the_path_and_the_path_before_the_usual_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = program(tmp_path / "a", "named")
    on_path = program(tmp_path / "b", "libreoffice")
    usual = program(tmp_path / "c", "soffice.exe")
    monkeypatch.setattr(pdf, "PLACES", (str(tmp_path / "none"), usual))
    monkeypatch.setenv("PATH", str(tmp_path / "b"))
    monkeypatch.setenv(pdf.CHOSEN, named)

    found = [pdf.office()]
    monkeypatch.delenv(pdf.CHOSEN)
    found.append(pdf.office())
    monkeypatch.setenv("PATH", str(tmp_path))
    found.append(pdf.office())
    monkeypatch.setattr(pdf, "PLACES", ())
    found.append(pdf.office())

    assert found == [named, on_path, usual, None]


def test_where_the_environments_word_leads_nowhere_no_other_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "soffice")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(pdf.CHOSEN, str(tmp_path / "none"))

    assert pdf.office() is None


def test_a_program_named_from_here_is_found_from_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = program(tmp_path / "a", "soffice")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(pdf.CHOSEN, "a/soffice")

    assert pdf.office() == expected


@pytest.mark.parametrize(
    ("commands", "version"),
    [
        ('echo "Warning: no Java"; echo "LibreOffice 7.4.7.2 40(Build:2)"', "7.4.7.2 40(Build:2)"),
        ("exit 1", None),
        ("exec sleep 60", None),
    ],
)
def test_the_version_is_what_libreoffice_says(
    libreoffice: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, commands: str, version: str | None
) -> None:
    monkeypatch.setattr(pdf, "SECONDS_FOR_VERSION", 1)

    assert pdf.version_of(str(libreoffice(commands))) == version


def test_a_program_that_is_none_has_no_version(tmp_path: Path) -> None:
    assert pdf.version_of(str(tmp_path)) is None


# The real one


LONG = f"""\
actuals: council
period: 2023
date: 2023-12-25
items:
  waste-1:
    progress: |
      {"Цэвэрлэгээг улирал бүр зохион байгуулж, иргэдийг хамруулсан болно. " * 400}төгсгөлийнүг
    self: 100
    superior: 100
  waste-2:
    progress: Төсөвт тусгав.
    self: 70
    superior: 70
"""


@pytest.mark.office
@pytest.mark.skipif(not (pdf.office() and shutil.which("pdftotext")), reason="LibreOffice is not installed")
def test_a_narrative_of_several_pages_is_printed_to_its_last_word(planctl: Callable[..., Ran], project: Path) -> None:
    write(project, {"plans/council.2023.yaml": LONG})

    told = planctl("build", "--format", "docx", "--pdf", cwd=project)

    assert told.code == 0
    assert names(project / "build") == PDFS
    command = ["pdftotext", str(project / "build" / "council.2023.table.pdf"), "-"]
    printed = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    assert printed.count("\f") > 3
    assert "төгсгөлийнүг" in printed


@pytest.mark.office
@pytest.mark.skipif(not pdf.office(), reason="LibreOffice is not installed")
def test_libreoffice_goes_on_behind_a_document_that_it_cannot_read(
    planctl: Callable[..., Ran], project: Path, tmp_path: Path
) -> None:
    planctl("build", "--format", "docx", cwd=project)
    good = project / "build" / "council.2023.table.docx"
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04broken")

    first, second, third = pdf.converted([good, broken, good])

    assert isinstance(first, bytes)
    assert str(second) == f"{broken.as_posix()} was not made into a PDF{SPOKEN}"
    assert isinstance(third, bytes)
