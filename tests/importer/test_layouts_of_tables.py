"""Workbooks and tables of text in the layouts of offices, each with the plan that comes of it."""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook

from papers import entries_of, excel, head, lost, plan_of, read_yaml, reading, saved


def test_typed_days_and_percentages_merged_units_and_hidden_columns() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Биелэлт"
    for row in (
        ["Сумын 2024 оны III улирлын ажлын биелэлт"],
        ["Огноо:", date(2024, 9, 30)],
        [],
        [
            "Д/д",
            "Хийх ажил",
            "Эхлэх, дуусах хугацаа",
            "Хариуцагч",
            "Биелэлт",
            "Үнэлгээ",
            "Нэмэлт тайлбар",
            "Холбоо барих",
        ],
        [1, "Хашаа засах", date(2024, 9, 1), "Аж ахуй", "Зассан", 1, None, "99-01"],
        [2, "Түлш бэлтгэх", date(2024, 10, 1), None, "Бэлтгэж байна", 0.7, "Тээвэр саатсан", "99-02"],
        [3, "Цас цэвэрлэх", "IV улирал", "Нийтийн алба", "-", 0, None, None],
    ):
        sheet.append(row)
    sheet.merge_cells("D5:D6")
    sheet.merge_cells("A1:H1")
    sheet.column_dimensions["H"].hidden = True
    sheet.row_dimensions[7].hidden = True
    for cell in ("F5", "F6", "F7"):
        sheet[cell].number_format = "0%"
    found = reading(saved(book), "paper.xlsx")

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024-Q3, date: 2024-09-30, title: Сумын 2024 оны III улирлын ажлын
    биелэлт}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Арга хэмжээ
  measures:
  - text: Хашаа засах
    period: 2024-09-01
    units: [Аж ахуй]
  - text: Түлш бэлтгэх
    period: 2024-10-01
    units: [Аж ахуй]
  - text: Цас цэвэрлэх
    period: IV улирал
    units: [Нийтийн алба]
""")
    assert entries_of(found) == read_yaml("""
- progress: Зассан
  self: 100
  extra: {Холбоо барих: 99-01}
- progress: Бэлтгэж байна
  self: 70
  reason: Тээвэр саатсан
  extra: {Холбоо барих: 99-02}
- {self: 0}
""")
    assert lost(found) == []


def test_a_worksheet_for_each_sector() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Боловсрол"
    headings = [
        "№",
        "Арга хэмжээ",
        "Хугацаа",
        "Шалгуур үзүүлэлт",
        "Суурь түвшин",
        "Зорилтот түвшин",
        "Хүрсэн түвшин",
        "Хэрэгжилт",
        "Хувь",
    ]
    for row in (
        ["2024 оны хагас жилийн арга хэмжээний төлөвлөгөөний хэрэгжилт"],
        headings,
        [1, "Сургууль засах", "II", "Барилга", 0, 1, 1, "Засав", 100],
        [2, "Ном авах", "III", "Ном", 100, 200, 150, "150 ном авав", 50],
    ):
        sheet.append(row)
    health = book.create_sheet("Эрүүл мэнд")
    for row in (
        ["2024 оны хагас жилийн арга хэмжээний төлөвлөгөөний хэрэгжилт"],
        headings,
        [1, "Үзлэг", "I-IV", "Хүн", 100, 120, 125, "Хийв", 100],
    ):
        health.append(row)
    notes = book.create_sheet("Тэмдэглэл")
    notes.append(["Энэ файлыг мэргэжилтэн бөглөв"])
    notes.sheet_state = "hidden"
    found = reading(saved(book), "paper.xlsx")

    assert head(found) == read_yaml("""
form: action-plan
kind: report
period: 2024-H1
title: 2024 оны хагас жилийн арга хэмжээний төлөвлөгөөний хэрэгжилт
passages:
- [Энэ файлыг мэргэжилтэн бөглөв]
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Боловсрол
  measures:
  - text: Сургууль засах
    period: II
    indicators:
    - {name: Барилга, baseline: 0, target: 1}
  - text: Ном авах
    period: III
    indicators:
    - {name: Ном, baseline: 100, target: 200}
- title: Эрүүл мэнд
  measures:
  - text: Үзлэг
    period: I-IV
    indicators:
    - {name: Хүн, baseline: 100, target: 120}
""")
    assert entries_of(found) == read_yaml("""
- {progress: Засав, reached: 1, self: 100}
- {progress: 150 ном авав, reached: 150, self: 50}
- {progress: Хийв, reached: 125, self: 100}
""")
    assert lost(found) == []


def test_a_number_that_excel_made_a_date_of() -> None:
    found = reading(
        excel(
            ["Тогтоолын биелэлт 2023 он"],
            ["Д/д", "Тогтоолын дугаар", "Тогтоолын нэр", "Заалт", "Хэрэгжилтийн явц", "Өөрийн үнэлгээ"],
            [1, date(2024, 3, 2), "Хог хаягдлын тухай 2023-01-05", "1. Цэвэрлэх", "Цэвэрлэв", 90],
            [2, "7", "Малын тухай 2023-02-05", "2. Тоолох", "Тоолов", 100],
            formats={"B3": "d/m"},
        ),
        "paper.xlsx",
    )

    assert head(found) == read_yaml("""
{form: resolutions, kind: report, period: 2023, title: Тогтоолын биелэлт 2023 он}
""")
    assert plan_of(found) == read_yaml("""
sections:
- title: Шийдвэр
  decisions:
  - number: 2/3
    date: 2023-01-05
    title: Хог хаягдлын тухай
    clauses:
    - {number: 1, text: Цэвэрлэх}
  - number: 7
    date: 2023-02-05
    title: Малын тухай
    clauses:
    - {number: 2, text: Тоолох}
""")
    assert entries_of(found) == read_yaml("""
- {progress: Цэвэрлэв, self: 90}
- {progress: Тоолов, self: 100}
""")
    assert [(one.code, str(one.span.within), dict(one.values)) for one in found.remarks] == [
        ("date-for-number", "Sheet!B3", {"text": "2/3"})
    ]
    assert lost(found) == []


def test_semicolons_in_an_old_encoding_with_letters_of_another_alphabet() -> None:
    text = """\
Цэнхэр сумын 2024 оны ажлын төлөвлөгөө;;;;
Д/д;Арга хэмжээ;Хугацаа;Хүрэх үр дүн;Хариуцах эзэн
;Нэг. Зам, тээвэр;;;
1;Зам засах;I-IV;12,5 км;ЗДТГ
2;Гэрэл тавих;II;40 гэрэл;"ЗДТГ; Цахилгаан"
"""
    found = reading(text.replace("ө", "є").replace("ү", "ї").encode("cp1251"), "paper.csv")

    assert head(found) == read_yaml("""
{form: action-plan, kind: plan, period: 2024, title: Цэнхэр сумын 2024 оны ажлын төлөвлөгөө}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Зам, тээвэр
  measures:
  - text: Зам засах
    period: I-IV
    indicators:
    - {name: '-', unit: км, target: '12,5 км'}
    units: [ЗДТГ]
  - text: Гэрэл тавих
    period: II
    indicators:
    - {name: '-', unit: гэрэл, target: 40 гэрэл}
    units: [ЗДТГ, Цахилгаан]
""")
    assert entries_of(found) == read_yaml("""
- {}
- {}
""")
    assert lost(found) == []


def test_tabs_in_utf_16_without_a_title() -> None:
    text = "№\tАрга хэмжээ\tХугацаа\tБиелэлт\tХувь\n1\tЗам засах\tI-IV\tЗассан\t100\n2\tГэрэл\tII\tТавив\t90\n"
    found = reading(text.encode("utf-16"), "2024 оны ажлын биелэлт.csv")

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024, title: 2024 оны ажлын биелэлт}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Арга хэмжээ
  measures:
  - {text: Зам засах, period: I-IV}
  - {text: Гэрэл, period: II}
""")
    assert entries_of(found) == read_yaml("""
- {progress: Зассан, self: 100}
- {progress: Тавив, self: 90}
""")
    assert lost(found) == []


def test_two_tables_and_signatures_on_one_worksheet() -> None:
    found = reading(
        excel(
            ["Хэлтсийн 2024 оны гүйцэтгэлийн төлөвлөгөөний тайлан"],
            [],
            [
                "Д/А",
                "Арга хэмжээ",
                "Төсөв",
                "Шалгуур үзүүлэлт",
                "Суурь түвшин",
                "Зорилтот түвшин",
                "Хүрсэн түвшин",
                "Гүйцэтгэлийн хувь",
            ],
            ["Зорилт 1. Үйлчилгээ"],
            [1, "Лавлагаа гаргах", "төсөв", "тоо", 1201980, 1300000, 1300500, 100],
            [],
            ["Мэдлэг, ур чадвараа дээшлүүлэх зорилт, арга хэмжээний биелэлт"],
            [
                "Д/д",
                "Зорилтыг хэрэгжүүлэх арга хэмжээ",
                "Шалгуур үзүүлэлт",
                "Суурь түвшин",
                "Хүрэх түвшин",
                "Хүрсэн түвшин (биелэлт)",
                "Эхэлсэн, дууссан хугацаа",
                "Биелэлтийн хувь",
            ],
            [1, "Хэлний сургалт", "цаг", 0, 40, 42, "02-07", 100],
            [],
            ["Хянасан: Дарга", "", "Д.Бат"],
        ),
        "paper.xlsx",
    )

    assert head(found) == read_yaml("""
form: performance-plan
kind: report
period: 2024
title: Хэлтсийн 2024 оны гүйцэтгэлийн төлөвлөгөөний тайлан
signatories:
- [Хянасан, Дарга, Д.Бат]
""")
    assert plan_of(found) == read_yaml("""
year: 2024
goals:
- number: 1
  title: Үйлчилгээ
  objectives:
  - number: 1.1
    title: Стратеги төлөвлөгөөний зорилт
    measures:
    - text: Лавлагаа гаргах
      budget:
      - {source: төсөв}
      indicators:
      - {name: тоо, baseline: 1201980, target: 1300000}
skills:
- text: Хэлний сургалт
  period: 02-07
  indicators:
  - {name: цаг, baseline: 0, target: 40}
""")
    assert entries_of(found) == read_yaml("""
- {reached: 1300500, self: 100}
- {reached: 42, self: 100}
""")
    assert lost(found) == []


def test_columns_that_no_form_has() -> None:
    found = reading(
        excel(
            ["Төслийн 2024 оны ажлын биелэлт"],
            ["No", "Арга хэмжээ", "Эхлэх", "Дуусах", "Хариуцагч", "Биелэлт %", "Эрсдэл", "Тайлбар"],
            [1, "Судалгаа хийх", date(2024, 1, 10), date(2024, 3, 1), "Судлаач", "90%", "дунд", "Хийв"],
            [2, "Тайлан бичих", date(2024, 4, 1), date(2024, 5, 1), "Судлаач", "100%", "-", "Бичив"],
        ),
        "paper.xlsx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024, title: Төслийн 2024 оны ажлын биелэлт}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Арга хэмжээ
  measures:
  - text: Судалгаа хийх
    units: [Судлаач]
  - text: Тайлан бичих
    units: [Судлаач]
""")
    assert entries_of(found) == read_yaml("""
- self: 90
  reason: Хийв
  extra: {Эхлэх: 2024-01-10, Дуусах: 2024-03-01, Эрсдэл: дунд}
- self: 100
  reason: Бичив
  extra: {Эхлэх: 2024-04-01, Дуусах: 2024-05-01, Эрсдэл: '-'}
""")
    assert lost(found) == []


def test_scores_as_parts_of_one_written_as_text() -> None:
    found = reading(
        excel(
            ["2024 оны төлөвлөгөөний биелэлт"],
            ["№", "Арга хэмжээ", "Хэрэгжилт", "Үнэлгээ"],
            ["1.1.", "А ажил", "Хийв", "0,9"],
            ["1.2.", "Б ажил", "Хийв", "1,0"],
            ["1.2.1.", "В ажил", "Хийв", "0.5"],
        ),
        "paper.xlsx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024, title: 2024 оны төлөвлөгөөний биелэлт}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Арга хэмжээ
  measures:
  - {number: 1.1, text: А ажил}
  - {number: 1.2, text: Б ажил}
  - {number: 1.2.1, text: В ажил}
""")
    assert entries_of(found) == read_yaml("""
- {progress: Хийв, self: 90}
- {progress: Хийв, self: 100}
- {progress: Хийв, self: 50}
""")
    assert lost(found) == []


def test_numbered_headings_below_a_blank_column() -> None:
    found = reading(
        excel(
            [],
            [None, "Булган сумын 2023 оны жилийн эцсийн тайлан"],
            [None, "Байгууллагын нэр: Булган сум"],
            [],
            [None, "1. №", "2. Арга хэмжээ", "3. Хугацаа", "4. Үнэлгээ", None],
            [None, None, None, None, "Өөрийн", "Хяналтын"],
            [None, 1, "Зам", "I", 70, 90],
            [None, 2, "Гүүр", "II", 100, 100],
            [],
            [None, None, "Нийт дундаж", None, 85, 95],
            [],
            [None, "Боловсруулсан:", "Мэргэжилтэн", None, "Д.Оч"],
            [None, "Хянасан:", "Дарга", None, "Л.Ган"],
        ),
        "paper.xlsx",
    )

    assert head(found) == read_yaml("""
form: action-plan
kind: report
period: 2023
title: Булган сумын 2023 оны жилийн эцсийн тайлан
organisation: Булган сум
signatories:
- [Боловсруулсан, Мэргэжилтэн, Д.Оч]
- [Хянасан, Дарга, Л.Ган]
""")
    assert plan_of(found) == read_yaml("""
year: 2023
sections:
- title: Арга хэмжээ
  measures:
  - {text: Зам, period: I}
  - {text: Гүүр, period: II}
""")
    assert entries_of(found) == read_yaml("""
- {self: 70, superior: 90}
- {self: 100, superior: 100}
""")
    assert lost(found) == []


def test_a_column_for_each_quarter_under_unmerged_headings() -> None:
    found = reading(
        excel(
            ["2024 оны арга хэмжээний төлөвлөгөөний хэрэгжилт"],
            ["№", "Арга хэмжээ", "Зорилтот түвшин", "Хэрэгжилт", None, None, None, "Үнэлгээ"],
            [None, None, None, "I улирал", "II улирал", "III улирал", "IV улирал", None],
            [1, "Мод тарих", 100, 10, 30, "-", 60, 90],
            [2, "Сургалт", 4, 1, 1, 1, 1, 100],
        ),
        "paper.xlsx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024, title: 2024 оны арга хэмжээний төлөвлөгөөний хэрэгжилт}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Арга хэмжээ
  measures:
  - text: Мод тарих
    indicators:
    - {name: '-', target: 100}
  - text: Сургалт
    indicators:
    - {name: '-', target: 4}
""")
    assert entries_of(found) == read_yaml("""
- self: 90
  extra: {Хэрэгжилт I улирал: 10, Хэрэгжилт II улирал: 30, Хэрэгжилт III улирал: '-', Хэрэгжилт IV улирал: 60}
- self: 100
  extra: {Хэрэгжилт I улирал: 1, Хэрэгжилт II улирал: 1, Хэрэгжилт III улирал: 1, Хэрэгжилт IV улирал: 1}
""")
    assert lost(found) == []


def test_indicators_with_a_target_of_the_year() -> None:
    found = reading(
        excel(
            ["Шалгуур үзүүлэлтийн биелэлт 2024 оны хагас жил"],
            ["№", "Үзүүлэлт", "Хэмжих нэгж", "Суурь түвшин 2023", "2024 зорилт", "Хүрсэн түвшин", "Гүйцэтгэл %"],
            [1, "Төрөлт", "хүн", 120, 130, 128, 98.5],
            [2, "Ажилгүйдэл", "хувь", 7.5, 7, 6.9, 100],
        ),
        "paper.xlsx",
    )

    assert head(found) == read_yaml("""
{form: programme, kind: report, period: 2024-H1, title: Шалгуур үзүүлэлтийн биелэлт 2024 оны хагас жил, baseline_year: 2023}
""")  # noqa: E501
    assert plan_of(found) == read_yaml("""
years: {first: 2024, last: 2024, baseline: 2023}
objectives: []
indicators:
- name: Төрөлт
  unit: хүн
  baseline: 120
  targets: {2024: 130}
- name: Ажилгүйдэл
  unit: хувь
  baseline: 7.5
  targets: {2024: 7}
""")
    assert entries_of(found) == read_yaml("""
- {reached: 128}
- {reached: 6.9}
""")
    assert lost(found) == []
