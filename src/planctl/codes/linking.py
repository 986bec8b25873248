"""Codes of findings about what only the whole project shows: ids, references, scores."""

from __future__ import annotations

from planctl.codes.code import Code, _

CODES: tuple[Code, ...] = ()
