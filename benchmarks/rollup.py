"""Many organisations brought together: cold, from what is kept, and with memory, beside reading their files alone.

    python rollup.py --organisations 33 --rounds 3
    python rollup.py --organisations 330 --rounds 1     # 3,300 documents, 198,000 rows

Prints ratios of processor time within rounds. "reading" reads every file with places and every check of the reader, in
one process. The others are whole processes: "totals from kept numbers" looks at every file, finds that only the list
has changed, and adds up the numbers that were kept; "nothing changed" writes again, as a table, what it wrote the last
time.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import plans
from timing import as_installed

DOCUMENTS, CLAUSES = 10, 60
"""Of each organisation, as counties have them."""

PROVINCES = 21
KEPT, UNCHANGED = "totals from kept numbers", "nothing changed"
DIFFERENT = 12
"""So many organisations are made; the others are copies of them with other names."""

READING = """
import sys
from pathlib import Path
from planctl.garbage import collector_off
from planctl.source.discover import Folder
from planctl.source.reader import read
for root in sys.argv[1:]:
    with collector_off():
        for source in Folder(Path(root)).sources()[0]:
            read(source)
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process took: seconds of processors, its children's included, and the most memory of any of them."""

    seconds: float
    megabytes: int


def written(folder: Path, organisations: int) -> Path:
    """Write so many organisations, no two of which have the same files, and the list of them."""
    lines = ["rollup: 1", "period: 2023", "organisations:"]
    for at in range(organisations):
        root = folder / f"o{at}"
        if at < DIFFERENT:
            plans.write_project(root, documents=DOCUMENTS, clauses=CLAUSES)
        else:
            shutil.copytree(folder / f"o{at % DIFFERENT}", root)
        with (root / "planctl.yaml").open("a", encoding="utf-8") as settings:
            settings.write(f"# {at}\n")
        lines.append(f"  - {{name: Сум {at}, province: Аймаг {at % PROVINCES}, path: o{at}}}")
    path = folder / "organisations.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def spent(*arguments: str, kept: Path) -> Spent:
    """Run Python with these arguments and return what it took."""
    environment = {**as_installed(), "PLANCTL_CACHE_DIR": str(kept)}
    process = subprocess.Popen([sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    if status:
        raise subprocess.CalledProcessError(status, process.args)
    return Spent(usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--organisations", type=int, default=33)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = written(folder, options.organisations)
        roots = [str(folder / f"o{at}") for at in range(options.organisations)]
        documents = options.organisations * DOCUMENTS
        print(f"{options.organisations} organisations, {documents:,} documents, {documents * CLAUSES:,} rows")
        rounds = [one_round(path, roots, folder / "kept") for _round in range(options.rounds)]
        for way in rounds[0]:
            ratio = statistics.median(one[way].seconds / one["reading"].seconds for one in rounds)
            megabytes = max(one[way].megabytes for one in rounds)
            print(f"{way:24} {ratio:6.3f} times reading, {megabytes} MB")
        for way in (KEPT, UNCHANGED):
            faster = statistics.median(one["cold, 1 process"].seconds / one[way].seconds for one in rounds)
            print(f"{way}: {faster:.0f} times faster than cold")


def one_round(path: Path, roots: list[str], kept: Path) -> dict[str, Spent]:
    """Run each way once."""
    command = ("-m", "planctl", "rollup", str(path))
    found: dict[str, Spent] = {}
    for jobs in ("1", "2"):
        shutil.rmtree(kept, ignore_errors=True)
        found[f"cold, {jobs} process{'es' if jobs == '2' else ''}"] = spent(*command, "--jobs", jobs, kept=kept)
    with path.open("a", encoding="utf-8") as listed:
        listed.write("# changed\n")
    found[KEPT] = spent(*command, kept=kept)
    found[UNCHANGED] = spent(*command, kept=kept)
    found["reading"] = spent("-c", READING, *roots, kept=kept)
    return found


if __name__ == "__main__":
    main()
