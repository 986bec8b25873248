"""Memory of one process that loads small projects one after the other: it must not grow with their number.

    python benchmarks/memory.py [--rows 60] [--counts 30 300 3000] [--same]

Each count is a process of its own; its projects are all different, or the same one again and again (`--same`).
"""

from __future__ import annotations

import argparse
import gc
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import plans

from planctl.pipeline import load

MEGABYTE = 1 << 20
DIFFERENT = 3000
"""So many projects are written once and gone through in turn."""


def load_in_turn(folder: Path, count: int) -> None:
    """Load so many of the folder's projects, and tell the peak of memory and the objects that are left."""
    roots = sorted(folder.iterdir())
    for number in range(count):
        load(roots[number % len(roots)])
    gc.collect()
    print(f"{peak_bytes()} {len(gc.get_objects()) + gc.get_freeze_count()}")


def peak_bytes() -> int:
    """Return the most memory that this process has had."""
    import resource  # noqa: PLC0415  # not on Windows, where nobody measures

    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size if sys.platform == "darwin" else size * 1024


def write_projects(folder: Path, *, rows: int, count: int) -> None:
    """Write so many projects of one document, each with other texts."""
    for number in range(count):
        clauses = plans.clauses_of(number, rows)
        root = folder / f"{number:05d}"
        (root / "plans").mkdir(parents=True)
        (root / "planctl.yaml").write_text(plans.PROJECT, encoding="utf-8")
        (root / "plans" / "plan.yaml").write_text(plans.plan_yaml(number, clauses), encoding="utf-8")
        (root / "plans" / "plan.2023.yaml").write_text(plans.actuals_yaml(number, clauses), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=60)
    parser.add_argument("--counts", type=int, nargs="+", default=[30, 300, 3000])
    parser.add_argument("--same", action="store_true")
    parser.add_argument("--within", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.within:
        load_in_turn(arguments.within, *arguments.counts)
        return
    folder = Path(tempfile.mkdtemp())
    try:
        different = 1 if arguments.same else min(DIFFERENT, max(arguments.counts))
        write_projects(folder, rows=arguments.rows, count=different)
        for count in arguments.counts:
            command = [sys.executable, __file__, "--within", str(folder), "--counts", str(count)]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            peak, objects = map(int, told.split())
            print(f"  {count:>6,} projects of {arguments.rows} rows {peak / MEGABYTE:>8.1f} MB {objects:>10,} objects")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
