"""How many rows a second and a core `check` takes, every finding on, next to reading and to the parser's bare events.

    python benchmarks/checking.py [--rows 10000] [--rounds 5]

A row is one clause with its entry in the actuals; the process is one, so a second is a second of one core.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
from pathlib import Path

import plans
from reading import exhaust_events
from timing import interleave

from planctl.garbage import collector_off, set_aside
from planctl.pipeline import load
from planctl.source.discover import discover
from planctl.source.reader import read

CLAUSES_IN_A_DOCUMENT = 100


def events_only(root: Path) -> None:
    """Ask the C parser for the events of every file, and keep none."""
    sources, _findings = discover(root)
    for source in sources:
        exhaust_events(source.text.encode())


def read_only(root: Path) -> None:
    """Read every file of the project and do nothing with it."""
    sources, _findings = discover(root)
    with collector_off():
        for source in sources:
            read(source)


def check(root: Path) -> None:
    """Check as a process does that has not checked anything before: what the last round set aside is let go."""
    gc.unfreeze()
    set_aside.cache_clear()
    load(root)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        size = plans.write_project(
            root, documents=arguments.rows // CLAUSES_IN_A_DOCUMENT, clauses=CLAUSES_IN_A_DOCUMENT
        )
        timings = interleave(
            {
                "C events": lambda: events_only(root),
                "reading": lambda: read_only(root),
                "check": lambda: check(root),
            },
            rounds=arguments.rounds,
        )
    print(f"{arguments.rows:,} rows, {size / 1e6:.1f} MB")
    for name in timings.seconds:
        seconds = timings.median(name)
        ratio = timings.ratio(name, to="C events")
        print(f"  {name:<8} {seconds:6.2f} s {arguments.rows / seconds:>8,.0f} rows/s {ratio:6.2f} x C events")


if __name__ == "__main__":
    main()
