"""Which words mix two alphabets, and what they were meant to be."""

from __future__ import annotations

import pytest

from planctl.checks.letters import mixed_words


@pytest.mark.parametrize(
    ("word", "foreign", "meant"),
    [
        ("тeсөл", "e", "тесөл"),
        ("төлөвлөгoө", "o", "төлөвлөгөө"),
        ("oрон", "o", "орон"),
        ("хөгжyyлэх", "y", "хөгжүүлэх"),
        ("сyм", "y", "сум"),
        ("дvvргийн", "v", "дүүргийн"),
        ("тöсөв", "ö", "төсөв"),
        ("ҮНДЭCНИЙ", "C", "ҮНДЭСНИЙ"),
        ("ХIV", "Х", "XIV"),
        ("тусlamж", "lam", ""),
        ("uriатай", "uri", ""),
        ("PDFийн", "PDF", ""),
    ],
)
def test_a_word_of_two_alphabets_is_told_with_its_foreign_letters(word: str, foreign: str, meant: str) -> None:
    (found,) = mixed_words(f"Энэ {word} байна, мөн {word}.")
    assert (found.word, "".join(found.foreign), found.meant) == (word, foreign, meant)


@pytest.mark.parametrize(
    "text",
    [
        "ERP-ээр, DOCX-ийн, I-IV-р улирал",
        "e-mongolia.mn-оор, www.eic.mn-д, /livestock.mofa.gov.mn/-д",
        "13А, 13Б, А/58, A/58, 5Щ, 4G",
        "АТМ ба ATM, СО2",
        "https://mn.example/сумынtest, бичиг@yahooшуудан.mn, WWW.саitт.mn",
        "Digital First - Цахимд хэвший",
        "«Online»-ы хэрэглээ (ERP)д",
        "төлөвлөгөө",
    ],
)
def test_names_numbers_and_addresses_mix_nothing(text: str) -> None:
    assert list(mixed_words(text)) == []
