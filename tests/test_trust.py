"""The same plans give the same bytes, on every machine and at every time, and all formats say the same."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from openpyxl import load_workbook

from running import GOVERNOR, OFFICE, surroundings, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

ACTUALS = OFFICE["plans/council.2023.yaml"]
UNITS = """\
  records: {name: Архив}
  finance: {name: Санхүү, other_names: [Сангийн алба]}
"""
RICH: Mapping[str, str] = {
    "planctl.yaml": OFFICE["planctl.yaml"] + UNITS,
    "plans/council.yaml": OFFICE["plans/council.yaml"].replace("[legal]", "[records, finance, legal]", 1),
    "plans/council.2023.yaml": ACTUALS.replace(
        "    superior: 90\n", "    superior: 90\n    extra:\n      Дарга: Б.Болд\n      Тоо: '5'\n      Огноо: 2023\n"
    ),
    "plans/half.yaml": ACTUALS.replace("period: 2023", "period: 2023-H1").replace("self: 70", "self: 50"),
}
"""Several units and fields of the office's own, so that an order that is left to chance would show."""

CLOCK = """
import time
import datetime
shift = {shift}
real = time.time
time.time = lambda: real() + shift
time.localtime = lambda at=None, local=time.localtime: local(real() + shift if at is None else at)
time.gmtime = lambda at=None, gmt=time.gmtime: gmt(real() + shift if at is None else at)
class Date(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(real() + shift)
class DateTime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(real() + shift, tz)
    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(real() + shift, datetime.timezone.utc).replace(tzinfo=None)
datetime.date, datetime.datetime = Date, DateTime
"""
"""Put where Python runs it at the start, this shifts every clock that a program asks."""


def built(project: Path, *arguments: str, cwd: Path, **changes: str | None) -> dict[str, bytes]:
    """Build the project anew and return the outputs."""
    shutil.rmtree(project / "build", ignore_errors=True)
    told = subprocess.run(
        [sys.executable, "-m", "planctl", "build", *arguments],
        cwd=cwd,
        env=surroundings(**changes),
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert told.returncode == 0, told.stderr.decode()
    return outputs(project)


def outputs(project: Path) -> dict[str, bytes]:
    """Return all that was built but the manifest, which alone may tell of the surroundings."""
    return {path.name: path.read_bytes() for path in (project / "build").iterdir() if path.name != "manifest.json"}


def test_the_bytes_depend_on_nothing_around_them(tmp_path: Path) -> None:
    here = write(tmp_path / "one", OFFICE, GOVERNOR, RICH)
    there = write(tmp_path / "өөр газар" / "another, much deeper" / "two", OFFICE, GOVERNOR, RICH)
    for at, path in enumerate(sorted(there.rglob("*"), reverse=True)):
        os.utime(path, (at * 1000, at * 1000))
    away = tmp_path / "away"
    # A start-up module of Python's own kind, which is how another clock gets into a whole program.
    write(away, {"sitecustomize.py": CLOCK.format(shift=86_400 * 4000)})
    subprocess.run(["git", "init", "--quiet"], cwd=there, check=True)

    first = built(here, cwd=here, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C", USER="one", LOGNAME="one", COLUMNS="80")
    second = built(
        there,
        str(there),
        cwd=away,
        PYTHONHASHSEED="4711",
        TZ="Asia/Ulaanbaatar",
        LC_ALL="mn_MN.UTF-8",
        LANG="mn_MN.UTF-8",
        PLANCTL_LANG="mn",
        USER="Хоёр",
        LOGNAME="Хоёр",
        COLUMNS="200",
        PYTHONPATH=str(away),
        SOURCE_DATE_EPOCH="1",
    )

    assert len(first) == 3 * 9
    assert {name for name, content in first.items() if second[name] != content} == set()
    assert set(first) == set(second)


def test_the_shifted_clock_of_these_tests_is_really_shifted(tmp_path: Path) -> None:
    write(tmp_path, {"sitecustomize.py": CLOCK.format(shift=86_400 * 4000)})
    code = "import datetime, time; print(datetime.date.today().year - 2000, time.gmtime().tm_year - 2000)"

    def years(**changes: str) -> list[int]:
        told = subprocess.run(
            [sys.executable, "-c", code], env=surroundings(**changes), capture_output=True, check=True
        )
        return [int(year) for year in told.stdout.split()]

    assert min(years(PYTHONPATH=str(tmp_path))) >= max(years()) + 10


def test_a_checkout_with_crlf_and_byte_order_marks_gives_the_same_bytes(tmp_path: Path) -> None:
    unix = write(tmp_path / "unix", OFFICE, GOVERNOR, RICH)
    windows = tmp_path / "windows"
    for path in (path for path in unix.rglob("*") if path.is_file()):
        marked = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
        write(windows, {path.relative_to(unix).as_posix(): marked})

    one, two = built(unix, cwd=unix), built(windows, cwd=windows)

    assert one == two
    manifests = [(project / "build" / "manifest.json").read_bytes() for project in (unix, windows)]
    assert manifests[0] == manifests[1]


def test_a_template_of_html_with_crlf_says_the_same(tmp_path: Path) -> None:
    project = write(tmp_path, OFFICE)
    subprocess.run([sys.executable, "-m", "planctl", "template", "copy", "sheet.html"], cwd=project, check=True)
    write(project, {"planctl.yaml": OFFICE["planctl.yaml"] + "templates:\n  sheet.html: templates/sheet.html\n"})
    one = built(project, "--format", "html", cwd=project)
    template = project / "templates" / "sheet.html"
    template.write_bytes(template.read_bytes().replace(b"\n", b"\r\n"))

    two = built(project, "--format", "html", cwd=project)

    assert {name: content.replace(b"\r\n", b"\n") for name, content in two.items()} == one


def test_as_of_changes_the_line_of_the_date_and_nothing_else(tmp_path: Path) -> None:
    project = write(tmp_path, OFFICE)
    own = built(project, cwd=project)

    other = built(project, "--as-of", "2024-01-09", cwd=project)

    assert set(own) == set(other)
    for name, content in own.items():
        before, after = (TEXT_OF[name.rsplit(".", 1)[1]](bytes_) for bytes_ in (content, other[name]))
        assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [
            (old, old.replace("2023 оны 12 дугаар сарын 25", "2024 оны 01 дүгээр сарын 09"))
            for old in before
            if "2023 оны 12 дугаар сарын 25" in old
        ]
        assert any("2024 оны 01 дүгээр сарын 09" in line for line in after)


# What the formats say

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_lines(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    paragraphs = (("".join(part.text or "" for part in one.iter(f"{WORD}t"))) for one in body.iter(f"{WORD}p"))
    return [text for text in paragraphs if text]


def excel_lines(content: bytes) -> list[str]:
    book = load_workbook(io.BytesIO(content), data_only=True)
    return [
        str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def handle_data(self, data: str) -> None:
        if data.strip() and self.lasttag != "style":
            self.lines.append(" ".join(data.split()))


def html_lines(content: bytes) -> list[str]:
    parser = _Lines()
    parser.feed(content.decode())
    return parser.lines


TEXT_OF: Mapping[str, Callable[[bytes], list[str]]] = {"docx": word_lines, "xlsx": excel_lines, "html": html_lines}

TOTALS = {
    "self": ("2", ["100", "1", "90", "0", "70", "1", "50", "0", "30", "0", "0", "0"], "85,0"),
    "superior": ("2", ["100", "1", "90", "1", "70", "0", "50", "0", "30", "0", "0", "0"], "95,0"),
}
CLOSING = "2023 оны жилийн эцсийн Аймгийн ИТХ-ын тогтоолын хэрэгжилтийн товчоо {} хувьтай байна."


def totals(lines: list[str], kind: str) -> tuple[str, list[str], str]:
    """Return the total, each level with its count, and the closing sentence of a summary."""
    begin = lines.index("Үүнээс")
    end = next(at for at, line in enumerate(lines) if line.endswith("хувьтай байна."))
    numbers = [line for line in lines[begin:end] if re.fullmatch(r"[0-9.]+%?|-", line)]
    levels = [_points(level, kind) for level in numbers[::2]]
    counts = [count.replace("-", "0") for count in numbers[1::2]]
    return lines[begin - 1], [text for pair in zip(levels, counts, strict=True) for text in pair], lines[end]


def _points(level: str, kind: str) -> str:
    """Return the level in percentage points: Excel keeps it as a part of one."""
    return f"{float(level) * 100:g}" if kind == "xlsx" else level.removesuffix("%")


@pytest.mark.parametrize("evaluation", TOTALS)
def test_all_formats_of_a_build_state_the_same_totals(tmp_path: Path, evaluation: str) -> None:
    project = write(tmp_path, OFFICE)
    files = built(project, cwd=project)

    total, levels, mean = TOTALS[evaluation]
    for kind, lines in TEXT_OF.items():
        said = totals(lines(files[f"council.2023.summary-{evaluation}.{kind}"]), kind)
        assert (kind, *said) == (kind, total, levels, CLOSING.format(mean))


def test_every_score_and_narrative_stands_in_every_format(tmp_path: Path) -> None:
    project = write(tmp_path, OFFICE)
    files = built(project, cwd=project)

    for kind, lines in TEXT_OF.items():
        shown = " ".join(lines(files[f"council.2023.table.{kind}"]))
        for text in ("Цэвэрлэгээ 5 удаа", "Төсөвт тусгав.", "Хяналтын дүнгээр.", "2021_131", "Залаа"):
            assert text in shown, (kind, text)
        # The signatures stand in capitals where a format has no style for them.
        assert "Б.БОЛД" in shown.upper(), kind
        assert "баталсугай" not in shown, kind
