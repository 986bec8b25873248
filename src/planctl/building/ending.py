"""The end of a build: PDFs, what earlier builds left, the manifest, and the record. In: all that was taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.building.places import place_of
from planctl.building.reasons import PRINTED, UNCHANGED
from planctl.building.tidying import belonging, tidy, write_manifest
from planctl.garbage import collector_off
from planctl.output import pdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from planctl.building.built import Built
    from planctl.building.order import Order
    from planctl.building.record import Record
    from planctl.building.taking import Taking
    from planctl.output.manifest import Output
    from planctl.survey.survey import Surveyed


@collector_off()
def end(order: Order, taking: Taking, earlier: Sequence[Output], parcels: Sequence[Surveyed]) -> None:
    """Print what is wanted as PDF, tidy the folder, and write the manifest."""
    if order.choice.as_pdf:
        _print(taking.built, earlier, order.out)
    belongs = belonging([one.reading for one in parcels], taking.built.refused, taking.named, order.choice.sheets)
    tidy(earlier, belongs, out=order.out, built=taking.built)
    write_manifest(order.facts, out=order.out, built=taking.built)


@collector_off()
def left(taking: Taking, parcels: Sequence[Surveyed]) -> Record:
    """Return the record of what the next build can go on from."""
    paths = [*(one.path for one in taking.built.outputs), *taking.built.failed]
    alive = {part for one in parcels for part in one.reading.alive}
    return taking.record.trimmed(parts=alive, paths=paths, keys=[one.key for one in parcels])


def _print(built: Built, earlier: Iterable[Output], folder: Path) -> None:
    """Print the Word sheets as they now lie in the folder."""
    sheets = sorted(built.outputs, key=lambda one: place_of((one.document, one.period), one.sheet, one.format))
    printed = pdf.print_sheets(sheets, earlier, folder=folder)
    built.written.extend(printed.written)
    built.unchanged.extend(printed.unchanged)
    built.outputs.extend(printed.outputs)
    built.problems.extend(printed.problems)
    built.why.update(dict.fromkeys(printed.written, (PRINTED,)))
    built.why.update(dict.fromkeys(printed.unchanged, (UNCHANGED,)))
