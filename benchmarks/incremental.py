"""What a build costs of which nothing, one document or one template has changed, next to a build of everything.

    python benchmarks/incremental.py [--documents 3300] [--clauses 60] [--rounds 5] [--format html]
        [--sheets NAMES] [--jobs N]

The project is a made-up one of so many plans, each with its actuals. Times are of whole processes, in seconds of
processor, those of their children too; ratios are medians within interleaved rounds.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import plans
from timing import as_installed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SOUND = """severities:
  unexplained-difference: "off"
templates:
  summary.html: forms/summary.html
"""
"""The made-up evaluations differ at random, which would be told of a hundred thousand times."""


class Office:
    """A project on the disk, and planctl run in it."""

    def __init__(self, folder: Path, options: Sequence[str]) -> None:
        self.root = folder / "project"
        self._options = options
        self._environment = {**as_installed(), "PLANCTL_CACHE_DIR": str(folder / "kept")}
        self._numbers = count()
        self.has_templates = "html" in options[1]

    def write(self, documents: int, clauses: int) -> int:
        """Write the project and return its bytes."""
        from planctl.output.template_store import shipped_content  # noqa: PLC0415  # measured apart

        written = plans.write_project(self.root, documents=documents, clauses=clauses)
        (self.root / "planctl.yaml").write_text(plans.PROJECT + SOUND, encoding="utf-8")
        (self.root / "forms").mkdir(exist_ok=True)
        (self.root / "forms/summary.html").write_bytes(shipped_content("sheet.html"))
        return written

    def build(self) -> None:
        """Build, in a process of its own."""
        command = [sys.executable, "-m", "planctl", "build", *self._options]
        subprocess.run(command, cwd=self.root, env=self._environment, capture_output=True, check=True)

    def change_a_document(self) -> None:
        """Change one narrative, as an officer does."""
        self._change(self.root / "plans/council-0000.2023.yaml", "progress: |\n      ", "progress: |\n      {number}. ")

    def change_a_template(self) -> None:
        """Change the template of the summaries in one format."""
        self._change(self.root / "forms/summary.html", "</body>", "<!-- {number} --></body>")

    def _change(self, path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(old, new.format(number=next(self._numbers)), 1), encoding="utf-8", newline="\n")


def python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def processor_seconds(way: Callable[[], None]) -> float:
    """Return the seconds of processor that the processes took which a way began."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    way()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=3300)
    parser.add_argument("--clauses", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--format", default="html")
    parser.add_argument("--sheets", default="", help="`all` for those over all plans too")
    parser.add_argument("--jobs", default="")
    asked = parser.parse_args()
    more = {"--sheets": asked.sheets, "--jobs": asked.jobs}
    options = ["--format", asked.format, *(part for pair in more.items() if pair[1] for part in pair)]
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder), options)
        size = office.write(asked.documents, asked.clauses)
        start = time.perf_counter()
        cold = processor_seconds(office.build)
        wall = time.perf_counter() - start
        files = sum(1 for _path in (office.root / "build").iterdir())
        print(f"{asked.documents:,} documents, {size / 1e6:.0f} MB, {files:,} files built ({asked.format})")
        print(f"  {'everything':<22} {cold:8.2f} s of processor, {wall:.2f} s on the clock")
        measure(office, cold, asked.rounds)


def measure(office: Office, cold: float, rounds: int) -> None:
    """Print what builds cost that go on from an earlier one."""

    def after(change: Callable[[], None]) -> float:
        change()
        return processor_seconds(office.build)

    of_templates = {"one template": lambda: after(office.change_a_template)} if office.has_templates else {}
    ways: dict[str, Callable[[], float]] = {
        "python -c pass": lambda: processor_seconds(lambda: python("pass")),
        "import typer": lambda: processor_seconds(lambda: python("import typer")),
        "nothing changed": lambda: processor_seconds(office.build),
        "one document": lambda: after(office.change_a_document),
        **of_templates,
    }
    office.build()
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _round in range(rounds):
        for name, way in ways.items():
            seconds[name].append(way())
        office.build()
    for name in ways:
        passes = statistics.median(
            mine / none for mine, none in zip(seconds[name], seconds["python -c pass"], strict=True)
        )
        median = statistics.median(seconds[name])
        print(f"  {name:<22} {median:8.3f} s {passes:8.1f} x python -c pass {median / cold:8.4f} x everything")


if __name__ == "__main__":
    main()
