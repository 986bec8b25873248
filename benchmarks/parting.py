"""What parting a project costs next to reading it as YAML, and what memory loading in parcels takes.

    python benchmarks/parting.py [--documents 40] [--clauses 100] [--rounds 9] [--peaks 100 400]

Ratios are medians of ratios within interleaved rounds; nothing is asserted. `--peaks` loads projects of so many
documents as a whole and in parcels, each in a process of its own; the peak is the kernel's figure (not on Windows).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import plans
from timing import interleave, timed

from planctl.parcels.claims import claims_of
from planctl.parcels.parting import Parcel, parted, parted_for_good
from planctl.source.document import SourceText
from planctl.source.reader import parser_in_use, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.parcels.claims import Claims


def texts(documents: int, clauses: int) -> list[SourceText]:
    """Return plans and actuals as a project has them."""
    every: list[SourceText] = []
    for document in range(documents):
        items, stem = plans.clauses_of(document, clauses), f"plans/council-{document:04d}"
        every.append(SourceText(f"{stem}.yaml", plans.plan_yaml(document, items)))
        every.append(SourceText(f"{stem}.2023.yaml", plans.actuals_yaml(document, items)))
    return every


def compare(documents: int, clauses: int, rounds: int) -> None:
    sources = texts(documents, clauses)
    size = sum(len(source.text.encode()) for source in sources)
    claims = [claims_of(source.path, source.text) for source in sources]
    timings = interleave(
        {
            "reading as YAML": lambda: [read(source) for source in sources],
            "claims": lambda: [claims_of(source.path, source.text) for source in sources],
            "parting": lambda: parted(claims),
        },
        rounds=rounds,
    )
    print(f"parser: {parser_in_use()}; {len(sources)} files, {size:,} bytes, {len(parted(claims))} parcels")
    for name in timings.seconds:
        seconds, ratio = timings.median(name), timings.ratio(name, to="reading as YAML")
        print(
            f"  {name:<16} {seconds * 1000:>8.1f} ms {size / seconds / 1e6:>8,.0f} MB/s {ratio:>8.4f} x reading as YAML"
        )


# Loading


def load_whole(root: Path) -> None:
    from planctl.pipeline import load  # noqa: PLC0415  # measured in a process of its own

    load(root)


def load_in_parcels(root: Path) -> None:
    """Load parcel after parcel, forgetting each, with no text in memory but its own."""
    from planctl.parcels.outcome import borne_out  # noqa: PLC0415
    from planctl.parcels.tree import ParcelTree  # noqa: PLC0415
    from planctl.pipeline import load  # noqa: PLC0415

    def text(path: str) -> SourceText:
        return SourceText(path, (root / path).read_text("utf-8"))

    def turned_out(parcels: Sequence[Parcel]) -> Iterator[Claims]:
        for parcel in parcels:
            project = load(ParcelTree(root, (text("planctl.yaml"), *map(text, parcel.paths))))
            yield from borne_out([claims[path] for path in parcel.paths], project)

    paths = sorted(path.relative_to(root).as_posix() for path in root.glob("plans/*.yaml"))
    claims = {path: claims_of(path, text(path).text) for path in paths}
    parted_for_good(claims.values(), turned_out)


LOADING = {"whole": load_whole, "in parcels": load_in_parcels}


def show_peaks(documents: int, clauses: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plans.write_project(Path(folder), documents=documents, clauses=clauses)
        for way in LOADING:
            process = subprocess.Popen([sys.executable, __file__, "--load", way, folder])
            _pid, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            peak, seconds = usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime
            print(f"  {documents:>6,} documents {way:<12} {peak:>8,.0f} MB {seconds:>8.2f} s of processor time")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--clauses", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--peaks", type=int, nargs="*", default=[])
    parser.add_argument("--load", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.load:
        way, folder = options.load
        timed(lambda: LOADING[way](Path(folder)))
        return
    compare(options.documents, options.clauses, options.rounds)
    for documents in options.peaks:
        show_peaks(documents, options.clauses)


if __name__ == "__main__":
    main()
