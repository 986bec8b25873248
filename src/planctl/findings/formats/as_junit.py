"""Findings as a report of tests in the manner of JUnit, which every CI shows: files are what is tested.

A file without a finding is a test that passed. One with findings is a test for each code; it fails where the run fails
by it, and otherwise passes with what was found as its output.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.findings.told import Findings, Told

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as a reference."""

_NAME = "planctl check"


def write(findings: Findings) -> str:
    """Return the report."""
    by_test: defaultdict[tuple[str, str], list[Told]] = defaultdict(list)
    for one in findings.listed:
        by_test[one.path, one.code].append(one)
    clean = sorted({*findings.files} - {path for path, _code in by_test})
    tests = [*((path, _NAME, ()) for path in clean), *((path, code, found) for (path, code), found in by_test.items())]
    failures = sum(_fails(found, findings) for _path, _code, found in tests)
    skipped = sum(_is_skipped(found) for _path, _code, found in tests)
    counts = f'tests="{len(tests)}" failures="{failures}" errors="0"'
    lines = (line for path, name, found in sorted(tests) for line in _test(path, name, found, findings))
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="{_NAME}" {counts}>',
            f'  <testsuite name="{_NAME}" {counts} skipped="{skipped}">',
            *lines,
            "  </testsuite>",
            "</testsuites>\n",
        )
    )


def _fails(found: Sequence[Told], findings: Findings) -> bool:
    return any(findings.fails(one) for one in found if not one.accepted)


def _is_skipped(found: Sequence[Told]) -> bool:
    return bool(found) and all(one.accepted for one in found)


def _test(path: str, name: str, found: Sequence[Told], findings: Findings) -> Iterator[str]:
    head = f"    <testcase classname={_attribute(path)} name={_attribute(name)}"
    if not found:
        yield f"{head}/>"
        return
    yield f"{head}>"
    message, words = _attribute(found[0].message), _text("\n".join(map(_line, found)))
    if _fails(found, findings):
        yield f"      <failure type={_attribute(name)} message={message}>{words}</failure>"
    elif _is_skipped(found):
        reason = found[0].accepted.reason if found[0].accepted else ""
        yield f"      <skipped message={_attribute(reason)}>{words}</skipped>"
    else:
        yield f"      <system-out>{words}</system-out>"
    yield "    </testcase>"


def _line(one: Told) -> str:
    return f"{one.path}:{one.line}:{one.column}: {one.severity.value}: {one.words}"


def _attribute(text: str) -> str:
    return quoteattr(_NOT_IN_XML.sub("", text))


def _text(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text), {"\r": "&#13;"})
