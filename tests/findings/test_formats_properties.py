"""Whatever a finding says, and wherever it is: every format hands it on as it is to who reads it."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from finding_formats import of_github, of_gitlab, of_junit, of_sarif, path_of
from planctl.diagnostics import Severity
from planctl.findings.formats import FINDINGS_FORMATS
from planctl.findings.told import Findings, Told

SIGNS = st.text(max_size=20) | st.text("%:,;=\"'<>&[]{}\r\n\t\x00\x0b\x1b\x85\u2028\ufffeӨүA ", max_size=20)
PATHS = SIGNS.filter(lambda text: bool(text.strip("./\r\n")) and not text.startswith(("/", "./", " ")))
CODES = st.from_regex("[a-z]{1,8}(-[a-z]{1,8}){0,3}", fullmatch=True)
FOUND = st.lists(
    st.builds(
        Told,
        path=PATHS,
        line=st.integers(1, 10**6),
        column=st.integers(1, 10**6),
        severity=st.sampled_from(Severity),
        code=CODES,
        message=SIGNS,
        hint=SIGNS,
        address=SIGNS,
        fingerprint=st.uuids().map(str),
    ),
    max_size=4,
    unique_by=lambda one: (one.path, one.code),
)
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(name: str, found: list[Told]) -> str:
    return FINDINGS_FORMATS[name].write(Findings(tuple(found), warnings_fail=True))


@given(FOUND)
def test_json_hands_everything_on(found: list[Told]) -> None:
    told = json.loads(written("json", found))["findings"]

    assert [(one["path"], one["code"], one["message"], one["hint"]) for one in told] == [
        (one.path, one.code, one.message, one.hint) for one in found
    ]


@given(FOUND)
def test_github_hands_everything_on(found: list[Told]) -> None:
    told = of_github(written("github", found))

    assert [(name, one["file"], int(one["line"]), one["title"], words) for name, one, words in told] == [
        (one.severity, one.path, one.line, one.code, one.words) for one in found
    ]


@given(FOUND)
def test_gitlab_hands_everything_on(found: list[Told]) -> None:
    told = of_gitlab(written("gitlab", found))

    assert [(one["location"]["path"], one["check_name"], one["description"]) for one in told] == [
        (one.path, one.code, one.words) for one in found
    ]


@given(FOUND)
def test_sarif_hands_everything_on(found: list[Told]) -> None:
    run = of_sarif(written("sarif", found))

    assert [(path_of(one), one["ruleId"], one["message"]["text"]) for one in run["results"]] == [
        (one.path, one.code, one.words) for one in found
    ]


@given(FOUND)
def test_junit_hands_everything_on_that_xml_can_hold(found: list[Told]) -> None:
    root = of_junit(written("junit", found))

    told = [
        (case.get("classname"), case.get("name"), case.find("failure").get("message"), case.find("failure").text)
        for case in root.iter("testcase")
    ]
    assert told == [
        (
            NOT_IN_XML.sub("", one.path),
            one.code,
            NOT_IN_XML.sub("", one.message),
            NOT_IN_XML.sub("", f"{one.path}:{one.line}:{one.column}: {one.severity}: {one.words}"),
        )
        for one in sorted(found, key=lambda one: (one.path, one.code))
    ]


@given(FOUND)
def test_text_is_a_line_for_each_and_one_for_its_hint(found: list[Told]) -> None:
    lines = written("text", found).split("\n")[:-1]

    assert len(lines) == sum(1 + bool(one.hint) for one in found)
