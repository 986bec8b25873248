"""What a file with a fault in each of its rows takes to check, beside the same file without any.

python benchmarks/faults.py [--rows 1000] [--rounds 5] [--only NAME ...]

The first kinds lie in the actuals, those that begin with "plan:" in the plan; "several kinds" has another one in each
of five rows.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from functools import partial
from itertools import cycle
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
    "unknown-state": lambda text: text.replace("    self: ", "    state: clsed\n    self: "),
    "expected-text": lambda text: text.replace("    self: ", "    act: [no, act]\n    self: "),
    "not-a-date": lambda text: text.replace("    self: ", "    date: 25.12.2023\n    self: "),
    "evidence-kind": lambda text: text.replace("    self: ", "    evidence: [{title: a}]\n    self: "),
    "unknown-key": lambda text: text.replace("    self:", "    slf:"),
    "unknown-key without a value": lambda text: text.replace("    self:", "    qqq:\n    self:"),
    "duplicate-key": lambda text: re.sub(r"    (self: \d+)", r"    \1\n    \1", text),
    "unknown-item": lambda text: text.replace("  d0000-", "  e0000-"),
    "yaml-anchor": lambda text: text.replace("    self: ", "    self: &a "),
    "missing-space-after-colon": lambda text: text.replace("    self: ", "    self:"),
    "mixed-scripts": lambda text: re.sub(r"(progress: \|\n *)\S+", r"\1xүн", text),
}
PLAN_FAULTS: dict[str, Callable[[str], str]] = {
    "plan: impossible-date": lambda text: re.sub(r"deadline: \S+", "deadline: 2023-02-31", text),
    "plan: unknown-unit": lambda text: re.sub(r"units: \[\w+\]", "units: [nobody]", text),
    "plan: missing-key": lambda text: re.sub(r"            text: .*\n", "", text),
    "plan: duplicate-item": lambda text: re.sub(r"id: d0000-\d+", "id: d0000-00001", text),
}
MIXED = "several kinds"
OF_SEVERAL_KINDS = ("not-a-score", "score-not-in-rubric", "unknown-state", "unknown-key", "unknown-item")


def write_faulty(folder: Path, rows: int, name: str) -> Path:
    """Write a project of one plan with a fault in each row, and no other."""
    plans.write_project(folder, documents=1, clauses=rows)
    plan, actuals = (folder / "plans" / f"council-0000{ending}.yaml" for ending in ("", ".2023"))
    if name in PLAN_FAULTS:
        plan.write_text(PLAN_FAULTS[name](plan.read_text("utf-8")), encoding="utf-8")
    sound = re.sub(r"self: (\d+)\n    superior: \d+", r"self: \1\n    superior: \1", actuals.read_text("utf-8"))
    faulty = of_several_kinds(sound) if name == MIXED else FAULTS.get(name, FAULTS["clean"])(sound)
    actuals.write_text(faulty, encoding="utf-8")
    return folder


def of_several_kinds(text: str) -> str:
    """Return actuals with one of the kinds of faults in each row, in turn."""
    head, *rows = re.split(r"^(?=  d0000-)", text, flags=re.MULTILINE)
    return head + "".join(FAULTS[name](row) for name, row in zip(cycle(OF_SEVERAL_KINDS), rows, strict=False))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", default=[*FAULTS, MIXED, *PLAN_FAULTS])
    arguments = parser.parse_args()
    names = list(dict.fromkeys(["clean", *arguments.only]))
    with tempfile.TemporaryDirectory() as folder:
        roots = {name: write_faulty(Path(folder, str(at)), arguments.rows, name) for at, name in enumerate(names)}
        found = {name: len(load(root).findings) for name, root in roots.items()}
        timings = interleave({name: partial(load, root) for name, root in roots.items()}, rounds=arguments.rounds)
    for name, count in found.items():
        ratio = timings.ratio(name, to="clean")
        print(f"  {name:<28} {count:>6,} findings {timings.median(name) * 1000:>9.1f} ms {ratio:>6.2f} x clean")


if __name__ == "__main__":
    main()
