"""The versions that the bytes of outputs rest on, beside those that their reading rests on."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OF_FORMATS: Mapping[str, tuple[str, ...]] = {
    "docx": ("docxtpl", "Jinja2", "lxml", "python-docx"),
    "xlsx": ("XlsxWriter",),
    "html": ("Jinja2",),
    "md": (),
}
"""The libraries that can change the bytes of a format."""

_PACKED = ("docx", "xlsx")


@cache
def of_format(name: str) -> Mapping[str, str]:
    """Return the versions that the bytes of a format rest on beside those of the reading, by name."""
    packing = {"zlib": zlib.ZLIB_RUNTIME_VERSION} if name in _PACKED else {}
    return {**{library: version(library) for library in OF_FORMATS[name]}, **packing}
