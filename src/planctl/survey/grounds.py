"""What a reading rests on. In: digests and versions. Out: `Grounds`, with a name that no others have."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that a reading rests on: the digests of files by path, versions by name, the day where that matters."""

    files: Mapping[str, str]
    tools: Mapping[str, str]
    day: str | None

    @property
    def key(self) -> str:
        """A name that other grounds never have."""
        text = json.dumps([sorted(self.files.items()), sorted(self.tools.items()), self.day])
        return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
