"""What a file with a fault in each of its rows takes to check, beside the same file without any.

python benchmarks/faults.py [--rows 1000] [--rounds 5]
"""

from __future__ import annotations

import argparse
import re
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import plans
from timing import interleave

from planctl.pipeline import load

if TYPE_CHECKING:
    from collections.abc import Callable

FAULTS: dict[str, Callable[[str], str]] = {
    "clean": lambda text: text,
    "not-a-score": lambda text: text.replace("    self: ", "    self: x"),
    "score-not-in-rubric": lambda text: re.sub(r"superior: \d+", "superior: 77", text),
    "unknown-key": lambda text: text.replace("    self:", "    slf:"),
    "duplicate-key": lambda text: re.sub(r"    (self: \d+)", r"    \1\n    \1", text),
    "unknown-item": lambda text: text.replace("  d0000-", "  e0000-"),
    "yaml-anchor": lambda text: text.replace("    self: ", "    self: &a "),
    "missing-space-after-colon": lambda text: text.replace("    self: ", "    self:"),
    "mixed-scripts": lambda text: re.sub(r"(progress: \|\n *)\S+", r"\1xүн", text),
}


def write_faulty(folder: Path, rows: int, fault: Callable[[str], str]) -> Path:
    """Write a project of one plan whose actuals have a fault in each row, and no other."""
    plans.write_project(folder, documents=1, clauses=rows)
    actuals = folder / "plans" / "council-0000.2023.yaml"
    sound = re.sub(r"self: (\d+)\n    superior: \d+", r"self: \1\n    superior: \1", actuals.read_text("utf-8"))
    actuals.write_text(fault(sound), encoding="utf-8")
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        roots = {name: write_faulty(Path(folder, name), arguments.rows, fault) for name, fault in FAULTS.items()}
        found = {name: len(load(root).findings) for name, root in roots.items()}
        timings = interleave({name: partial(load, root) for name, root in roots.items()}, rounds=arguments.rounds)
    for name, count in found.items():
        ratio = timings.ratio(name, to="clean")
        print(f"  {name:<26} {count:>6,} findings {timings.median(name) * 1000:>9.1f} ms {ratio:>6.2f} x clean")


if __name__ == "__main__":
    main()
