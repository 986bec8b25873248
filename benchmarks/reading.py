"""How fast a file becomes a `Document`, next to the parser's bare event stream and ruamel's own loaders.

    python benchmarks/reading.py [--rows 100 5000] [--rounds 9] [--growth 1000 10000 100000]

Ratios are medians of ratios within interleaved rounds; nothing is asserted. "with places" is what `planctl read` does
without its checks; both run as `load` has them run, without the search for garbage.
"""

from __future__ import annotations

import argparse
import gc

import plans
from ruamel.yaml import YAML
from ruamel.yaml.cyaml import CParser
from ruamel.yaml.events import StreamEndEvent
from timing import interleave, timed

from planctl.garbage import collector_off
from planctl.source.document import Page, SourceText
from planctl.source.reader import _build_document, _Parsed, libyaml_events, parser_in_use, read

ROWS_IN_A_FILE = 100
ROUND_TRIP_UP_TO_ROWS = 500


def file_text(rows: int) -> str:
    """Return actuals of so many items: the longest kind of file."""
    return plans.actuals_yaml(0, plans.clauses_of(0, rows))


def exhaust_events(data: bytes) -> None:
    """Ask the C parser for every event and keep none: the floor for whatever is built on it."""
    get = CParser(data).get_event
    while get().__class__ is not StreamEndEvent:
        pass


def read_whole(source: SourceText) -> None:
    """Read a file as `load` does."""
    with collector_off():
        read(source)


def build_only(source: SourceText, data: bytes) -> None:
    """Make values with their places of a file, and look for nothing else in it."""
    with collector_off():
        _build_document(libyaml_events(data), _Parsed(Page(source.path, source.text)))


def compare(rows: int, rounds: int) -> None:
    text = file_text(rows)
    data, source = text.encode(), SourceText("plans/a.yaml", text)
    _document, findings = read(source)
    ways = {
        "C event stream": lambda: exhaust_events(data),
        "with places": lambda: build_only(source, data),
        "planctl read": lambda: read_whole(source),
        "ruamel safe": lambda: YAML(typ="safe").load(data),
    }
    if rows <= ROUND_TRIP_UP_TO_ROWS:
        ways["ruamel round trip"] = lambda: YAML(typ="rt").load(text)
    timings = interleave(ways, rounds=rounds)
    print(f"\n{rows:,} rows, {len(data):,} bytes, {len(findings)} findings")
    for name in ways:
        seconds = timings.median(name)
        ratio = timings.ratio(name, to="C event stream")
        print(f"  {name:<18} {seconds * 1000:>10.1f} ms {rows / seconds:>10,.0f} rows/s {ratio:>7.2f} x C events")


def show_growth(sizes: list[int]) -> None:
    print(f"\ngrowth, {ROWS_IN_A_FILE} rows a file")
    for rows in sizes:
        sources = [
            SourceText(f"plans/{number}.yaml", plans.actuals_yaml(number, plans.clauses_of(number, ROWS_IN_A_FILE)))
            for number in range(max(1, rows // ROWS_IN_A_FILE))
        ]
        gc.freeze()
        seconds = timed(lambda sources=sources: [read(source) for source in sources])
        gc.unfreeze()
        print(f"  {rows:>9,} rows {seconds:>8.2f} s {seconds / rows * 1e6:>8.1f} µs a row")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=[100, 5000])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--growth", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    options = parser.parse_args()
    print(f"parser: {parser_in_use()}")
    for rows in options.rows:
        compare(rows, options.rounds)
    show_growth(options.growth)


if __name__ == "__main__":
    main()
