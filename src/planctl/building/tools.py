"""The versions that the bytes of outputs rest on: of planctl itself, and of the libraries that draw what is shown."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

import planctl
from planctl.survey.tools import OWN, OWN_FILES, own_files

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
    """Return the versions that the bytes of a format rest on, by name: who draws what is shown is one of them."""
    packing = {"zlib": zlib.ZLIB_RUNTIME_VERSION} if name in _PACKED else {}
    libraries = {library: version(library) for library in OF_FORMATS[name]}
    return {OWN: planctl.__version__, OWN_FILES: own_files(), **libraries, **packing}
