"""How long it takes to find that nothing changed, as ratios within interleaved rounds: looking at files beside reading.

    python benchmarks/looking.py [--files 6600] [--rounds 7]

The floor is a bare `os.stat` of each file. Beside it the plain way: the SHA-256 of all contents.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import tempfile
import time
from pathlib import Path

from timing import interleave

from planctl.cache.stamps import Stamps, listing
from planctl.cache.store import Store
from planctl.source.evidence import is_project_file, project_files

BYTES = 100_000
FOLDERS = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--files", type=int, default=6600)
    parser.add_argument("--rounds", type=int, default=7)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root, store = Path(folder, "project"), Store(Path(folder, "kept"))
        paths = [f"plans/{number % FOLDERS}/plan-{number}.yaml" for number in range(wanted.files)]
        for number in range(FOLDERS):
            (root / f"plans/{number}").mkdir(parents=True)
        for path in paths:
            (root / path).write_bytes(os.urandom(BYTES))
        time.sleep(1)  # so that no file is young any more
        first = Stamps(root, store)
        first.digests(paths)
        first.save()
        now = time.time_ns()
        timings = interleave(
            {
                "stat": lambda: [os.stat(f"{root}/{path}") for path in paths],  # noqa: PTH116
                "listing": lambda: listing([str(root)], as_of=now),
                "stamps": lambda: Stamps(root, store).digests(paths),
                "sha256": lambda: [hashlib.sha256((root / path).read_bytes()).digest() for path in paths],
                "evidence": lambda: project_files(root, paths),
                "evidence, each alone": lambda: [is_project_file(root, path) for path in paths],
            },
            rounds=wanted.rounds,
        )
    print(f"{wanted.files} files of {BYTES} bytes, of which nothing changed")
    for name in timings.seconds:
        milliseconds, ratio = timings.median(name) * 1000, timings.ratio(name, to="stat")
        print(f"  {name:<21} {milliseconds:>8.1f} ms {ratio:>6.2f} x a stat of each")


if __name__ == "__main__":
    main()
