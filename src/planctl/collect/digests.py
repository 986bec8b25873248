"""Short digests by which a workbook remembers what its cells said and what its rows meant when it was made.

In: texts. Out: digests that do not change when a program saves the file: spaces, empty lines and what is unseen don't
count.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import TYPE_CHECKING

from planctl.importer.signs import seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CELL_BYTES, _MEANING_BYTES = 5, 8


def normal(text: str) -> str:
    """Return a text as it is compared: its lines that say something, single spaces between words."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", seen(text)).split("\n"))
    return "\n".join(line for line in lines if line)


def digest(text: str) -> str:
    """Return the digest of what a cell says."""
    return _hex(normal(text), _CELL_BYTES)


def meaning(parts: Iterable[object]) -> str:
    """Return the digest of what a row of the plan means."""
    return _hex(json.dumps(list(parts), ensure_ascii=False, sort_keys=True, default=str), _MEANING_BYTES)


def written(digests: Mapping[str, str]) -> str:
    """Return digests by key as a cell keeps them: `self:1a2b reason:3c4d`."""
    return " ".join(f"{key}:{one}" for key, one in digests.items())


def read(text: str) -> dict[str, str]:
    """Return the digests by key of such a cell."""
    pairs = (one.rpartition(":") for one in text.split())
    return {key: one for key, _sign, one in pairs if key}


def _hex(text: str, size: int) -> str:
    return hashlib.blake2b(text.encode(), digest_size=size).hexdigest()
