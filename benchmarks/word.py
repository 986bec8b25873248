"""How long a Word sheet of many rows takes, next to docxtpl alone on the same template with the same values.

    python benchmarks/word.py [--rows 60 1000 10000] [--rounds 5] [--templates sheet resolutions/table]

docxtpl renders and saves; planctl also merges cells, fits columns, keeps rows on pages, numbers bookmarks and lists,
and looks whether every value is there. "plain" is planctl by way of one tree. Ratios are medians of ratios within
interleaved rounds; memory is what Python asked for at most, beside the sheet and the template; nothing is asserted.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import tracemalloc
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import plans
from docxtpl import DocxTemplate
from jinja2 import Environment
from timing import interleave

import planctl
from planctl.facts import RunFacts
from planctl.pipeline import load
from planctl.render import Template, word
from planctl.render.wordml.context import seen
from planctl.subjects import of_period

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.report.sheet import Sheet

TEMPLATES = Path(planctl.__file__).parent / "templates"
PLAIN_UP_TO_ROWS = 1000
PEER = "docxtpl"


def sheet_of(rows: int) -> Sheet:
    """Return the table of one plan with so many rows."""
    with tempfile.TemporaryDirectory() as folder:
        plans.write_project(Path(folder), documents=1, clauses=rows)
        project = load(Path(folder))
    (sheet,) = of_period(project.scorecards[0]).compose(project.portfolio, RunFacts(), ("table",))
    return sheet


def by_docxtpl(sheet: Sheet, template: Template) -> bytes:
    """Return the sheet as docxtpl alone fills it in."""
    document = DocxTemplate(BytesIO(template.content))
    document.render(dict(seen(sheet)), Environment(autoescape=True))
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def memory(way: Callable[[], object]) -> float:
    """Return the most megabytes that a way holds at a time."""
    way()
    tracemalloc.start()
    way()
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1024 / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[60, 1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--templates", nargs="+", default=["resolutions/table", "sheet"])
    options = parser.parse_args()
    last: dict[tuple[str, str], tuple[int, float]] = {}
    for rows in options.rows:
        sheet = sheet_of(rows)
        for name in options.templates:
            template = Template(name, (TEMPLATES / f"{name}.docx").read_bytes())
            ways: dict[str, Callable[[], object]] = {
                "planctl": partial(word.render, sheet, template),
                PEER: partial(by_docxtpl, sheet, template),
            }
            if rows <= PLAIN_UP_TO_ROWS:
                ways["plain"] = partial(word.plain, sheet, template)
            timings = interleave(ways, rounds=options.rounds)
            print(f"\n{name}, {rows:,} rows")
            for way, carried_out in ways.items():
                seconds = timings.median(way)
                grown = ""
                if (name, way) in last:
                    before, was = last[name, way]
                    grown = f"exponent {math.log(seconds / was) / math.log(rows / before):5.2f}"
                last[name, way] = rows, seconds
                ratio = timings.ratio(way, to=PEER)
                megabytes = memory(carried_out)
                print(
                    f"  {way:<8} {seconds * 1000:>10.1f} ms {ratio:>6.2f} x docxtpl {megabytes:>8.1f} MB  {grown}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
