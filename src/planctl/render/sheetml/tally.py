"""The summary in the official layout, its counts and mean as formulas over the records.

In: a tally and its records. Out: rows of a page. Every formula carries its value, for readers that do not calculate.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from planctl.render.sheetml.page import pitch
from planctl.render.sheetml.records import all_rows_of, rows_of
from planctl.render.sheetml.rows import Area
from planctl.render.sheetml.strips import height
from planctl.render.sheetml.styles import ALL_SIDES, Look
from planctl.render.sheetml.values import COUNT_FORMAT, Number, fraction

if TYPE_CHECKING:
    from planctl.render.sheetml.page import Page
    from planctl.report.sheet import LevelShare, Records, Share, Tally

SHARES = (14, 46, 20, 20)
_LABEL, _LEVEL, _PERCENT, _COUNT = range(4)
_TEXT = Look(size=10, valign="vcenter", sides=ALL_SIDES, indent=1)
_CENTRED = replace(_TEXT, align="center", indent=0)
_BOLD = replace(_CENTRED, bold=True)
_TITLE = replace(_BOLD, fill="CFD8DC")
_COUNTED = replace(_CENTRED, number=COUNT_FORMAT)
_ROW = 18.75
_LITERAL = 250
"""Signs of a text within a formula; Excel takes 255."""


def write_tally(page: Page, tally: Tally, records: Records) -> None:
    """Write title, total, levels with their counts, states, and the closing sentence with the mean beside it."""
    scores = rows_of(records, tally.column)
    _write_wide(page, tally.title.upper(), _TITLE, last=_COUNT)
    _write_wide(page, tally.total_label, replace(_TEXT, bold=True), last=_PERCENT)
    total = page.rows.next - 1
    _write_formula(page, total, _rows(all_rows_of(records)), tally.total, replace(_BOLD, number="0"))
    first = page.rows.next
    for level in tally.levels:
        _write_level(page, level, scores)
    _write_states(page, tally, scores, total)
    if page.rows.next > first:
        page.write(Area(first, _LABEL, page.rows.next - 1, _LABEL), tally.of_which, _CENTRED)
    _write_closing(page, tally, scores)


def _write_wide(page: Page, text: str, look: Look, *, last: int) -> None:
    lines = len(page.lines(text, look, 0, last))
    row = page.next_row(max(height(lines, pitch=pitch(look)), _ROW))
    page.write(Area(row, 0, row, last), text, look)


def _write_level(page: Page, level: LevelShare, scores: str | None) -> None:
    first = page.rows.next
    for share in level.shares:
        row = page.next_row(_ROW)
        percent = _percent(share)
        shown = share.percent if share.low is not None else percent
        look = replace(_CENTRED, number=percent.format, fill=level.colour)
        page.write(Area(row, _PERCENT, row, _PERCENT), shown, look)
        single = scores is not None and share.low is None
        formula = f"COUNTIF({scores},{percent.value!r})" if single else None
        _write_formula(page, row, formula, share.count, _COUNTED)
    if level.shares:
        page.write(Area(first, _LEVEL, page.rows.next - 1, _LEVEL), level.name, replace(_TEXT, fill=level.colour))


def _percent(share: Share) -> Number:
    _, _, decimals = share.percent.rstrip("%").replace(",", ".").partition(".")
    return fraction(share.number, f"0.{'0' * len(decimals)}" if decimals else "0")


def _write_states(page: Page, tally: Tally, scores: str | None, total: int) -> None:
    """Write the items outside the rubric; what is missing is what remains, so its count follows the records too."""
    first = page.rows.next
    for state in tally.states:
        row = page.next_row(_ROW)
        page.write(Area(row, _LEVEL, row, _PERCENT), state.label, _TEXT)
        is_rest = state.key == "missing" and scores is not None and state is tally.states[-1]
        formula = _rest(scores, total, first, row) if is_rest else None
        _write_formula(page, row, formula, state.count, _COUNTED)


def _rest(scores: str | None, total: int, first: int, row: int) -> str:
    others = f"-SUM({xl_rowcol_to_cell(first, _COUNT)}:{xl_rowcol_to_cell(row - 1, _COUNT)})" if row > first else ""
    return f"{xl_rowcol_to_cell(total, _COUNT)}-COUNT({scores}){others}"


def _write_closing(page: Page, tally: Tally, scores: str | None) -> None:
    """Write the sentence and, beside it, the mean that it names."""
    lines = len(page.lines(tally.closing, _BOLD, 0, _PERCENT))
    row = page.next_row(max(height(lines, pitch=pitch(_BOLD)), _ROW))
    page.write(Area(row, 0, row, _PERCENT), tally.closing, _BOLD)
    mean = replace(_BOLD, number=f"0.{'0' * tally.decimals}" if tally.decimals else "0")
    place = xl_rowcol_to_cell(row, _COUNT, row_abs=True, col_abs=True)
    formula = _mean(scores, tally.decimals) if tally.is_plain else None
    _write_formula(page, row, formula, None if tally.mean is None else float(tally.mean), mean)
    if (sentence := _sentence(tally, place)) and formula:
        page.rows.formula(row, 0, sentence, tally.closing, page.styles.number(_BOLD))


def _rows(everything: str | None) -> str | None:
    return f"ROWS({everything})" if everything else None


def _mean(scores: str | None, decimals: int) -> str | None:
    """Return the formula of the mean; the points are rounded first, for 0.7 and 0.9 are not exact in binary."""
    if scores is None:
        return None
    return f'IF(COUNT({scores})=0,"",ROUND(ROUND(SUM({scores})*100,6)/COUNT({scores}),{decimals}))'


def _sentence(tally: Tally, mean: str) -> str | None:
    """Return the closing sentence as a formula that follows the mean; None where it does not print it that way.

    FIXED writes the office's decimal sign, whichever that is; a format of TEXT means another thing in each country.
    """
    if tally.mean is None or f"{tally.mean:.{tally.decimals}f}".replace(".", ",") != tally.mean_text:
        return None
    before, found, after = tally.closing.rpartition(tally.mean_text)
    if not found:
        return None
    return f'{_literal(before)}&SUBSTITUTE(FIXED({mean},{tally.decimals},TRUE),".",",")&{_literal(after)}'


def _literal(text: str) -> str:
    pieces = (text[at : at + _LITERAL] for at in range(0, max(len(text), 1), _LITERAL))
    return "&".join('"{}"'.format(piece.replace('"', '""')) for piece in pieces)


def _write_formula(page: Page, row: int, formula: str | None, value: float | None, look: Look) -> None:
    """Write a formula with its value, or the value alone where there is nothing to calculate it from."""
    style = page.styles.number(look)
    if formula:
        page.rows.formula(row, _COUNT, formula, "" if value is None else value, style)
    elif value is not None:
        page.rows.number(row, _COUNT, value, style)
    else:
        page.rows.text(row, _COUNT, "", style)
