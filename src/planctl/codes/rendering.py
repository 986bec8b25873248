"""Codes of findings about the office's own templates."""

from __future__ import annotations

from planctl.codes.code import Code, _

CODES: tuple[Code, ...] = ()
