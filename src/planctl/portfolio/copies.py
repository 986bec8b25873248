"""Copies of other bodies' plans: the digest by which one knows that a copy is still what was taken.

In: the text of a file. Out: the digest of all of it but the `source:` block, which holds the digest itself.
"""

from __future__ import annotations

import hashlib
import re

_SOURCE_BLOCK = re.compile(r"^source[ \t]*:.*\n?(?:[ \t}].*\n?|\n)*", re.MULTILINE)
"""The key at the left edge and what is indented below it, blank lines included."""

PREFIX = "sha256:"


def content_digest(text: str) -> str:
    """Return the digest of a text without its `source:` block; line ends and blank lines at the end don't count."""
    content = _SOURCE_BLOCK.sub("", "\n".join(text.splitlines()) + "\n", count=1)
    return PREFIX + hashlib.sha256(content.rstrip("\n").encode()).hexdigest()


def is_digest_of(digest: str, text: str) -> bool:
    """Tell whether a digest, written with `sha256:` or without, is that of a text."""
    return digest.strip().lower().removeprefix(PREFIX) == content_digest(text).removeprefix(PREFIX)
