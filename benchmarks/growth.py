"""How time and memory of whole commands grow with the rows: check, score, and a build of each format.

    python benchmarks/growth.py [--sizes 1000 10000 100000] [--in-one] [--commands check score html xlsx docx]

Rows stand in documents of 1,000, or with --in-one all in one document. Each command is a process of its own; memory is
the kernel's figure for its peak (not on Windows). The exponent is that of time from one size to the next: 1 is linear.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import plans
from timing import as_installed

ROWS_IN_A_DOCUMENT = 1000
COMMANDS = {
    "check": ("check",),
    "score": ("score", "--format", "json"),
    "html": ("build", "--format", "html", "--out"),
    "xlsx": ("build", "--format", "xlsx", "--out"),
    "docx": ("build", "--format", "docx", "--out"),
}


def measured(command: str, root: Path, out: Path) -> tuple[float, float]:
    """Return the seconds and the peak in MB of one command; a failing one ends the benchmark."""
    arguments = [*COMMANDS[command], *([str(out)] if command in {"html", "xlsx", "docx"} else []), str(root)]
    start = time.perf_counter()
    line = [sys.executable, "-m", "planctl", *arguments]
    process = subprocess.Popen(line, env=as_installed(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"planctl {' '.join(arguments)} failed with {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--commands", nargs="+", choices=COMMANDS, default=list(COMMANDS))
    parser.add_argument("--in-one", action="store_true")
    arguments = parser.parse_args()
    last: dict[str, tuple[int, float]] = {}
    for rows in arguments.sizes:
        documents = 1 if arguments.in_one else max(1, rows // ROWS_IN_A_DOCUMENT)
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "project"
            root.mkdir()
            plans.write_project(root, documents=documents, clauses=rows // documents)
            for command in arguments.commands:
                seconds, peak = measured(command, root, Path(folder) / "out")
                grown = ""
                if command in last:
                    before, was = last[command]
                    grown = f"exponent {math.log(seconds / was) / math.log(rows / before):5.2f}"
                last[command] = rows, seconds
                print(f"{rows:>8,} rows  {command:<6} {seconds:8.2f} s {peak:8.0f} MB  {grown}", flush=True)


if __name__ == "__main__":
    main()
