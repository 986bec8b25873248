"""Office papers in the layouts that offices give them, and the plans that come of them."""

from __future__ import annotations

from datetime import date

import pytest

from papers import draft_of, drafted, excel, reading, word
from planctl.importer.headings import Wanted, squeezed
from planctl.importer.uses import Use

REGISTER = [
    "Шийдвэр\nД/д",
    "Заалт Д/д",
    "Шийдвэрийн нэр, огноо, дугаар",
    "Холбогдох заал-\nтын агуулга",
    "Хэрэгжилтийн явц",
    "Өөрийн үнэл гээ",
    "Дээд шатны байгуул-\nлагын үнэлгээ",
]
NUMBERS = ["1", "2", "3", "4", "5", "6", "7"]
SECTION = ["Аймгийн ИТХ-ын тогтоол", "<", "<", "<", "<", "<", "<"]
TREES = "Ногоон байгууламж нэмэх тухай 2023 оны 04 дүгээр сарын 10-ны өдрийн 15 дугаар тогтоол"
FEE = "Хураамж тогтоох тухай\n2024-01-20 №7"


def test_a_register_keeps_its_decisions_clauses_scores_and_states() -> None:
    paper = word(
        [
            REGISTER,
            NUMBERS,
            SECTION,
            ["1", "1", TREES, "1. Мод тарих талбай гаргах", "450 мод тарив.", "100 хувь", "90%"],
            ["^", "2", "^", "2. Усалгаа байгуулах", "Зураг төсөл хийгдэв.", "70", "-"],
            ["2", "3", FEE, "Хураамжийг мөрдүүлэх", "- Хураамж шинэчлэв\n- Мэдээлэв", "—", "Хугацаа болоогүй"],
        ]
    )

    plan, entries = drafted(paper)

    assert plan == {
        "sections": [
            {
                "title": "Аймгийн ИТХ-ын тогтоол",
                "decisions": [
                    {
                        "number": "15",
                        "date": "2023-04-10",
                        "title": "Ногоон байгууламж нэмэх тухай тогтоол",
                        "clauses": [
                            {"number": "1", "text": "Мод тарих талбай гаргах"},
                            {"number": "2", "text": "Усалгаа байгуулах"},
                        ],
                    },
                    {
                        "number": "7",
                        "date": "2024-01-20",
                        "title": "Хураамж тогтоох тухай",
                        "clauses": [{"text": "Хураамжийг мөрдүүлэх"}],
                    },
                ],
            }
        ]
    }
    assert entries == [
        {"progress": "450 мод тарив.", "self": "100", "superior": "90"},
        {"progress": "Зураг төсөл хийгдэв.", "self": "70"},
        {"progress": "- Хураамж шинэчлэв\n- Мэдээлэв", "state": "not-due"},
    ]


def test_a_row_that_a_page_break_cut_is_one_row_again() -> None:
    paper = word(
        [
            REGISTER,
            ["1", "1", TREES, "1. Мод тарих талбай", "Талбайг сонгож,", "90", ""],
            NUMBERS,
            ["", "", "", "гаргах", "тариалав. Арчилж байна.", "", ""],
        ]
    )

    plan, entries = drafted(paper)

    (decision,) = plan["sections"][0]["decisions"]
    assert decision["clauses"] == [{"number": "1", "text": "Мод тарих талбай гаргах"}]
    assert entries == [{"progress": "Талбайг сонгож, тариалав. Арчилж байна.", "self": "90"}]


def test_clauses_of_a_decision_whose_cells_are_blank_or_repeated_are_its_own() -> None:
    rows = [
        ["1", "1", TREES, "1. Талбай гаргах", "Гаргав.", "100", "100"],
        ["", "2", "", "2. Усалгаа байгуулах", "Байгуулав.", "100", "100"],
        ["1", "3", TREES, "3. Хашаалах", "Хашаалав.", "100", "100"],
    ]

    plan, _entries = drafted(word([REGISTER, *rows]))

    (decision,) = plan["sections"][0]["decisions"]
    assert [clause["text"] for clause in decision["clauses"]] == ["Талбай гаргах", "Усалгаа байгуулах", "Хашаалах"]


def test_the_head_and_the_signatures_are_read_off_the_page() -> None:
    paper = reading(
        word(
            ("Сумын Засаг даргын 2024 оны 5 дугаар захирамжийн\n2 дугаар хавсралт", "r"),
            ("СУМЫН ИТХ-ЫН 2024 ОНЫ ЭХНИЙ ХАГАС ЖИЛИЙН", "cb"),
            ("ТОГТООЛЫН ХЭРЭГЖИЛТ", "cb"),
            "2024 оны 06 дугаар сарын 28-ны өдөр\tЦагаан-Овоо",
            [REGISTER, ["1", "1", TREES, "Мод тарих", "Тарив.", "100", "100"]],
            "ХЯНАСАН:",
            "ТАМГЫН ГАЗРЫН ДАРГА ................. Д.БАТ-ЭРДЭНЭ",
            "Тайлан гаргасан: Хуулийн мэргэжилтэн ........... /Г.Сараа/",
            "оОо",
        )
    ).paper

    assert paper is not None
    assert (paper.form, paper.kind, str(paper.period), str(paper.date), str(paper.place)) == (
        "resolutions",
        "report",
        "2024-H1",
        "2024-06-28",
        "Цагаан-Овоо",
    )
    assert str(paper.title) == "СУМЫН ИТХ-ЫН 2024 ОНЫ ЭХНИЙ ХАГАС ЖИЛИЙН ТОГТООЛЫН ХЭРЭГЖИЛТ"
    assert "хавсралт" in str(paper.reference)
    assert [(str(one.caption), str(one.post), str(one.name)) for one in paper.signatories] == [
        ("Хянасан", "ТАМГЫН ГАЗРЫН ДАРГА", "Д.БАТ-ЭРДЭНЭ"),
        ("Тайлан гаргасан", "Хуулийн мэргэжилтэн", "Г.Сараа"),
    ]


def test_a_heading_of_two_rows_and_several_indicators_in_a_cell_are_told_apart() -> None:
    paper = word(
        ("ЦАГААН-ОВОО СУМЫН 2023 ОНЫ ҮЙЛ АЖИЛЛАГААНЫ ТӨЛӨВЛӨГӨӨНИЙ БИЕЛЭЛТ", "cb"),
        [
            ["№", "Хийх ажил", "Шалгуур үзүүлэлт", "<", "<", "Хугацаа", "Хариуцах нэгж", "Биелэлт", "Үнэлгээ"],
            ["^", "^", "Нэр", "Суурь", "Зорилт", "^", "^", "^", "^"],
            ["НЭГ. БОЛОВСРОЛЫН САЛБАРТ", "<", "<", "<", "<", "<", "<", "<", "<"],
            ["1.", "Сургалт", "Сургалтын тоо\nХүний тоо", "2\n40", "4\n80", "жилдээ", "Сургууль, ЗДТГ", "Хийв.", "90"],
        ],
    )

    plan, entries = drafted(paper)

    assert plan["sections"] == [
        {
            "title": "БОЛОВСРОЛЫН САЛБАРТ",
            "measures": [
                {
                    "text": "Сургалт",
                    "period": "жилдээ",
                    "indicators": [
                        {"id": "1", "name": "Сургалтын тоо", "baseline": "2", "target": "4"},
                        {"id": "2", "name": "Хүний тоо", "baseline": "40", "target": "80"},
                    ],
                    "units": ["Сургууль", "ЗДТГ"],
                }
            ],
        }
    ]
    assert entries == [{"progress": "Хийв.", "self": "90"}]


def test_a_flat_worksheet_with_a_column_of_sections_keeps_typed_values() -> None:
    book = excel(
        ["Байгууллага: Ногоон-Овоо сумын ЗДТГ"],
        ["2024 оны жилийн эцсийн хөгжлийн төлөвлөгөөний хэрэгжилт"],
        [],
        [
            "Салбар",
            "Д/д",
            "Арга хэмжээ",
            "Хугацаа",
            "Шалгуур үзүүлэлт",
            "Суурь",
            "Зорилтот түвшин",
            "Хэрэгжилт",
            "Хувь",
        ],
        ["ХАА", 1, "Өвс бэлтгэх", date(2024, 9, 30), "Өвс, тн", 500, 650.5, "Бэлтгэв", 0.9],
        [None, 2, "Мал тоолох", "IV улирал", "Мал", 120, 125, "Тоолов", 1],
        ["Дэд бүтэц", 3, "Гүүр засах", "III улирал", "Гүүр", 0, 1, None, 0],
        [None, None, "Нийт дүн", None, None, None, None, None, 0.633],
        formats={"I5": "0%", "I6": "0%"},
    )

    draft = draft_of(book, "paper.xlsx")

    assert [section["title"] for section in draft.plan["sections"]] == ["ХАА", "Дэд бүтэц"]
    assert draft.plan["numbering"] == "running"
    assert draft.plan["sections"][0]["measures"][0] == {
        "text": "Өвс бэлтгэх",
        "period": "2024-09-30",
        "indicators": [{"name": "Өвс, тн", "baseline": "500", "target": "650.5"}],
    }
    assert [entry.get("self") for entry in draft.entries.values()] == ["90", "100", "0"]


def test_a_heading_that_nobody_knows_becomes_a_field_of_the_office() -> None:
    headings = ["№", "Арга хэмжээ", "Хугацаа", "Хэрэгжилт", "Үнэлгээ", "Өнгө"]
    row = ["1", "Зам засах", "I-IV", "Зассан.", "100", "ногоон"]

    _plan, entries = drafted(word([headings, row]))

    assert entries == [{"progress": "Зассан.", "self": "100", "extra": {"Өнгө": "ногоон"}}]


def test_a_heading_is_what_somebody_says_it_is() -> None:
    headings = ["№", "Арга хэмжээ", "Хугацаа", "Юу болсон", "Үнэлгээ"]
    row = ["1", "Зам засах", "I-IV", "Зассан.", "100"]
    wanted = Wanted(columns={squeezed("Юу болсон"): "progress"})

    _plan, entries = drafted(word([headings, row]), wanted=wanted)

    assert entries == [{"progress": "Зассан.", "self": "100"}]


def test_every_text_of_a_file_is_accounted_for() -> None:
    found = reading(
        word(
            ("ТОГТООЛЫН ХЭРЭГЖИЛТ", "cb"),
            [REGISTER, NUMBERS, SECTION, ["1", "1", TREES, "Мод тарих", "Тарив.", "100", "100"]],
            "Хавсралт байхгүй.",
        )
    )

    texts = {cell.text for table in found.file.tables for cell in table.cells() if cell.text}
    assert {one.text for one in found.used} == texts | {"ТОГТООЛЫН ХЭРЭГЖИЛТ", "Хавсралт байхгүй."}
    assert {one.use for one in found.used} == {
        Use.TITLE,
        Use.HEADING,
        Use.COLUMN_NUMBERS,
        Use.SECTION,
        Use.CELL,
        Use.PASSAGE,
    }


def test_a_file_without_such_a_table_has_no_paper_and_all_is_left() -> None:
    found = reading(word("Хурлын тэмдэглэл", [["Нэр", "Утас"], ["Дорж", "99"]]))

    assert found.paper is None
    assert {one.use for one in found.used} == {Use.LEFT}


@pytest.mark.parametrize(
    ("title", "name", "period"),
    [
        ("2024 ОНЫ ТОГТООЛЫН ХЭРЭГЖИЛТ", "биелэлт 2024 II улирал.docx", "2024-Q2"),
        ("2024 ОНЫ ТОГТООЛЫН ХЭРЭГЖИЛТ", "q2.docx", "2024"),
        ("2024 ОНЫ ТОГТООЛЫН ХЭРЭГЖИЛТ", "биелэлт 2023 II улирал.docx", "2024"),
        ("2024 ОНЫ ЖИЛИЙН ЭЦСИЙН ТОГТООЛЫН ХЭРЭГЖИЛТ", "биелэлт 2024 II улирал.docx", "2024"),
        ("ТОГТООЛЫН ХЭРЭГЖИЛТ", "биелэлт 2024 II улирал.docx", "2024-Q2"),
        ("2024 ОНЫ ЭХНИЙ ХАГАС ЖИЛИЙН ТОГТООЛЫН БИЕЛЭЛТ", "a.docx", "2024-H1"),
        ("2024 оны хагас жилийн эцсийн тогтоолын биелэлт", "a.docx", "2024-H1"),
        ("Засаг даргын 2024-2028 оны хөтөлбөрийн 2025 оны хэрэгжилт, тогтоол", "a.docx", "2025"),
        ("2024 оны 1 дүгээр хагас жилийн биелэлт, тогтоол", "a.docx", "2024-H1"),
    ],
)
def test_the_name_of_a_file_tells_the_period_only_where_the_paper_leaves_it_open(
    title: str, name: str, period: str
) -> None:
    paper = reading(word((title, "cb"), [REGISTER, ["1", "1", TREES, "Мод тарих", "Тарив.", "100", "100"]]), name).paper

    assert paper is not None
    assert str(paper.period) == period


def test_a_second_evaluation_is_the_superior_bodys() -> None:
    headings = ["№", "Арга хэмжээ", "Хугацаа", "Хэрэгжилт", "Өөрийн үнэлгээ", "ДҮАХэлтсийн үнэлгээ", "Өмнөх оны түвшин"]
    row = ["1", "Зам засах", "I-IV", "Зассан.", "100", "90", "5 км"]

    plan, entries = drafted(word([headings, row]))

    assert entries == [{"progress": "Зассан.", "self": "100", "superior": "90"}]
    assert plan["sections"][0]["measures"][0]["indicators"][0]["baseline"] == "5 км"


def test_a_number_in_front_of_the_words_is_the_number() -> None:
    register = [["1", "1", TREES, "2.1 Хяналт тавих", "Тавив.", "100", "100"]]
    measures = [
        ["Арга хэмжээ", "Хугацаа", "Зорилт 2025", "Хэрэгжилт", "Үнэлгээ"],
        ["1.2 Мод тарих", "II", "200", "", ""],
    ]

    plan, _entries = drafted(word([REGISTER, *register]))
    other, _none = drafted(word(("2025 ОНЫ АРГА ХЭМЖЭЭНИЙ ТӨЛӨВЛӨГӨӨ", "cb"), measures))

    assert plan["sections"][0]["decisions"][0]["clauses"] == [{"number": "2.1", "text": "Хяналт тавих"}]
    assert other["sections"][0]["measures"] == [
        {"number": "1.2", "text": "Мод тарих", "period": "II", "indicators": [{"name": "-", "target": "200"}]}
    ]


def test_measures_with_targets_by_year_are_measures_and_not_indicators_alone() -> None:
    book = excel(
        ["Засаг даргын 2024-2028 оны хөтөлбөрийн 2024 оны хэрэгжилт"],
        [],
        ["№", "Арга хэмжээ", "Шалгуур үзүүлэлт", "Суурь түвшин", "Зорилтот түвшин", None, "Хэрэгжилт", "Үнэлгээ"],
        [None, None, None, None, 2024, 2028, None, None],
        ["1.1", "Зам засах", "км", 5, 8, 40, "Засав.", 90],
    )

    plan, entries = drafted(book, "paper.xlsx")

    (measure,) = plan["sections"][0]["measures"]
    assert (measure["text"], measure["indicators"]) == ("Зам засах", [{"name": "км", "baseline": "5", "target": "8"}])
    assert entries == [{"progress": "Засав.", "self": "90", "extra": {"Зорилтот түвшин 2028": "40"}}]


def test_a_period_on_a_line_of_its_own_is_the_papers() -> None:
    row = ["1", "1", TREES, "Мод тарих", "Тарив.", "100", "100"]

    paper = reading(word(("ТОГТООЛЫН ХЭРЭГЖИЛТ", "cb"), "2025 оны 1 дүгээр улирал", [REGISTER, row])).paper

    assert paper is not None
    assert (str(paper.title), str(paper.period), paper.passages) == ("ТОГТООЛЫН ХЭРЭГЖИЛТ", "2025-Q1", ())


def test_parts_of_a_decision_under_one_heading_are_told_apart() -> None:
    headings = [
        ["Засаг даргын захирамжийн", "<", "<", "Заалт, үүрэг", "Биелэлтийн байдал", "Үнэлгээ", "<"],
        ["огноо", "дугаар", "нэр", "^", "^", "Өөрийн", "Дээд шатны"],
    ]
    rows = [
        ["2024-02-01", "А/15", "Өвөлжилтийн тухай", "Нөөц бүрдүүлэх", "Бүрдүүлэв.", "90", "70"],
        ["2024-02-01", "А/15", "Өвөлжилтийн тухай", "Мэдээ өгөх", "Өгөв.", "100", "100"],
    ]

    plan, entries = drafted(word([*headings, *rows]))

    assert plan["sections"][0]["decisions"] == [
        {
            "number": "А/15",
            "date": "2024-02-01",
            "title": "Өвөлжилтийн тухай",
            "clauses": [{"text": "Нөөц бүрдүүлэх"}, {"text": "Мэдээ өгөх"}],
        }
    ]
    assert [(entry["self"], entry["superior"]) for entry in entries] == [("90", "70"), ("100", "100")]
