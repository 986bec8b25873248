"""Sample sheets for the tests of every format: the nine official clauses, long narratives, states, two summaries."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from planctl.forms.form import Column
from planctl.forms.resolutions import COLUMNS
from planctl.report.sheet import (
    EMPTY,
    Block,
    Cell,
    Group,
    Heading,
    LevelShare,
    Records,
    Row,
    Section,
    Share,
    Sheet,
    Signature,
    StateShare,
    Table,
    Tally,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GREEN, LIGHT, AMBER, RED = "2E7D32", "9CCC65", "FFCA28", "E53935"
COLOURS = {100: GREEN, 90: LIGHT, 70: LIGHT, 50: AMBER, 30: AMBER, 0: RED}
TITLE = ("Аймгийн ИТХ, ИТХТ-ийн 2023 оны жилийн эцсийн", "тогтоолын хэрэгжилт")
SUMMARY_TITLE = ("Аймгийн ИТХ, ИТХТ-ийн 2023 оны жилийн эцсийн", "тогтоолын хэрэгжилтийн товчоо")
ORGANISATION = "Өлзийт-Үүр сумын Засаг даргын Тамгын газар"
SIGNATURES = (
    Signature("Хянасан", "Засаг даргын Тамгын газрын дарга", "Ө.Үүрийнсолонго"),
    Signature("Биелэлт гаргасан", "Хууль, эрх зүйн асуудал хариуцсан мэргэжилтэн", "Г.Мөнгөншагай"),
)
END_MARK = "_____ оОо _____"


def plain(text: str) -> Cell:
    """A cell of plain lines."""
    return Cell(text, tuple(Block("paragraph", line) for line in text.split("\n")) if text else ())


def prose(*blocks: Block) -> Cell:
    """A cell of paragraphs, bullets and numbered items; its text is their words."""
    return Cell("\n".join(block.text for block in blocks), blocks)


def score(value: int | None) -> Cell:
    """A score of the rubric with its level's colour; None is a cell left empty."""
    if value is None:
        return EMPTY
    return Cell(f"{value}%", (Block("paragraph", f"{value}%"),), Decimal(value), COLOURS[value])


def paragraph(text: str) -> Block:
    return Block("paragraph", text)


def bullet(text: str, level: int = 1) -> Block:
    return Block("bullet", text, level)


def number(ordinal: int, text: str, level: int = 1) -> Block:
    return Block("number", text, level, ordinal)


def row(at: int, clause: str, progress: Cell, scores: tuple[int | None, int | None], *, document: str = "itkh") -> Row:
    """One clause with its running number; its anchor is `document_number`."""
    cells = {
        "clause_number": Cell(str(at), (Block("paragraph", str(at)),), at),
        "clause": plain(clause),
        "progress": progress,
        "self": score(scores[0]),
        "superior": score(scores[1]),
    }
    return Row(cells, f"{document}#{at}", f"{document}_{at}")


def group(at: int, decision: str, *rows: Row) -> Group:
    """One decision over its clauses."""
    return Group({"decision_number": Cell(str(at), number=at), "decision": plain(decision)}, rows)


def records(table: Table) -> Records:
    """The same items as flat records."""
    return Records(table.columns, tuple(_flat(table)))


def _flat(table: Table) -> Iterator[Row]:
    for band in table.bands:
        if isinstance(band, Group):
            for item in band.rows:
                yield Row({**band.cells, **item.cells}, item.address, item.anchor)


def table_sheet(bands: Iterable[Section | Group], *, stem: str = "itkh-2023-table", **changes: object) -> Sheet:
    """A sheet of one table with the official columns; `changes` replace fields of it."""
    table = Table("main", COLUMNS, tuple(bands))
    sheet = Sheet(
        stem=stem,
        name="Хүснэгт",
        template="resolutions/table",
        organisation=ORGANISATION,
        heading=Heading(TITLE, "2023 оны 12 дугаар сарын 25", "Өлзийт"),
        tables=(table,),
        signatures=SIGNATURES,
        end_mark=END_MARK,
        records=records(table),
    )
    return replace(sheet, **changes)  # type: ignore[arg-type]  # the caller names fields of Sheet


WASTE = prose(
    paragraph(
        "Хог хаягдлын менежментийн хөтөлбөрийн хүрээнд багийн төвүүдэд цэвэрлэгээг улирал бүр зохион байгууллаа."
    ),
    bullet("нийтийн их цэвэрлэгээ: 5 удаа, 250 иргэн;"),
    bullet("цэгт хүргэсэн хаягдал: 25 тн, үүнээс:"),
    bullet("ахуйн хаягдал 18 тн,", 2),
    bullet("барилгын хаягдал 7 тн (“Үүрийн гэгээ” ХХК-ийн тээврээр);", 2),
    bullet("аюултай хаягдлыг тусад нь савласан.", 3),
    paragraph("Цаашид хийх ажил:"),
    number(1, "хаягдлын цэгийг хашаажуулах;"),
    number(2, "ангилан ялгах сав байршуулах:"),
    number(1, "сургууль, цэцэрлэгт;", 2),
    number(2, "эрүүл мэндийн төвд;", 2),
    number(3, "үр дүнг хагас жилээр тооцох."),
)
HERD = plain(
    "Малчдын 4 багийн хуралд дүрмийг танилцуулж, 300 гаруй малчинд гарын авлага тараасан.\n"
    "Оны эцсийн байдлаар мал хулгайлах гэмт хэрэг бүртгэгдээгүй байна."
)
DUTY = "гүйцэтгэлийг хагас, бүтэн жилээр хэлэлцүүлж ажиллахыг Засаг даргад даалгасугай."

NINE_BANDS: tuple[Section | Group, ...] = (
    Section("Аймгийн ИТХ-ын тогтоол"),
    group(
        1,
        "Хог хаягдлын менежментийг сайжруулах хөтөлбөр батлах тухай\n2021-12-14\nДугаар 2021_131",
        row(1, f"1. Хөтөлбөрийг хэрэгжүүлэх ажлыг үр дүнтэй зохион байгуулж, {DUTY}", WASTE, (100, 100)),
        row(
            2,
            "2. Шаардагдах хөрөнгийг жил бүрийн төсөвт тусгасугай.",
            plain("Орон нутгийн төсөвт 12,5 сая төгрөг тусгав."),
            (100, 100),
        ),
        row(
            3,
            "3. Хэрэгжилтэд хяналт тавихыг Төлөөлөгчдийн хороонд үүрэг болгосугай.",
            plain("Хяналт, шалгалтыг 2 удаа хийж, илэрсэн 4 зөрчлийг газар дээр нь арилгуулсан."),
            (70, 70),
        ),
    ),
    group(
        2,
        "Мал хулгайлах гэмт хэрэгтэй тэмцэх сангийн дүрэм баталж, зөвлөл байгуулах тухай\n2021-12-22\nДугаар 2021_144",
        row(4, "1. Сангийн дүрмийг олон нийтэд сурталчилж, ажиллах нөхцөлийг бүрдүүлсүгэй.", HERD, (100, 100)),
    ),
    group(
        3,
        "Сурлагын хоцрогдлыг нөхөх төлөвлөгөө батлах тухай\n2022-02-25\nДугаар 2022_8/10",
        row(
            5,
            "1. Төлөвлөгөөний хэрэгжилтийг нэгдсэн удирдлагаар хангасугай.",
            plain("Хоцрогдол арилгах төлөвлөгөөг бага, дунд ангиар тус бүрд нь боловсруулж батлав."),
            (70, 70),
        ),
    ),
    group(
        4,
        "Аймгийн 2023 оны хөгжлийн төлөвлөгөө батлах тухай\n2022-12-02\nДугаар 2022_12/54",
        row(
            6,
            f"1. Хөгжлийн төлөвлөгөөг олон нийтэд мэдээлж, {DUTY}",
            plain(
                "Төлөвлөгөөний 37 заалтаас 28 нь бүрэн хэрэгжсэн. Биелэлтийг цахим хуудсанд байршуулсан: https://example.mn/tailan?on=2023&khagas=2"
            ),
            (100, 100),
        ),
    ),
    Section("Аймгийн ИТХ-ын Тэргүүлэгчдийн тогтоол"),
    group(
        5,
        "“Ухаалаг аймаг” дэд хөтөлбөр батлах тухай\n2019-01-31\nДугаар 2019_02",
        row(
            7,
            "1. Үйл ажиллагааны төлөвлөгөө баталж, төсөвт тусгасугай.",
            plain("Төрийн 6 байгууллага цахим албан хэрэг хөтлөлтөд шилжиж, 552 бичиг авснаас 261-ийг шийдвэрлэв."),
            (100, 100),
        ),
    ),
    group(
        6,
        "“Хоршоог хөгжүүлэх” дэд хөтөлбөр батлах тухай\n2020-09-14\nДугаар 2020_90",
        row(
            8,
            "1. Хоршоодын хамрах хүрээг өргөжүүлж, зээлийн эх үүсвэрийг нэмэгдүүлсүгэй.",
            plain("Хоршоо хөгжүүлэх сангаас 2 хоршоонд 90 сая төгрөгийн хөнгөлөлттэй зээл олгосон."),
            (100, 100),
        ),
    ),
    group(
        7,
        "“Хуримтлалтай өрх” хөтөлбөр батлах тухай\n2020-11-15\nДугаар 2020_59",
        row(
            9,
            "1. Зорилтуудыг хэрэгжүүлэх нарийвчилсан төлөвлөгөө гаргасугай.",
            plain("2024 онд хэрэгжүүлэхээр төлөвлөж байна."),
            (0, 0),
        ),
    ),
)


def nine_clauses() -> Sheet:
    """The official sheet: nine clauses of seven decisions in two sections, the first decision over three clauses."""
    return table_sheet(NINE_BANDS)


def draft() -> Sheet:
    """An unfinished sheet: the mark, a reference, missing and not-due items, remarks, hostile text, an annex."""
    not_due = Cell("Хугацаа болоогүй")
    nasty = plain('A & B < C > D, "ишлэл", {{ sheet.stem }} {% if %} =1+1 <b>тод</b> [улаан] \\d ﬁ 𝔘 {_{ ]]> &amp;')
    waiting = row(2, "2. Хэрэгжилтийг 2025 онд тайлагнасугай.", EMPTY, (None, None))
    bands = (
        Section("Аймгийн ИТХ-ын тогтоол"),
        group(
            1,
            "Аялал жуулчлалыг хөгжүүлэх тухай\n2022-05-06\nДугаар А/12",
            row(1, "1. Маршрут боловсруулсугай.", nasty, (90, None)),
            replace(waiting, cells={**waiting.cells, "self": not_due, "superior": not_due}),
            row(3, "3. Сав газрыг хамгаалсугай.", EMPTY, (None, None)),
        ),
    )
    return table_sheet(
        bands,
        stem="draft",
        heading=Heading(
            ("Аймгийн ИТХ-ын тогтоолын хэрэгжилт",),
            "2023 оны 12 дугаар сарын 25",
            "Өлзийт",
            note="(2023 оны жилийн эцэс)",
            reference="Засаг даргын 2023 оны А/45 дугаар\nзахирамжийн 2 дугаар хавсралт",
            draft="ТӨСӨЛ",
        ),
        remarks=("Тайлагнаагүй заалт: 1.", "Үнэлгээ өгөөгүй заалт: 2."),
        annexes=(breakdown(),),
    )


def breakdown() -> Table:
    """An annex with its own columns, a grouped one among them."""
    columns = (
        Column("unit", "Хариуцсан нэгж", 70, "text", grouped=True),
        Column("level", "Үнэлгээний түвшин", 60, "text"),
        Column("count", "Заалтын тоо", 20, "count"),
        Column("mean", "Дундаж", 20, "score"),
    )

    def line(level: str, count: int, mean: str) -> Row:
        return Row({"level": Cell(level), "count": Cell(str(count), number=count), "mean": Cell(mean)})

    bands = (
        Section("Тамгын газрын нэгжүүд"),
        Group({"unit": Cell("Хууль, эрх зүйн хэлтэс")}, (line("Үр дүнтэй", 5, "100%"), line("Үр дүнгүй", 1, "0%"))),
        Group({"unit": Cell("Нийгмийн бодлогын хэлтэс")}, (line("Тодорхой үр дүнд хүрсэн", 3, "76,7%"),)),
    )
    return Table("breakdown", columns, bands, title="Хариуцсан нэгжээр", numbered=False)


# Sheets without a template of their own


def fields(at: int, *, document: str, **cells: Cell) -> Row:
    """One item with these cells; its anchor is `document_number`."""
    return Row(cells, f"{document}#{at}", f"{document}_{at}")


def percent(value: int | None) -> Cell:
    """A score under a heading that says per cent; None is a cell left empty."""
    if value is None:
        return EMPTY
    return Cell(str(value), (Block("paragraph", str(value)),), Decimal(value), COLOURS[value])


def in_cells(count: int, **changes: object) -> Sheet:
    """A sheet of one table of so many columns, without a template of its own."""
    columns = tuple(Column(f"c{at}", f"Багана {at}", 10, "prose" if at % 2 else "text") for at in range(1, count + 1))
    cells = {column.key: plain(f"Утга {column.key}") for column in columns}
    table = Table("main", columns, (Group({}, (fields(1, document="cells", **cells),)),))
    return table_sheet((), stem="cells", **{"template": "novel", "tables": (table,), **changes})


PLAN_COLUMNS = (
    Column("number", "Д/д", 10, "ordinal"),
    Column("objective", "Зорилт", 40, "prose", grouped=True),
    Column("measure", "Зорилтыг хэрэгжүүлэх арга хэмжээ", 60, "prose"),
    Column("indicator", "Шалгуур үзүүлэлт", 50, "text"),
    Column("term", "Хугацаа", 26, "text"),
    Column("cost", "Хөрөнгө, сая төгрөг", 24, "count"),
    Column("unit", "Хариуцах нэгж", 42, "text"),
)
REFERENCE = (
    "Өлзийт-Үүр сумын Засаг даргын\n2023 оны 01 дүгээр сарын 09-ний өдрийн\nА/12 дугаар захирамжийн 2 дугаар хавсралт"
)


def _planned(at: int, measure: Cell, cost: str) -> Row:
    return fields(
        at,
        document="plan",
        number=Cell(f"1.{at}"),
        measure=measure,
        indicator=plain("Хамрагдсан өрхийн тоо,\nсургалтын тоо"),
        term=plain("I-IV улирал"),
        cost=Cell(cost),
        unit=plain("Нийгмийн бодлогын тасаг; Үүр баг"),
    )


def plan_of_measures() -> Sheet:
    """A plan of seven columns with headings of one row, sections of two levels, objectives over their measures."""
    text = plain("Өрхийн орлогыг нэмэгдүүлэх чиглэлээр сургалт, сурталчилгааг үе шаттай зохион байгуулах.")
    bands: list[Section | Group] = []
    for part in ("Нийгмийн хөгжлийн бодлогын хүрээнд", "Эдийн засаг, дэд бүтцийн хүрээнд"):
        bands += [Section(part), Section("Хүн амын орлого, ажил эрхлэлт", 2)]
        start = len(bands) * 4
        for first in (start, start + 3):
            rows = (_planned(first, text, "12,5"), _planned(first + 1, WASTE, "-"), _planned(first + 2, text, "100"))
            bands.append(Group({"objective": plain("Зорилт. Өрх бүрийг хөдөлмөр эрхлэлтээр дэмжих.")}, rows))
    return Sheet(
        stem="plan",
        name="plan",
        template="novel/plan",
        organisation=ORGANISATION,
        heading=Heading(
            ("Өлзийт-Үүр сумын Засаг даргын Тамгын газрын", "2023 оны үйл ажиллагааны төлөвлөгөө"),
            "2023 оны 01 дүгээр сарын 09",
            "Өлзийт",
            reference=REFERENCE,
        ),
        tables=(Table("plan", PLAN_COLUMNS, tuple(bands)),),
        signatures=TWO_POSTS,
        end_mark=END_MARK,
    )


TWO_POSTS = (
    Signature("Баталсан", "Тамгын газрын дарга\nТөсвийн шууд захирагч", "Ө.Үүрийнсолонго"),
    Signature(
        "Боловсруулсан", "Төрийн захиргааны удирдлагын хэлтэс,\nХяналт-шинжилгээний мэргэжилтэн", "Г.Мөнгөншагай"
    ),
)
LEVEL = "Гүйцэтгэлийн түвшин"
PERFORMANCE_COLUMNS = (
    Column("number", "Д/д", 12, "ordinal"),
    Column("measure", "Зорилтыг хэрэгжүүлэх арга хэмжээ", 62, "prose", grouped=True),
    Column("indicator", "Шалгуур үзүүлэлт", 50, "text"),
    Column("baseline", "Суурь түвшин", 26, "text", over=LEVEL),
    Column("target", "Хүрэх түвшин", 26, "text", over=LEVEL),
    Column("reached", "Хүрсэн түвшин (биелэлт)", 34, "text", over=LEVEL),
    Column("term", "Эхэлсэн, дууссан хугацаа", 26, "text"),
    Column("percent", "Биелэлтийн хувь", 20, "percent"),
)


def performance_table(*, title: str = "Хоёр. Гүйцэтгэлийн зорилт, арга хэмжээний биелэлт") -> Table:
    """Seven measures with two-row headings: three columns stand under one heading."""

    def line(at: int) -> Row:
        return fields(
            at,
            document="performance",
            number=Cell(str(at), number=at),
            indicator=plain(f"Цахимаар үзүүлсэн үйлчилгээний тоо, {at} дэх төрөл"),
            baseline=plain("2021 онд 210"),
            target=plain("300"),
            reached=plain("315 буюу 105 хувь"),
            term=plain("2023-01-05\n2023-12-20"),
            percent=percent((100, 90, 70, 50, 30, 0, None)[at - 1]),
        )

    bands = (
        Group({"measure": plain("Төрийн үйлчилгээг иргэнд ойртуулах, цахимжуулах")}, (line(1), line(2), line(3))),
        Group({"measure": prose(paragraph("Хүний нөөцийг чадавхжуулах:"), bullet("сургалт"))}, (line(4), line(5))),
        Group({"measure": plain("Архивын баримтыг цахим хэлбэрт шилжүүлэх")}, (line(6),)),
        Group({"measure": plain("Өргөдөл, гомдлыг хугацаанд нь шийдвэрлэх")}, (line(7),)),
    )
    return Table("performance", PERFORMANCE_COLUMNS, bands, title=title)


def two_tables() -> Sheet:
    """A plan of seven columns and a second table, with its own title and a heading of two rows, after it."""
    plan = plan_of_measures()
    return replace(plan, stem="two", tables=(*plan.tables, performance_table()), remarks=("Тайлагнаагүй: 1.",))


RESULT = "Үр дүнгийн үзүүлэлт"
REPORT_COLUMNS = (
    Column("number", "Д/д", 9, "ordinal"),
    Column("objective", "Бодлогын зорилт", 26, "prose", grouped=True),
    Column("measure", "Үйл ажиллагаа, арга хэмжээ", 30, "prose"),
    Column("term", "Хугацаа", 15, "text"),
    Column("cost", "Төсөв, сая төгрөг", 16, "count"),
    Column("indicator", "Шалгуур үзүүлэлт", 26, "text"),
    Column("baseline", "Суурь түвшин", 16, "text", over=RESULT),
    Column("target", "Зорилтот түвшин", 17, "text", over=RESULT),
    Column("reached", "Хүрсэн түвшин", 17, "text", over=RESULT),
    Column("progress", "Хэрэгжилтийн явц", 62, "prose"),
    Column("percent", "Биелэлт, хувь", 16, "percent"),
)


def eleven_columns() -> Sheet:
    """A report of eleven columns, one of its narratives several pages long (its last word is “төгсгөлийнүг”)."""

    def line(at: int, progress: Cell, value: int | None) -> Row:
        return fields(
            at,
            document="report",
            number=Cell(f"1.1.{at}"),
            measure=plain("Нэг цэгийн үйлчилгээг иргэдэд ойртуулах, хөтөлбөр хэрэгжүүлэх"),
            term=plain("2023 оны IV улирал"),
            cost=Cell("1 250,5"),
            indicator=plain("Үйлчилгээ авсан иргэний тоо, давхардсан тоогоор"),
            baseline=plain("210 (2021 он)"),
            target=plain("300"),
            reached=plain("315"),
            progress=progress,
            percent=percent(value),
        )

    bands = (
        Section("Төрийн үйлчилгээний чанар, хүртээмж"),
        Group({"objective": plain("Төрийн үйлчилгээг цахимжуулах")}, (line(1, HERD, 100), line(2, WASTE, 70))),
        Section("Өөртөө үйлчлэх төвүүд", 2),
        Group({"objective": plain("Үйлчилгээг ойртуулах")}, (line(3, prose(*_long_blocks()), 90), line(4, HERD, 0))),
        Group({"objective": plain("Үр дүнг тооцох")}, (line(5, EMPTY, None),)),
    )
    return replace(
        plan_of_measures(),
        stem="eleven",
        heading=replace(plan_of_measures().heading, note="(2023 оны жилийн эцэс)", draft="ТӨСӨЛ"),
        tables=(Table("report", REPORT_COLUMNS, bands),),
        tally=summary().tally,
        annexes=(replace(performance_table(title="Шалгуур үзүүлэлтээр"), numbered=False),),
        records=nine_clauses().records,
    )


def long_narrative() -> Sheet:
    """A sheet with a narrative of several pages (its last word is “төгсгөлийнүг”) between short ones."""
    return table_sheet(
        (
            Section("Аймгийн ИТХ-ын тогтоол"),
            group(
                1,
                "Өөртөө үйлчлэх төвүүдийг өргөжүүлэх тухай\n2022-03-11\nДугаар 2022_3/7",
                row(
                    1,
                    "1. Үйлчилгээний төрлийг нэмэгдүүлсүгэй.",
                    plain("Үйлчилгээг 10 төрлөөр нэмж, 210 лавлагаа олгосон."),
                    (100, 100),
                ),
                row(2, f"2. Нэгдсэн төлөвлөгөө гаргаж, {DUTY}", prose(*_long_blocks()), (90, 70)),
                row(3, "3. Үр дүнг тайлагнасугай.", plain("Тайланг хугацаанд нь хүргүүлсэн."), (100, 100)),
            ),
        ),
        stem="long",
    )


def _long_blocks() -> Iterator[Block]:
    sentence = (
        "Өнгөрсөн хугацаанд сумын Засаг даргын Тамгын газраас нэг цэгийн үйлчилгээг иргэдэд ойртуулах, "
        "албан хаагчдын ур чадварыг дээшлүүлэх, үйлчилгээний стандартыг мөрдүүлэх ажлыг үе шаттай зохион байгууллаа."
    )
    for part in range(1, 13):
        yield paragraph(f"{part}-р хэсэг. {sentence} {sentence}")
        for step in range(1, 4):
            yield number(step, f"{part}.{step} дэх ажлын хүрээнд {30 * step} иргэнд үйлчилсэн:")
            yield bullet("цахимаар үйлчилсэн нь: өөрийн биеэр ирсэн иргэдээс 2 дахин их;", 2)
            yield bullet("үүнээс ахмад настан, хөгжлийн бэрхшээлтэй иргэн тусгай ээлжээр.", 3)
        yield bullet("Санхүүжилт: орон нутгийн төсөв.")
    yield paragraph("Ажлын тайлан энд дуусав: төгсгөлийнүг")


def many(rows: int, *, clauses: int = 4) -> Sheet:
    """A sheet of so many rows, for speed: decisions of a few clauses under one section."""
    progress = plain("Хөтөлбөрийн зорилтыг хэрэгжүүлэх ажлыг төлөвлөгөөт хугацаанд зохион байгуулсан.\nҮр дүнг тооцов.")
    bands = (
        group(
            first // clauses + 1,
            f"Тогтоол батлах тухай\n2022-03-11\nДугаар 2022_{first}",
            *(
                row(at, f"{at}. Заалтыг хэрэгжүүлсүгэй.", progress, (100, 90), document="many")
                for at in range(first + 1, min(first + clauses, rows) + 1)
            ),
        )
        for first in range(0, rows, clauses)
    )
    return table_sheet((Section("Аймгийн ИТХ-ын тогтоол"), *bands), stem="many")


LEVELS = (
    ("Үр дүнтэй", (100,)),
    ("Тодорхой үр дүнд хүрсэн", (90, 70)),
    ("Эрчимжүүлэх шаардлагатай", (50, 30)),
    ("Үр дүнгүй", (0,)),
)


def _levels(counts: tuple[int, ...]) -> tuple[LevelShare, ...]:
    count = dict(zip((100, 90, 70, 50, 30, 0), counts, strict=True))
    return tuple(
        LevelShare(
            name,
            COLOURS[values[0]],
            tuple(Share(f"{value}%", Decimal(value), count[value], str(count[value] or "-")) for value in values),
        )
        for name, values in LEVELS
    )


def _summary(tally: Tally, heading: Heading, **changes: object) -> Sheet:
    sheet = Sheet(
        stem="itkh-2023-self",
        name="Товчоо, өөрийн үнэлгээ",
        template="summary",
        organisation=ORGANISATION,
        heading=heading,
        tally=tally,
        end_mark=END_MARK,
        records=records(nine_clauses().tables[0]),
    )
    return replace(sheet, **changes)  # type: ignore[arg-type]  # the caller names fields of Sheet


def summary() -> Sheet:
    """The finished summary of the nine clauses: 6, 0, 2, 0, 0, 1; 740 points of 9 clauses, 82,2."""
    tally = Tally(
        column="self",
        title=" ".join(SUMMARY_TITLE),
        total_label="Хэрэгжилт гаргах нийт арга хэмжээний тоо",
        total=9,
        of_which="Үүнээс",
        levels=_levels((6, 0, 2, 0, 0, 1)),
        states=(),
        closing="Аймгийн ИТХ, ИТХТ-ийн 2023 оны жилийн эцсийн тогтоолын хэрэгжилтийн товчоо 82,2 хувьтай байна.",
        mean=Decimal("82.2"),
        mean_text="82,2",
        decimals=1,
        points=Decimal(740),
        scored=9,
    )
    return _summary(tally, Heading(SUMMARY_TITLE, "2023 оны 12 дугаар сарын 25", "Өлзийт", note="(Өөрийн үнэлгээ)"))


def draft_summary() -> Sheet:
    """An unfinished summary: seven scored, one not due, one missing; with remarks and signatures."""
    finished = summary().tally
    assert finished is not None
    tally = replace(
        finished,
        column="superior",
        levels=_levels((4, 1, 1, 0, 0, 1)),
        states=(StateShare("not_due", "Хугацаа болоогүй", 1, "1"), StateShare("missing", "Тайлагнаагүй", 1, "1")),
        closing="Аймгийн ИТХ, ИТХТ-ийн 2023 оны жилийн эцсийн тогтоолын хэрэгжилтийн товчоо 80 хувьтай байна.",
        mean=Decimal("80.0"),
        mean_text="80",
        points=Decimal(560),
        scored=7,
    )
    heading = Heading(
        SUMMARY_TITLE,
        "2023 оны 12 дугаар сарын 25",
        "Өлзийт",
        note="(Дээд шатны байгууллагын үнэлгээ)",
        draft="ТӨСӨЛ",
    )
    return _summary(
        tally,
        heading,
        stem="itkh-2023-superior",
        name="Товчоо, дээд шатны үнэлгээ",
        remarks=("Тайлагнаагүй 1 заалт дундажид ороогүй.",),
        signatures=SIGNATURES,
    )
