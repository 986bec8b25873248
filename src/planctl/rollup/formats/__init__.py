"""The register of formats of a roll-up: one file here for each; to add one, write it and add its line to FORMATS.

A format takes a `Rollup` and gives the bytes of a file; the same roll-up gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from planctl.rollup.account import Rollup


class Write(Protocol):
    """The contract of a format."""

    def __call__(self, rollup: Rollup) -> bytes:
        """Return the bytes of a file; PlanctlError where a library for it is not installed."""
        ...


@dataclass(frozen=True, slots=True)
class RollupFormat:
    """A format: the module that holds its `write`, and whether it is text, which can go to standard output."""

    module: str
    is_text: bool

    def load(self) -> Write:
        """Return the format's function; its libraries are imported now and not before."""
        write: Write = import_module(self.module).write
        return write


ROLLUP_FORMATS: dict[str, RollupFormat] = {
    "xlsx": RollupFormat("planctl.rollup.formats.as_xlsx", is_text=False),
    "html": RollupFormat("planctl.rollup.formats.as_html", is_text=False),
    "json": RollupFormat("planctl.rollup.formats.as_json", is_text=True),
    "csv": RollupFormat("planctl.rollup.formats.as_csv", is_text=True),
    "parquet": RollupFormat("planctl.rollup.formats.as_parquet", is_text=False),
}
"""The formats by the ending of their files."""
