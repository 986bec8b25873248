"""The register of finding codes, one file for each stage that finds."""

from __future__ import annotations

from planctl.codes import (
    accepting,
    approvals,
    chain,
    collecting,
    importing,
    linking,
    model,
    numbers,
    reading,
    rendering,
    rollup,
    texts,
)
from planctl.codes.code import Code

CODES: dict[str, Code] = {
    code.name: code
    for codes in (
        reading.CODES,
        model.CODES,
        linking.CODES,
        numbers.CODES,
        texts.CODES,
        chain.CODES,
        approvals.CODES,
        accepting.CODES,
        rendering.CODES,
        importing.CODES,
        collecting.CODES,
        rollup.CODES,
    )
    for code in codes
}

__all__ = ["CODES", "Code"]
