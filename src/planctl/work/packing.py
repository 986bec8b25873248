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
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(_VALUE), json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass"))
        for name, content in (named or {}).items():
            archive.writestr(zipfile.ZipInfo(_BYTES + name), content)
    return target.getvalue()


def unpacked(content: bytes) -> tuple[Any, dict[str, bytes]]:
    """Return what `packed` was given."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        value = json.loads(archive.read(_VALUE).decode(errors="surrogatepass"))
        names = (name for name in archive.namelist() if name.startswith(_BYTES))
        return value, {name.removeprefix(_BYTES): archive.read(name) for name in names}
