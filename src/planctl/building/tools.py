"""The versions that the bytes of outputs rest on: of planctl itself, and of the libraries that draw what is shown."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from planctl.render import FORMATS
from planctl.survey.tools import OWN, OWN_FILES, of_reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.building.record import Libraries


@cache
def of_format(format_: str) -> Mapping[str, str]:
    """Return the versions that the bytes of a format rest on, by name: who draws what is shown is one of them."""
    kind = FORMATS[format_]
    packing = {"zlib": zlib.ZLIB_RUNTIME_VERSION} if kind.is_packed else {}
    libraries = {library: version(library) for library in kind.libraries}
    own = {name: of_reading()[name] for name in (OWN, OWN_FILES)}
    return {**own, **libraries, **packing}


def as_kept(format_: str) -> Libraries:
    """Return the same versions as records have them."""
    return tuple(of_format(format_).items())
