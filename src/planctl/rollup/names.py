"""Names as they are compared: which of them may be one and the same, whoever typed them on which keyboard.

In: names as written. Out: keys. Nothing is merged by a likeness alone; it makes a finding.
"""

from __future__ import annotations

import re
import unicodedata

_ALIKE = str.maketrans("өүёaceopxykmthbіїєv", "оуеасеорхукмтнвиуоу")
"""Letters that are typed for one another: ө and ү on keyboards without them, Latin ones that look Cyrillic."""


def looks_like(name: str) -> str:
    """Return a key that is the same for names that differ only in letters that look alike, signs, case or spaces."""
    plain = unicodedata.normalize("NFC", name).casefold().translate(_ALIKE)
    return "".join(sign for sign in plain if sign.isalnum())


def is_blank(name: str) -> bool:
    """Tell whether it is still the line that a list to begin with has for whoever fills it in: `___`."""
    return bool(re.fullmatch(r"_{2,}", name.strip()))
