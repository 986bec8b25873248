"""How fast the files of a project are parted, next to reading them as YAML.

    python benchmarks/parting.py [--documents 40] [--clauses 100] [--rounds 9]

Ratios are medians of ratios within interleaved rounds; nothing is asserted.
"""

from __future__ import annotations

import argparse

import plans
from timing import interleave

from planctl.parcels.claims import claims_of
from planctl.parcels.parting import parted
from planctl.source.document import SourceText
from planctl.source.reader import parser_in_use, read


def texts(documents: int, clauses: int) -> list[SourceText]:
    """Return plans and actuals as a project has them."""
    every: list[SourceText] = []
    for document in range(documents):
        items, stem = plans.clauses_of(document, clauses), f"plans/council-{document:04d}"
        every.append(SourceText(f"{stem}.yaml", plans.plan_yaml(document, items)))
        every.append(SourceText(f"{stem}.2023.yaml", plans.actuals_yaml(document, items)))
    return every


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--clauses", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    sources = texts(options.documents, options.clauses)
    size = sum(len(source.text.encode()) for source in sources)
    claims = [claims_of(source.path, source.text) for source in sources]
    timings = interleave(
        {
            "reading as YAML": lambda: [read(source) for source in sources],
            "claims": lambda: [claims_of(source.path, source.text) for source in sources],
            "parting": lambda: parted(claims),
        },
        rounds=options.rounds,
    )
    print(f"parser: {parser_in_use()}; {len(sources)} files, {size:,} bytes, {len(parted(claims))} parcels")
    for name in timings.seconds:
        seconds, ratio = timings.median(name), timings.ratio(name, to="reading as YAML")
        print(
            f"  {name:<18} {seconds * 1000:>8.1f} ms {size / seconds / 1e6:>8,.0f} MB/s {ratio:>8.4f} x reading as YAML"
        )


if __name__ == "__main__":
    main()
