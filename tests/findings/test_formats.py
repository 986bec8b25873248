"""Each format of findings: what it writes of two findings, of none, and of those that are accepted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from junitparser import JUnitXml
from sarif_pydantic import Sarif

import planctl.findings.formats
from finding_formats import of_github, of_gitlab, of_junit, of_sarif, path_of
from planctl.diagnostics import Severity
from planctl.findings.formats import FINDINGS_FORMATS
from planctl.findings.told import Acceptance, Findings, Told

PLAN, REPORT = "Залаа сум/plans/council.yaml", "plans/council.2023.yaml"

ERROR = Told(
    path=REPORT,
    line=9,
    column=11,
    severity=Severity.ERROR,
    code="score-not-in-rubric",
    message="95, 100% are no levels",
    hint="use: 100",
    address="council#waste-1",
    fingerprint="a1",
)
WARNING = Told(
    path=PLAN,
    line=3,
    column=8,
    severity=Severity.WARNING,
    code="html-tag",
    message="«<br>» & more",
    address="council",
    fingerprint="b2",
)
LET_BE = replace(
    WARNING, line=7, fingerprint="c3", accepted=Acceptance("Хуучин бичвэр", until="2030-01-31", by="Б. Сарнай")
)
BOTH = Findings(
    findings=(WARNING, ERROR),
    accepted=(LET_BE,),
    files=(PLAN, REPORT, "planctl.yaml"),
    rules={"html-tag": "Tags are shown as they are.", "score-not-in-rubric": "A score is a level."},
    version="0.1.0",
)
SHOWN = replace(BOTH, shows_accepted=True)
STRICT = replace(BOTH, warnings_fail=True)
NONE = Findings(findings=(), files=("planctl.yaml", PLAN), version="0.1.0")


def written(name: str, findings: Findings) -> str:
    return FINDINGS_FORMATS[name].write(findings)


def test_every_format_is_in_its_register() -> None:
    folder = Path(planctl.findings.formats.__file__).parent

    assert {path.stem.removeprefix("as_") for path in folder.glob("as_*.py")} == set(FINDINGS_FORMATS)


def test_text_is_a_line_each_with_the_fix_or_the_reason_below() -> None:
    assert written("text", SHOWN).splitlines() == [
        "plans/council.2023.yaml:9:11: error: score-not-in-rubric: 95, 100% are no levels",
        "    use: 100",
        f"{PLAN}:3:8: warning: html-tag: «<br>» & more",
        f"{PLAN}:7:8: accepted: html-tag: «<br>» & more",
        "    until 2030-01-31: Хуучин бичвэр (Б. Сарнай)",
    ]


def test_json_lists_what_is_accepted_apart() -> None:
    told = json.loads(written("json", SHOWN))

    assert (told["total"], [one["code"] for one in told["findings"]]) == (2, ["html-tag", "score-not-in-rubric"])
    assert told["accepted"] == [
        {
            "path": PLAN,
            "line": 7,
            "column": 8,
            "severity": "warning",
            "code": "html-tag",
            "message": "«<br>» & more",
            "hint": "",
            "address": "council",
            "reason": "Хуучин бичвэр",
            "until": "2030-01-31",
            "by": "Б. Сарнай",
        }
    ]


def test_github_is_a_command_each_with_what_would_end_its_parts_escaped() -> None:
    place = "file=plans/council.2023.yaml,line=9,col=11,title=score-not-in-rubric"

    assert written("github", SHOWN).splitlines() == [
        f"::error {place}::95, 100%25 are no levels%0Ause: 100",
        f"::warning file={PLAN},line=3,col=8,title=html-tag::«<br>» & more",
        f"::notice file={PLAN},line=7,col=8,title=html-tag::«<br>» & more%0A(Хуучин бичвэр)",
    ]


def test_a_path_with_a_colon_or_a_comma_stays_one_property() -> None:
    odd = Findings(findings=(replace(ERROR, path="plans/а::б,в=%2C.yaml", message="::stop-commands::x"),))

    ((name, properties, message),) = of_github(written("github", odd))

    assert (name, properties["file"], message) == ("error", "plans/а::б,в=%2C.yaml", "::stop-commands::x\nuse: 100")


def test_gitlab_lists_each_with_its_fingerprint() -> None:
    assert of_gitlab(written("gitlab", BOTH)) == [
        {
            "description": "«<br>» & more",
            "check_name": "html-tag",
            "fingerprint": "b2",
            "severity": "minor",
            "location": {"path": PLAN, "lines": {"begin": 3}},
        },
        {
            "description": "95, 100% are no levels\nuse: 100",
            "check_name": "score-not-in-rubric",
            "fingerprint": "a1",
            "severity": "major",
            "location": {"path": REPORT, "lines": {"begin": 9}},
        },
    ]
    assert [one["severity"] for one in of_gitlab(written("gitlab", SHOWN))] == ["major", "minor", "info"]


def test_sarif_holds_rules_and_results_and_those_accepted_as_suppressed() -> None:
    run = of_sarif(written("sarif", BOTH))

    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["html-tag", "score-not-in-rubric"]
    assert [(one["ruleId"], one["ruleIndex"], one["level"]) for one in run["results"]] == [
        ("html-tag", 0, "warning"),
        ("score-not-in-rubric", 1, "error"),
        ("html-tag", 0, "warning"),
    ]
    assert [one["partialFingerprints"] for one in run["results"]] == [
        {"planctl/v1": "b2"},
        {"planctl/v1": "a1"},
        {"planctl/v1": "c3"},
    ]
    assert [one["suppressions"] for one in run["results"]] == [
        [],
        [],
        [{"kind": "external", "status": "accepted", "justification": "Хуучин бичвэр (Б. Сарнай, 2030-01-31)"}],
    ]


def test_sarif_names_files_by_relative_addresses_that_any_program_can_read() -> None:
    result, *_others = of_sarif(written("sarif", BOTH))["results"]

    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {
            "uri": "%D0%97%D0%B0%D0%BB%D0%B0%D0%B0%20%D1%81%D1%83%D0%BC/plans/council.yaml",
            "uriBaseId": "%SRCROOT%",
        },
        "region": {"startLine": 3, "startColumn": 8},
    }
    assert path_of(result) == PLAN


def test_sarif_without_accepted_findings_says_nothing_of_suppressing() -> None:
    run = of_sarif(written("sarif", replace(BOTH, accepted=())))

    assert [one for one in run["results"] if "suppressions" in one] == []


def test_sarif_is_read_by_a_library_of_others() -> None:
    (run,) = Sarif.model_validate_json(written("sarif", BOTH)).runs

    assert [result.message.text for result in run.results or []] == [one.words for one in (WARNING, ERROR, LET_BE)]


def test_junit_tests_each_file_and_fails_by_what_fails_the_run() -> None:
    (suite,) = JUnitXml.fromstring(written("junit", BOTH).encode())

    tests = {(case.classname, case.name): [type(one).__name__ for one in case.result] for case in suite}
    assert tests == {
        ("planctl.yaml", "planctl check"): [],
        (REPORT, "score-not-in-rubric"): ["Failure"],
        (PLAN, "html-tag"): [],
    }
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (3, 1, 0, 0)


def test_junit_of_a_strict_run_fails_by_warnings_too() -> None:
    suite = of_junit(written("junit", STRICT)).find("testsuite")

    assert (suite.get("tests"), suite.get("failures")) == ("3", "2")


def test_junit_keeps_a_warning_as_the_output_of_a_test_that_passes() -> None:
    (output,) = of_junit(written("junit", BOTH)).iter("system-out")

    assert output.text == f"{PLAN}:3:8: warning: «<br>» & more"


def test_junit_shows_what_is_accepted_as_skipped() -> None:
    only = replace(SHOWN, findings=(ERROR,))
    (skipped,) = of_junit(written("junit", only)).iter("skipped")

    assert (skipped.get("message"), skipped.text) == ("Хуучин бичвэр", f"{PLAN}:7:8: warning: «<br>» & more")


@pytest.mark.parametrize("findings", [NONE, BOTH, SHOWN, STRICT])
def test_every_format_is_one_that_its_readers_take(findings: Findings) -> None:
    of_sarif(written("sarif", findings))
    of_gitlab(written("gitlab", findings))
    of_junit(written("junit", findings))
    of_github(written("github", findings))
    json.loads(written("json", findings))


def test_where_nothing_was_found_a_whole_document_says_so() -> None:
    assert written("text", NONE) == written("github", NONE) == ""
    assert json.loads(written("json", NONE)) == {"findings": [], "total": 0}
    assert of_gitlab(written("gitlab", NONE)) == []
    assert of_sarif(written("sarif", NONE))["results"] == []
    cases = [case.get("classname") for case in of_junit(written("junit", NONE)).iter("testcase")]
    assert cases == sorted(["planctl.yaml", PLAN])
