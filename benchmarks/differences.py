"""What comparing two states costs beside checking both, and how it grows with the rows.

    python benchmarks/differences.py [--sizes 1000 10000 100000] [--rounds 3] [--in-one]

In the later state every tenth score is another, every twentieth clause is reworded and every hundredth renamed, so that
each file has to be looked at. The exponent is that of time from one size to the next: 1 is linear.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from pathlib import Path

import plans
from timing import interleave

from planctl.changes.compare import compare
from planctl.changes.effects import effects
from planctl.garbage import collector_off
from planctl.pipeline import load

ROWS_IN_A_DOCUMENT = 1000
SCORED, REWORDED, RENAMED = 10, 20, 100


def changed(folder: Path) -> None:
    """Change the plans and reports of a project as a year of work would."""
    for path in sorted((folder / "plans").iterdir()):
        lines = path.read_text("utf-8").split("\n")
        rows = 0
        for at, line in enumerate(lines):
            rows += line.startswith(("          - id:", "    progress:"))
            if line.startswith("    self:") and rows % SCORED == 0:
                lines[at] = "    self: 50"
            elif line.startswith("            text:") and rows % REWORDED == 0:
                lines[at] += " хийж гүйцэтгэх"
            elif line.startswith(("          - id:", "  d")) and line.removesuffix(":").endswith("01"):
                lines[at] = f"{line[:-1]}x:" if line.endswith(":") else f"{line}x"
        path.write_text("\n".join(lines), "utf-8", newline="\n")


def check_both(before: Path, after: Path) -> None:
    load(before)
    load(after)


def diff(before: Path, after: Path) -> None:
    one, other = load(before), load(after)
    with collector_off():
        effects(one, other, compare(one, other))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--in-one", action="store_true")
    arguments = parser.parse_args()
    last: tuple[int, float] | None = None
    for rows in arguments.sizes:
        documents = 1 if arguments.in_one else max(1, rows // ROWS_IN_A_DOCUMENT)
        with tempfile.TemporaryDirectory() as folder:
            before, after = Path(folder) / "before", Path(folder) / "after"
            for state in (before, after):
                plans.write_project(state, documents=documents, clauses=rows // documents)
            changed(after)
            ways = {"check": lambda: check_both(before, after), "diff": lambda: diff(before, after)}  # noqa: B023  # run at once
            timings = interleave(ways, rounds=arguments.rounds)
        seconds, ratio = timings.median("diff"), timings.ratio("diff", to="check")
        grown = f"  exponent {math.log(seconds / last[1]) / math.log(rows / last[0]):5.2f}" if last else ""
        last = rows, seconds
        print(f"{rows:>8,} rows  diff {seconds:8.2f} s  {ratio:5.2f} x check of both{grown}", flush=True)


if __name__ == "__main__":
    main()
