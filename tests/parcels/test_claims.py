"""Claims: what a file says of itself and of others, whether it is only looked at or has to be read."""

from __future__ import annotations

import pytest

from chains import COUNTY, COUNTY_PLAN
from planctl.parcels.claims import Claims, as_read, at_a_look, claims_of, unclear
from projects import ONE_CLAUSE, ONE_ENTRY

PLAN, ACTUALS = "plans/a.yaml", "plans/b.yaml"


def test_a_look_tells_the_plan_that_a_file_is_and_those_that_it_names() -> None:
    assert at_a_look(COUNTY, COUNTY_PLAN) == Claims(COUNTY, "plan", "county", ("above", "province"))


def test_a_look_tells_the_plan_that_is_reported_on() -> None:
    assert at_a_look(ACTUALS, ONE_ENTRY) == Claims(ACTUALS, "actuals", "council")


def test_a_file_s_name_names_a_plan_in_front_of_a_period() -> None:
    assert claims_of("plans/council.old.2023-H1.legal.yaml", None) == Claims(
        "plans/council.old.2023-H1.legal.yaml", names=("council.old",)
    )


@pytest.mark.parametrize(
    "text",
    [
        ONE_CLAUSE.replace("id: council\n", 'id: "council"\n'),
        ONE_CLAUSE.replace("\n", "\r\n"),
        f"---\n{ONE_CLAUSE}",
    ],
    ids=["in quotation marks", "with line ends of Windows", "behind a line of dashes"],
)
def test_a_look_is_enough_for_what_is_written_a_little_otherwise(text: str) -> None:
    assert at_a_look(PLAN, text) == Claims(PLAN, "plan", "council")


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"  {line}\n" for line in ONE_CLAUSE.splitlines()),
        ONE_CLAUSE.replace("id: council", 'id: "coun\\u0063il"'),
        ONE_CLAUSE.replace("id: council", '"id": council'),
        ONE_CLAUSE.replace("id: council", "id: council # хурал"),
        ONE_CLAUSE.replace("id: council", "id:\n  council"),
        ONE_CLAUSE.replace("\n", "\r"),
        "\ufeff" + ONE_CLAUSE,
    ],
    ids=["set in", "escaped", "quoted key", "remark", "next line", "old line ends", "mark of the bytes"],
)
def test_what_is_written_in_another_way_is_read(text: str) -> None:
    assert at_a_look(PLAN, text) is None
    assert (claims_of(PLAN, text).kind, claims_of(PLAN, text).document) == ("plan", "council")


@pytest.mark.parametrize("key", ["id", "form"])
def test_a_key_that_stands_twice_is_not_for_a_look(key: str) -> None:
    assert at_a_look(PLAN, f"{ONE_CLAUSE}{key}: other\n") is None


def test_what_cannot_be_read_may_be_why_something_is_missed() -> None:
    claims = claims_of(PLAN, "id: council\n- sections\n")

    assert claims == Claims(PLAN, "other", names=("council",), is_suspect=True)


def test_addresses_in_escapes_and_texts_are_found_by_reading() -> None:
    text = COUNTY_PLAN.replace("province#e-points", '"provin\\u0063e2#e-points"')

    assert "province2" in as_read(COUNTY, text).names
    assert "province2" in claims_of(COUNTY, text).names


@pytest.mark.parametrize(
    "claims",
    [
        Claims("planctl.yaml", "shared"),
        unclear(Claims(PLAN, "plan", "council", ("digital",), ("nobody", ""), is_void=True)),
    ],
)
def test_claims_come_back_from_json(claims: Claims) -> None:
    assert Claims.of_json(claims.to_json()) == claims
