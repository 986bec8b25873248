"""Codes of findings about unreadable or dangerous text, before any form is known."""

from __future__ import annotations

from planctl.codes.code import Code, _

CODES: tuple[Code, ...] = ()
