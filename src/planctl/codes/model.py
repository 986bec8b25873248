"""Codes of findings about values that do not fit a form's fields."""

from __future__ import annotations

from planctl.codes.code import Code, _

CODES: tuple[Code, ...] = ()
