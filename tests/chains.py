"""A small chain of plans for tests: a national plan, a province's plan below it, and a county's measures below that."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from projects import Files

NATIONAL, PROVINCE, COUNTY = "plans/national.yaml", "plans/province.yaml", "plans/county.yaml"

NATIONAL_PLAN = """\
form: strategy
id: national
title: Улсын хөгжлийн төлөвлөгөө
year: 2025
goals:
  - id: services
    title: Төрийн үйлчилгээ
    objectives:
      - id: points
        number: 1.1
        title: Сумдад цахим үйлчилгээний цэг ажиллуулах
"""
PROVINCE_PLAN = """\
form: strategy
id: province
title: Аймгийн хөгжлийн төлөвлөгөө
above: national
year: 2025
goals:
  - title: Цахим засаглал
    objectives:
      - id: e-points
        number: 1.1
        title: Багийн төвд туслах цэг нээх
        carries_out: national#points
        indicators:
          - {id: built, name: Нээсэн цэг, unit: цэг, baseline: 4, target: 9}
      - id: training
        number: 1.2
        title: Цахим сургалт зохион байгуулах
        carries_out: national#points
"""
COUNTY_PLAN = """\
form: action-plan
id: county
title: Сумын арга хэмжээний төлөвлөгөө
above: province
year: 2025
sections:
  - title: Удирдлагын чиглэлээр
    measures:
      - id: help
        text: Багийн төвд туслах цэг нээх
        period: I-IV
        carries_out: province#e-points
        indicators:
          - {name: Нээсэн цэг, unit: цэг, baseline: 4, target: 9}
      - id: lessons
        text: Иргэдэд цахим сургалт хийх
        period: I-IV
        carries_out:
          - province#training
        indicators:
          - {name: Сургалт, unit: удаа, baseline: 8, target: 10}
"""
COUNTY_ACTUALS = """\
actuals: county
period: 2025
items:
  help: {progress: Багийн төвүүдэд нээв., reached: 9, self: 100}
  lessons: {progress: Багуудаар явж хийв., reached: 9, self: 90}
"""
CHAIN: Mapping[str, str] = {
    NATIONAL: NATIONAL_PLAN,
    PROVINCE: PROVINCE_PLAN,
    COUNTY: COUNTY_PLAN,
    "plans/county.2025.yaml": COUNTY_ACTUALS,
}
"""Three plans and the report of the lowest, without a finding."""


def changed(path: str, *changes: tuple[str, str], files: Files = CHAIN) -> dict[str, str]:
    """Return the chain with some things of one file changed, each of which stands in it once."""
    text = files[path]
    for old, new in changes:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return {**files, path: text}
