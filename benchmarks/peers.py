"""planctl beside neighbouring programs on the same items: whole processes in interleaved rounds, with growth exponents.

Seconds are of processor time, with that of all their own processes, so that others on the machine count for little.

    python benchmarks/peers.py --peers FOLDER [--sizes 100 1000 10000] [--rounds 3] [--without strictdoc sphinx-needs]

FOLDER holds a virtual environment for each of doorstop, strictdoc and sphinx-needs, under these names; those that are
not there are left out. docxtpl and openpyxl are driven by the two scripts below (`--script`), which read planctl's own
YAML with ruamel.yaml's safe loader, as an office's own script would, and write one table of seven columns.

The peers do other work beside ours (themes, search, traceability), and we do work that they don't (scores, checks of
texts, presence of every value): the ratio is that of the user's wait for a page of the same items.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import plans
from timing import as_installed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

HEADINGS = ("№", "Заалт", "Хариуцах нэгж", "Хугацаа", "Хэрэгжилт", "Өөрийн", "Дээд")


# The same items in the peers' own formats


def write_doorstop(folder: Path, clauses: Sequence[plans.Clause]) -> None:
    """Write one document of items, a file each, in a git repository, which doorstop asks for."""
    document = folder / "reqs"
    document.mkdir(parents=True)
    settings = "settings:\n  digits: 5\n  itemformat: yaml\n  prefix: REQ\n  sep: ''\n"
    (document / ".doorstop.yml").write_text(settings, "utf-8")
    for one in clauses:
        told = "".join(f"  {line}\n" for line in one.progress.split("\n"))
        (document / f"REQ{one.number:05d}.yml").write_text(
            f"active: true\nderived: false\nheader: |\n  {one.text}\nlevel: '1.{one.number}'\nlinks: []\n"
            f"normative: true\nref: ''\nreviewed: null\ntext: |\n{told}",
            "utf-8",
        )
    git = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "items"]):
        subprocess.run([*git, *arguments], check=True)


def write_strictdoc(folder: Path, clauses: Sequence[plans.Clause]) -> None:
    """Write one document of requirements."""
    folder.mkdir(parents=True)
    parts = ["[DOCUMENT]\nTITLE: Тогтоолын хэрэгжилт\n\n"]
    parts += [
        f"[REQUIREMENT]\nUID: {one.id}\nTITLE: {one.text}\nSTATEMENT: >>>\n{one.progress}\n<<<\n\n" for one in clauses
    ]
    (folder / "plan.sdoc").write_text("".join(parts), "utf-8")


def write_needs(folder: Path, clauses: Sequence[plans.Clause]) -> None:
    """Write a Sphinx project with one page of needs."""
    folder.mkdir(parents=True)
    (folder / "conf.py").write_text(
        "project = 'plan'\nextensions = ['sphinx_needs']\nhtml_theme = 'alabaster'\n"
        "needs_id_regex = '^[A-Za-z0-9_-]+'\n",
        "utf-8",
    )
    parts = ["Тогтоолын хэрэгжилт\n===================\n\n"]
    for one in clauses:
        told = "".join(f"   {line}\n\n" for line in one.progress.split("\n"))
        parts.append(f".. req:: {one.text}\n   :id: {one.id}\n\n{told}\n")
    (folder / "index.rst").write_text("".join(parts), "utf-8")


# An office's own scripts


def rows_of(project: Path) -> list[tuple[str, ...]]:
    """Read the plan and its actuals as a short script would."""
    from ruamel.yaml import YAML  # noqa: PLC0415  # each script pays for its own libraries only

    loader = YAML(typ="safe")
    plan = loader.load((project / "plans" / f"council-{0:04d}.yaml").read_text("utf-8"))
    told = loader.load((project / "plans" / f"council-{0:04d}.2023.yaml").read_text("utf-8"))["items"]
    every = (one for section in plan["sections"] for act in section["decisions"] for one in act["clauses"])
    return [
        (
            str(one["number"]),
            one["text"],
            one["units"][0],
            str(one["deadline"]),
            told[one["id"]]["progress"],
            str(told[one["id"]]["self"]),
            str(told[one["id"]]["superior"]),
        )
        for one in every
    ]


def script_docxtpl(project: Path, out: Path) -> None:
    """Fill a table of a Word template with docxtpl."""
    from docx import Document  # noqa: PLC0415
    from docxtpl import DocxTemplate  # noqa: PLC0415

    out.mkdir()
    document = Document()
    table = document.add_table(rows=4, cols=len(HEADINGS))
    table.style = "Table Grid"
    for at, heading in enumerate(HEADINGS):
        table.rows[0].cells[at].text = heading
        table.rows[2].cells[at].text = f"{{{{ row[{at}] }}}}"
    table.rows[1].cells[0].text = "{%tr for row in rows %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    document.save(str(out / "template.docx"))
    template = DocxTemplate(out / "template.docx")
    template.render({"rows": rows_of(project)}, autoescape=True)
    template.save(out / "table.docx")


def script_openpyxl(project: Path, out: Path) -> None:
    """Write a styled worksheet with openpyxl's write-only mode."""
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Alignment, Border, Side  # noqa: PLC0415

    out.mkdir()
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Хүснэгт")
    line = Side(style="thin")
    look = {"alignment": Alignment(wrap_text=True, vertical="top"), "border": Border(line, line, line, line)}
    for row in (HEADINGS, *rows_of(project)):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=text)
            cell.alignment, cell.border = look["alignment"], look["border"]
            cells.append(cell)
        sheet.append(cells)
    workbook.save(out / "table.xlsx")


SCRIPTS: Mapping[str, Callable[[Path, Path], None]] = {"docxtpl": script_docxtpl, "openpyxl": script_openpyxl}


# Measuring


@dataclass(frozen=True, slots=True)
class Case:
    """A command, the case of ours that it is held against, and what has to be gone before each of its runs."""

    name: str
    command: tuple[str, ...]
    ours: str
    cleared: tuple[Path, ...] = ()


@dataclass(slots=True)
class Measured:
    """Seconds of each round, and the largest peak in MB."""

    seconds: list[float] = field(default_factory=list)
    peak: float = 0.0


def cases(folder: Path, peers: Path | None, clauses: int) -> list[Case]:
    """Write the items for everybody, and return the commands."""
    items = plans.clauses_of(0, clauses)
    project, out = folder / "planctl", folder / "out"
    plans.write_project(project, documents=1, clauses=clauses)
    build = [sys.executable, "-m", "planctl", "build", str(project), "--sheets", "table", "--out", str(out)]
    found = [
        Case(name, (*build, "--format", name.removeprefix("planctl ")), name, (out,))
        for name in ("planctl html", "planctl docx", "planctl xlsx")
    ]
    found.append(Case("planctl check", (sys.executable, "-m", "planctl", "check", str(project)), "planctl check"))
    for name, ours in (("docxtpl", "planctl docx"), ("openpyxl", "planctl xlsx")):
        command = (sys.executable, __file__, "--script", name, str(project), str(out))
        found.append(Case(f"a script with {name}", command, ours, (out,)))
    found += [one for make in (_doorstop, _strictdoc, _needs) for one in make(folder, peers, items, out)]
    return found


def _doorstop(folder: Path, peers: Path | None, items: Sequence[plans.Clause], out: Path) -> list[Case]:
    if not (program := _program(peers, "doorstop", "doorstop")):
        return []
    root = folder / "doorstop"
    write_doorstop(root, items)
    return [
        Case("doorstop check", (program, "-j", str(root), "-q", "-F"), "planctl check"),
        Case("doorstop publish", (program, "-j", str(root), "publish", "all", str(out)), "planctl html", (out,)),
    ]


def _strictdoc(folder: Path, peers: Path | None, items: Sequence[plans.Clause], out: Path) -> list[Case]:
    if not (program := _program(peers, "strictdoc", "strictdoc")):
        return []
    root = folder / "strictdoc"
    write_strictdoc(root, items)
    command = (program, "export", str(root), "--formats=html", "--output-dir", str(out))
    return [Case("strictdoc export", command, "planctl html", (out, root / "output"))]


def _needs(folder: Path, peers: Path | None, items: Sequence[plans.Clause], out: Path) -> list[Case]:
    if not (program := _program(peers, "sphinx-needs", "sphinx-build")):
        return []
    root = folder / "needs"
    write_needs(root, items)
    return [
        Case(f"sphinx-needs {name}", (program, "-q", "-E", "-b", builder, str(root), str(out)), "planctl html", (out,))
        for name, builder in (("html", "html"), ("needs.json", "needs"))
    ]


def _program(peers: Path | None, environment: str, name: str) -> str | None:
    for folder in ("bin", "Scripts"):
        if peers and (found := shutil.which(name, path=str(peers / environment / folder))):
            return found
    return None


def run(case: Case, folder: Path) -> tuple[float, float]:
    """Return the seconds of processor time and the peak in MB of one run; a failing one ends the benchmark."""
    for path in case.cleared:
        shutil.rmtree(path, ignore_errors=True)
    environment = {**as_installed(), "PLANCTL_NO_CACHE": "1"}
    working = folder / "doorstop" if case.name.startswith("doorstop") else folder
    process = subprocess.Popen(
        case.command, cwd=working, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{case.name} failed with {process.returncode}: {' '.join(case.command)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measured(size: int, rounds: int, peers: Path | None, without: Sequence[str]) -> dict[str, Measured]:
    """Return what each command took; the first round, after which all files are in memory, does not count."""
    taken: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chosen = [one for one in cases(folder, peers, size) if not one.name.startswith(tuple(without))]
        taken = {one.name: Measured() for one in chosen}
        for number in range(rounds + 1):
            for one in chosen:
                seconds, peak = run(one, folder)
                if number:
                    taken[one.name].seconds.append(seconds)
                    taken[one.name].peak = max(taken[one.name].peak, peak)
    ours = {one.name: one.ours for one in chosen}
    print(f"\n{size:,} items{'':<18}{'seconds':>10}{'MB':>8}{'ours beside it':>18}")
    for name_, mine in taken.items():
        beside = zip(taken[ours[name_]].seconds, mine.seconds, strict=True)
        ratio = "" if ours[name_] == name_ else f"{median(a / b for a, b in beside):.3f}"
        print(f"  {name_:<24}{median(mine.seconds):>12.2f}{mine.peak:>8.0f}{ratio:>18}", flush=True)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without", nargs="*", default=[], help="beginnings of the names of commands to leave out")
    parser.add_argument("--script", nargs=3, metavar=("NAME", "PROJECT", "OUT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.script:
        name, project, out = options.script
        SCRIPTS[name](Path(project), Path(out))
        return
    measure = partial(measured, rounds=options.rounds, peers=options.peers, without=options.without)
    by_size = {size: measure(size) for size in options.sizes}
    for small, large in zip(options.sizes, options.sizes[1:], strict=False):
        print(f"\ngrowth exponent from {small:,} to {large:,} items")
        for name, mine in by_size[large].items():
            grown = median(mine.seconds) / median(by_size[small][name].seconds)
            print(f"  {name:<24}{math.log(grown) / math.log(large / small):>8.2f}")


if __name__ == "__main__":
    main()
