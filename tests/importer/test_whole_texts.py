from __future__ import annotations

import pytest

from planctl.importer.whole_texts import WholeTexts

WHOLE = "Нийт ҮЙЛ – 10,5% байв.\n\n- нэг сум\n- хоёр сум\n\n1. Эхнийх\n2. Удаах ажил"
KNOWN = WholeTexts(["council#m1", WHOLE, "70", "Нийт ҮЙЛ\n– 10,5%"])


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (
            ["Нийт ҮЙЛ", "– 10,5% байв.\n– нэг сум\n– хоёр сум\n1. Эхнийх\n2. Удаах ажил"],
            "Нийт ҮЙЛ – 10,5% байв.\n– нэг сум\n– хоёр сум\n1. Эхнийх\n2. Удаах ажил",
        ),
        (
            ["Нийт ҮЙЛ – 10,5% байв.", "– нэг", "сум\n– хоёр сум", "1. Эхнийх\n2. Удаах ажил"],
            "Нийт ҮЙЛ – 10,5% байв.\n– нэг сум\n– хоёр сум\n1. Эхнийх\n2. Удаах ажил",
        ),
        (
            ["Нийт ҮЙЛ – 10,5% байв.\n– нэг сум\n– хоёр сум\n1. Эхнийх\n2. Уда", "ах ажил"],
            "Нийт ҮЙЛ – 10,5% байв.\n– нэг сум\n– хоёр сум\n1. Эхнийх\n2. Удаах ажил",
        ),
    ],
)
def test_a_text_is_put_together_as_the_records_have_it(parts: list[str], whole: str) -> None:
    assert KNOWN.joined(parts) == whole


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["Нийт ҮЙЛ", "бол 10,5% байв.", "– нэг сум"], "Нийт ҮЙЛ\nбол 10,5% байв.\n– нэг сум"),
        (["Шинэ ажил нэг", "сум\n– хоёр"], "Шинэ ажил нэг\nсум\n– хоёр"),
        (["Шинэ\n– нэг", "сум"], "Шинэ\n– нэг сум"),
        (["–", "Нийт"], "–\nНийт"),
    ],
)
def test_of_a_text_that_was_changed_since_the_words_around_a_cut_are_looked_for(parts: list[str], whole: str) -> None:
    assert KNOWN.joined(parts) == whole


def test_without_records_a_sentence_that_has_ended_ends_its_paragraph() -> None:
    assert WholeTexts().joined(["Нэг нь", "дутуу.", "Нөгөө"]) == "Нэг нь дутуу.\n\nНөгөө"
