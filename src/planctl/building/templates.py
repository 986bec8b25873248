"""The office's own templates as the project's folder holds them, for tasks that cannot look into it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from planctl.errors import PlanctlError
from planctl.output.template_store import own_content

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class OwnTemplates:
    """Each template is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._found: dict[str, bytes | PlanctlError] = {}

    def digest(self, path: str) -> str:
        """Return the digest of a template's bytes; empty where it cannot be had."""
        found = self._content(path)
        return "" if isinstance(found, PlanctlError) else hashlib.sha256(found).hexdigest()

    def packed(self, paths: Iterable[str]) -> tuple[dict[str, Any], dict[str, bytes]]:
        """Return for each template why it cannot be had, or None, and the bytes of those that can."""
        found = {path: self._content(path) for path in paths}
        problems = {
            path: [one.message, one.values] if isinstance(one, PlanctlError) else None for path, one in found.items()
        }
        return problems, {path: one for path, one in found.items() if isinstance(one, bytes)}

    def _content(self, path: str) -> bytes | PlanctlError:
        if path not in self._found:
            try:
                self._found[path] = own_content(self._root, path)
            except PlanctlError as problem:
                self._found[path] = problem
        return self._found[path]
