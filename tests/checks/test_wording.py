"""Tags, blanks, acts without a number and empty phrases: what is one and what only looks so."""

from __future__ import annotations

import pytest

from planctl.checks.wording import acts_without_number, blanks, html_tags, is_empty_phrase


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ('<ul style="list-style-type: none"> Хийв', ("<ul>",)),
        ("<p>Нэг</p> <p>Хоёр</p>", ("<p>", "</p>")),
        ("Нэг<br/>Хоёр<BR>", ("<br>", "<BR>")),
        ("<span class='a'>5</span>&nbsp;хүн &rdquo;", ("<span>", "</span>", "&nbsp;", "&rdquo;")),
        ("5 < 7, a <b, <нэр>, <Word>, Т&А; R&D", ()),
    ],
)
def test_tags_are_those_of_html_each_once(text: str, tags: tuple[str, ...]) -> None:
    assert html_tags(text) == tags


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Сумын 2022 оны … дугаар тогтоол", ("Сумын 2022 оны … дугаар тогтоол",)),
        ("2023 оны .. сарын ...-ны өдөр", ("2023 оны .. сарын ...-ны өдөр",) * 2),
        ("А/… дугаар захирамж", ("А/… дугаар захирамж",)),
        (",, мянган толгой мал", (",, мянган толгой мал",)),
        ("Зөвлөгөө „ Өргөдөл „", ("Зөвлөгөө „ Өргөдөл „",) * 2),
        ("Нийт ___ иргэн", ("Нийт ___ иргэн",)),
        ("20хх оны төсөв, хх.хх-нд", ("20хх оны төсөв, хх.хх-нд",) * 3),
        ("XXXX ХХК", ("XXXX ХХК",)),
    ],
)
def test_a_sign_in_the_place_of_a_word_is_a_blank(text: str, found: tuple[str, ...]) -> None:
    assert blanks(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Ажил үргэлжилж байна…",
        "Худаг, зам, гүүр ... гэх мэт",
        "«…иргэн бүр…» гэж заасан",
        "„Ухаалаг сум“ хөтөлбөр, ,,Залуус” клуб",
        "„ Ухаалаг сум “ хөтөлбөр",
        "ХХ зуун, XX зуун, xx зууны эх, ХХК, XXI зуун",
        "_____ оОо _____",
        "a__b.docx",
        "-",
        "…",
    ],
)
def test_what_ends_a_sentence_or_opens_a_quotation_is_no_blank(text: str) -> None:
    assert blanks(text) == ()


def test_the_words_around_a_blank_are_whole() -> None:
    text = f"{'Мэдээллийн ' * 5}сан 2023 оны ... сарын байдлаар {'баяжуулалт ' * 5}"

    assert blanks(text) == ("сан 2023 оны ... сарын байдлаар",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Сумын Засаг даргын 2022 оны А/ дугаар захирамжаар", ["2022 оны А/ дугаар захирамжаар"]),
        ("Яамны сайдын 2023 оны дүгээр тушаал", ["сайдын 2023 оны дүгээр тушаал"]),
        ("дугаар тогтоолоор", ["дугаар тогтоолоор"]),
        ("2022 оны А/58 дугаар захирамж, 11 дүгээр тогтоол", []),
        ("Засгийн газрын 336 дугаар\nтогтоол", []),
        ("«131» дүгээр тогтоол, II дугаар тушаал", []),
        ("арван нэг дүгээр тогтоол, дөрөвдүгээр тогтоол", []),
        ("2-дугаар тогтоол", []),
        ("2022 оны … дугаар тогтоол, А/___ дугаар тушаал", []),
        ("тоот дугаар, утасны дугаар шийдвэрлэв", []),
    ],
)
def test_an_act_has_its_number_before_its_suffix(text: str, found: list[str]) -> None:
    assert list(acts_without_number(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "Хэрэгжиж байна",
        "Тухай бүр хэрэгжүүлж байна.",
        "Ажиллаж байна",
        "Хэвийн",
        "ТОГТМОЛ",
        "Биелсэн",
        "Бүрэн хэрэгжсэн.",
        "-",
        ".",
        "…",
    ],
)
def test_a_phrase_that_fits_every_item_is_empty(text: str) -> None:
    assert is_empty_phrase(text)


@pytest.mark.parametrize(
    "text",
    ["Эхлээгүй.", "2024 онд төлөвлөж байна", "Хурал 3 удаа хийсэн", "Цэвэрлэгээ хийв", "100 хувь биелсэн", "Хийв"],
)
def test_a_phrase_with_a_fact_is_not_empty(text: str) -> None:
    assert not is_empty_phrase(text)
