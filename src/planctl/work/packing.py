"""What tasks and their results are made of: a plain value as JSON, and named bytes beside it, in one piece.

In: a value and bytes by name. Out: the bytes of an uncompressed zip archive; and the way back.
"""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_VALUE = "value.json"
_BYTES = "bytes/"


def packed(value: Any, named: Mapping[str, bytes] | None = None) -> bytes:
    """Return a value (as far as JSON goes) and named bytes in one piece."""
    files = dict(named or {})
    # Zip archives take no names that are no letters, as those of files may be.
    told = json.dumps([value, list(files)], ensure_ascii=False).encode(errors="surrogatepass")
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(_VALUE), told)
        for at, content in enumerate(files.values()):
            archive.writestr(zipfile.ZipInfo(f"{_BYTES}{at}"), content)
    return target.getvalue()


def unpacked(content: bytes) -> tuple[Any, dict[str, bytes]]:
    """Return what `packed` was given."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        value, names = json.loads(archive.read(_VALUE).decode(errors="surrogatepass"))
        return value, {name: archive.read(f"{_BYTES}{at}") for at, name in enumerate(names)}
