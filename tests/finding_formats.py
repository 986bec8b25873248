"""The formats of findings read back: by their published schemas and by the rules of the programs that take them in."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jsonschema import Draft202012Validator
from lxml import etree

SCHEMAS = Path(__file__).parent / "findings" / "schemas"


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((SCHEMAS / name).read_text(encoding="utf-8")))


@cache
def _junit_schema() -> Any:
    return etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))


def of_sarif(text: str) -> dict[str, Any]:
    """Return the one run of a log that the schema takes."""
    log: dict[str, Any] = json.loads(text)
    assert [error.message for error in _validator("sarif-2.1.0.json").iter_errors(log)] == []
    (run,) = log["runs"]
    return dict(run)


def of_gitlab(text: str) -> list[dict[str, Any]]:
    """Return the entries of a report that the schema takes; no two of them have one fingerprint."""
    report: list[dict[str, Any]] = json.loads(text)
    assert [error.message for error in _validator("gitlab-code-quality.json").iter_errors(report)] == []
    assert len({one["fingerprint"] for one in report}) == len(report)
    return report


def of_junit(text: str) -> Any:
    """Return the root of a report that the schema takes."""
    root = etree.fromstring(text.encode())
    _junit_schema().assertValid(root)
    return root


def of_github(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Return the commands as the runner reads them: a line each, parts split first and then read back."""
    return [_command(line.lstrip()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line]


def _command(line: str) -> tuple[str, dict[str, str], str]:
    assert line.startswith("::")
    head, _end, data = line[2:].partition("::")
    name, _space, properties = head.partition(" ")
    pairs = (one.partition("=") for one in properties.split(","))
    return name, {key: _read_back(value, "%3A:", "%2C,") for key, _is, value in pairs}, _read_back(data)


def _read_back(text: str, *more: str) -> str:
    for escaped in ("%0D\r", "%0A\n", *more, "%25%"):
        text = text.replace(escaped[:3], escaped[3:])
    return text


def path_of(result: dict[str, Any]) -> str:
    """Return the path that a result of SARIF is about."""
    (location,) = result["locations"]
    return unquote(location["physicalLocation"]["artifactLocation"]["uri"], errors="surrogateescape")
