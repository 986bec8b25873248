"""What somebody changed in the sheet of records of a workbook that planctl built.

In: the workbook and the records that the plan gives now. Out: edits. The headings are planctl's own, and each row has
the address of its item.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from planctl.authoring.drafted import ITEMS
from planctl.authoring.merging import same
from planctl.authoring.pairing import Pairs, changed_cells
from planctl.authoring.patching import Remove, Set
from planctl.authoring.updating import updated
from planctl.authoring.updating.edits import Edit, Listed
from planctl.authoring.updating.sides import Held, side
from planctl.forms.actuals import STATE_LABELS
from planctl.forms.drafts import DRAFTS
from planctl.forms.paper import Line, Paper, PaperTable, Written
from planctl.importer.headings import ADDRESS
from planctl.importer.office_file import Table
from planctl.importer.values import worded
from planctl.report.as_paper import records_as_lines
from planctl.source.document import value_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.importer.office_file import Block, OfficeFile
    from planctl.report.sheet import Records

_HEADING = "Хаяг"
_TOLD_ONLY = frozenset({"evidence"})
"""Cells that say less than the file does: a change there is told."""
_COUNTED = frozenset({ADDRESS, "section", "deadline", "achievement", "number", "clause_number", "decision_number"})
_OWN = "extra:"


def is_of_records(block: Block) -> bool:
    """Tell whether a block is planctl's own sheet of records."""
    if not isinstance(block, Table) or not block.rows or not block.rows[0].cells:
        return False
    return block.rows[0].cells[0].text.strip() == _HEADING


def records_edits(file: OfficeFile, records: Records, held: Held) -> tuple[tuple[Edit, ...], tuple[Listed, ...]]:
    """Return what the sheet of records of a file says otherwise than the records that there are now."""
    sheet = next((block for block in file.tables if is_of_records(block)), None)
    compose, own = DRAFTS.get(held.plan.form.name), records_as_lines(records)
    if sheet is None or compose is None or held.actuals is None:
        return (), ()
    keys = {" ".join(column.heading.split()): column.key for column in reversed(records.columns)}
    rows = {line.address: line for line in _lines(sheet, keys)}
    columns = frozenset(keys[text] for cell in sheet.rows[0].cells if (text := cell.text.strip()) in keys)
    listed = [Listed("unknown", address, place=line.place) for address, line in rows.items() if address not in own]
    changed = {
        address: found
        for address, line in rows.items()
        if address in own and (found := changed_cells(line, own[address], columns) - _COUNTED)
    }
    if not changed:
        return (), tuple(listed)
    edits = [edit for address in changed for edit in _states(rows[address], changed[address], held)]
    for address, found in changed.items():
        for key in found & _TOLD_ONLY:
            ours, theirs = (str(one.cells.get(key, "")) for one in (own[address], rows[address]))
            listed.append(Listed("elsewhere", address, key, ours, theirs, rows[address].place))
    shown = columns - _COUNTED - _TOLD_ONLY - {"state"}
    new, old = (_paper([which[address] for address in changed], shown, held) for which in (rows, own))
    pairs = Pairs({at: at for at in range(len(changed))})
    outcome = updated(side(new, compose(new)), side(old, compose(old)), pairs, held, only_items=True)
    return (*edits, *outcome.edits), (*listed, *outcome.listed)


def _lines(sheet: Table, keys: Mapping[str, str]) -> Iterator[Line]:
    at = {cell.column: keys[text] for cell in sheet.rows[0].cells if (text := cell.text.strip()) in keys}
    for number, row in enumerate(sheet.rows[1:]):
        cells = {
            at[cell.column]: Written(worded(cell, at[cell.column]), cell.place)
            for cell in row.cells
            if cell.column in at and cell.text.strip()
        }
        if address := cells.get(ADDRESS):
            yield Line(cells, address.place, number, address=address.text.strip())


def _paper(lines: list[Line], shown: frozenset[str], held: Held) -> Paper:
    """Return records as a paper: each under the table of its form, with the columns that are compared."""
    tables: dict[int, list[Line]] = {}
    layout_of = {item.id: band.table for band in held.plan.bands for item in getattr(band, "items", ())}
    for line in lines:
        cells = {key: one for key, one in line.cells.items() if key in shown and not key.startswith(_OWN)}
        extra = {key.removeprefix(_OWN): one for key, one in line.cells.items() if key.startswith(_OWN)}
        layout = layout_of.get(line.address.partition("#")[2], 0)
        tables.setdefault(layout, []).append(replace(line, cells=cells, extra=extra))
    period = Written(str(held.actuals.period)) if held.actuals else None
    return Paper(
        held.plan.form.name,
        "report",
        tuple(PaperTable(layout, tuple(found), columns=tuple(shown)) for layout, found in sorted(tables.items())),
        period=period,
        year=Written(period.text[:4]) if period else None,
    )


def _states(new: Line, changed: frozenset[str], held: Held) -> Iterator[Edit]:
    """Yield the change of an item's state: the sheet says it in words."""
    if "state" not in changed or held.actuals is None:
        return
    written = new.cells.get("state")
    words = {label.casefold(): state.value for state, label in STATE_LABELS.items()}
    value: Any = words.get(written.text.strip().casefold(), written.text.strip()) if written else None
    at = (ITEMS, new.address.partition("#")[2], "state")
    holder = next((one for one in held.actuals.documents if value_at(one, at)), held.actuals.documents[0])
    stands = value_at(holder, at)
    if not same(stands, value):
        change = Set(at, value) if value else Remove(at)
        yield Edit(holder.path, change, new.address, "state", stands, value, written.place if written else new.place)
