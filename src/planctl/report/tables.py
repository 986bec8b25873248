"""Plain tables for the sheets of leaders, and signed numbers. In: rows. Out: tables without sections or groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.forms.number import plain
from planctl.report.sheet import Group, Table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from planctl.forms.form import Column
    from planctl.report.sheet import Row


def plain_table(name: str, columns: tuple[Column, ...], rows: Iterable[Row], *, title: str = "") -> Table:
    """Return a table of single rows, without a row of column numbers."""
    return Table(name, columns, tuple(Group({}, (row,)) for row in rows), title=title, numbered=False)


def signed(number: Decimal | int) -> str:
    """Return a difference with its sign: `+20`, `−5,5`, `0`."""
    text = plain(abs(number)) if not isinstance(number, int) else str(abs(number))
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return f"{sign}{text.replace('.', ',')}"
