"""The versions that the bytes of outputs rest on: of planctl itself, and of the libraries that draw what is shown."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from planctl.survey.tools import OWN, OWN_FILES, of_reading

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
def of_format(format_: str) -> Mapping[str, str]:
    """Return the versions that the bytes of a format rest on, by name: who draws what is shown is one of them."""
    packing = {"zlib": zlib.ZLIB_RUNTIME_VERSION} if format_ in _PACKED else {}
    libraries = {library: version(library) for library in OF_FORMATS[format_]}
    own = {name: of_reading()[name] for name in (OWN, OWN_FILES)}
    return {**own, **libraries, **packing}
