"""What a check by parcels costs: the first one, with nothing changed and one document changed, next to one at once.

    python benchmarks/checking_parcels.py [--documents 330] [--clauses 60] [--rounds 5]

Times are of whole processes, in seconds of processor, those of their children too, beside seconds on the clock, which
say little on a machine that others use too; the ratios are medians within interleaved rounds. That nothing changed is
measured with other options each time, as the very same question is answered from what was written before.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import plans
from timing import as_installed

if TYPE_CHECKING:
    from collections.abc import Callable

RUN = "import sys; from planctl.cli import parcels; parcels.FEWEST_FILES = {fewest}; from planctl.__main__ import main"
AT_ONCE, BY_PARCELS = 10**9, 0


@dataclass(frozen=True, slots=True)
class Office:
    """A project on the disk, with a folder for what is kept between checks."""

    root: Path
    kept: Path
    numbers: count[int]

    def check(self, fewest: int, *options: str) -> None:
        """Check in a process of its own."""
        code = f"{RUN.format(fewest=fewest)}; sys.exit(main())"
        number = next(self.numbers)
        # A question that nobody has asked before: planctl answers the same one without looking.
        command = [sys.executable, "-c", code, "check", "--format", "json", *options, *(["--strict"] * (number + 1))]
        environment = {**as_installed(), "PLANCTL_CACHE_DIR": str(self.kept)}
        told = subprocess.run(command, cwd=self.root, env=environment, capture_output=True, check=False)
        if told.returncode not in {0, 1}:
            sys.exit(told.stderr.decode())

    def first(self, fewest: int, *options: str) -> None:
        """Check with nothing known."""
        shutil.rmtree(self.kept, ignore_errors=True)
        self.check(fewest, *options)

    def after_a_change(self) -> None:
        """Check after a change of one narrative."""
        path = self.root / "plans/council-0000.2023.yaml"
        text = path.read_text(encoding="utf-8")
        changed = text.replace("progress: |\n      ", f"progress: |\n      {next(self.numbers)}. ", 1)
        path.write_text(changed, encoding="utf-8", newline="\n")
        self.check(BY_PARCELS)


def seconds(way: Callable[[], None]) -> tuple[float, float]:
    """Return the seconds of processor that the processes took which a way began, and those on the clock."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    way()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--documents", type=int, default=330)
    parser.add_argument("--clauses", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder) / "project", Path(folder) / "kept", count())
        size = plans.write_project(office.root, documents=asked.documents, clauses=asked.clauses)
        ways: dict[str, Callable[[], None]] = {
            "at once": lambda: office.first(AT_ONCE),
            "parcels, 2 processes": lambda: office.first(BY_PARCELS, "--jobs", "2"),
            "parcels, 1 process": lambda: office.first(BY_PARCELS, "--jobs", "1"),
            "nothing changed": lambda: office.check(BY_PARCELS),
            "one document changed": office.after_a_change,
        }
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for _round in range(asked.rounds):
            for name, way in ways.items():
                taken[name].append(seconds(way))
    print(f"{asked.documents:,} documents of {asked.clauses} rows, {size / 1e6:.0f} MB")
    for name, each in taken.items():
        processor, clock = (statistics.median(pair[at] for pair in each) for at in (0, 1))
        ratios = [
            statistics.median(mine[at] / other[at] for mine, other in zip(each, taken["at once"], strict=True))
            for at in (0, 1)
        ]
        print(
            f"  {name:<22} {processor:7.2f} s of processor {ratios[0]:6.3f} x"
            f"   {clock:7.2f} s waited {ratios[1]:6.3f} x"
        )


if __name__ == "__main__":
    main()
