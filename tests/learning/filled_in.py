"""Filled-in sheets of the forms, as offices have them: each in its own looks and order of columns."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from office_sheet import BLUE, dressed, line, new, saved, table


def register() -> bytes:
    """Return a register of decisions: the progress in the last column, an own column, capitals, a logo."""
    document = new()
    for text in ("Засаг даргын 2022 оны", "12 дугаар сарын 01-ний өдрийн", "А/12 дугаар захирамжийн хавсралт"):
        line(document, text, side="r", size=10)
    line(document, "АЙМГИЙН ИТХ-ЫН ТОГТООЛЫН 2023 ОНЫ ЖИЛИЙН ЭЦСИЙН", side="c", bold=True, size=14, colour=BLUE)
    line(document, "ХЭРЭГЖИЛТ", side="c", bold=True, size=14, colour=BLUE)
    line(document, "2023 оны 12 дугаар сарын 25\t\t\t\t\t\t\t\t\tӨлзийт")
    table(
        document,
        [
            [
                "Шийдвэр Д/д",
                "Заалт Д/д",
                "Шийдвэрийн нэр, огноо, дугаар",
                "Холбогдох заалтын агуулга",
                "Тэмдэглэл",
                "Өөрийн үнэлгээ",
                "Дээд шатны байгууллагын үнэлгээ",
                "Хэрэгжилтийн явц",
            ]
        ],
        [
            ["1", "2", "3", "4", "5", "6", "7", "8"],
            ["Нэг. Аймгийн ИТХ-ын тогтоол"],
            [
                "1",
                "1",
                "Хог хаягдлыг бууруулах тухай\n2021-12-14\nДугаар 131",
                "Ажлыг зохион байгуулах",
                "Сайн",
                "100%",
                "90%",
                "Хөтөлбөрийн хүрээнд ажил хийв.\n- Цэвэрлэгээ 5 удаа\n- Сургалт 2 удаа",
            ],
            ["^", "2", "^", "Санхүүжилтийг тусгах", "Дунд", "70%", "70%", "Төсөвт тусгав."],
            [
                "2",
                "3",
                "Малын бүртгэлийн тухай\n2022-03-02\nДугаар 12",
                "Бүртгэл хийх",
                "",
                "90%",
                "90%",
                "Бүртгэл хийв.",
            ],
            ["Хоёр. Сумын ИТХ-ын тогтоол"],
            [
                "3",
                "4",
                "Мод тарих тухай\n2022-04-20\nДугаар 5",
                "Мод тарих",
                "Тарьсан",
                "100%",
                "100%",
                "Мод тарив.\nУсалгаа хийв.",
            ],
        ],
        [14, 12, 38, 48, 24, 18, 22, 80],
        centred=(0, 1, 5, 6),
    )
    line(document, "")
    line(document, "Энэхүү тайланг цахимаар байршуулна.", size=10)
    line(document, "ХЯНАСАН:", bold=True)
    line(document, "Засаг даргын Тамгын газрын дарга\t\t\tБ.Энхтүвшин")
    line(document, "")
    line(document, "БИЕЛЭЛТ ГАРГАСАН:", bold=True)
    line(document, "Хуулийн мэргэжилтэн\t\t\tЦ.Оюунгэрэл")
    return saved(document)


def action_plan() -> bytes:
    """Return an action plan: a heading of two rows, date and place behind labels, signatures in a table."""
    document = new()
    line(
        document,
        "Сумын Засаг даргын үйл ажиллагааны хөтөлбөрийг хэрэгжүүлэх 2023 оны төлөвлөгөөний хэрэгжилт",
        side="c",
        bold=True,
        size=13,
    )
    line(document, "Огноо: 2023 оны 12 дугаар сарын 25", size=10)
    line(document, "Газар: Өлзийт", size=10)
    table(
        document,
        [
            [
                "№",
                "Арга хэмжээ",
                "Шалгуур үзүүлэлт",
                "Суурь түвшин",
                "Хүрэх түвшин, үр дүн",
                "Хугацаа",
                "Хариуцах эзэн",
                "Хэрэгжилтийн явц",
                "Хүрсэн түвшин",
                "Үнэлгээ",
                "<",
            ],
            ["^", "^", "^", "^", "^", "^", "^", "^", "^", "Өөрийн үнэлгээ", "Дээд шатны байгууллагын үнэлгээ"],
        ],
        [
            ["1. Эдийн засгийн бодлогын хүрээнд"],
            [
                "1",
                "Хоршооллын хөдөлгөөнийг дэмжих",
                "Хоршооны тоо",
                "3",
                "5",
                "I-IV улирал",
                "Санхүүгийн алба",
                "Хоршоог дэмжив.\n1. Сургалт хийв.\n2. Зээл олгов.",
                "5",
                "100%",
                "90%",
            ],
            [
                "2",
                "Жижиг үйлдвэрт зээл олгох",
                "Зээлийн тоо",
                "2",
                "4",
                "II улирал",
                "Санхүүгийн алба",
                "Зээл олгов.",
                "4",
                "100%",
                "100%",
            ],
            ["2. Нийгмийн бодлогын хүрээнд"],
            [
                "3",
                "Сургуулийн байрыг засах",
                "Зассан байр",
                "0",
                "1",
                "III улирал",
                "Хүний нөөцийн алба",
                "Засвар хийв.",
                "1",
                "90%",
                "90%",
            ],
        ],
        [9, 38, 22, 18, 24, 18, 24, 50, 18, 20, 22],
        centred=(0, 9, 10),
    )
    line(document, "")
    signed = document.add_table(5, 3)
    for at, row in enumerate(
        [
            ("Хянасан:", "", ""),
            ("Засаг даргын орлогч", "..............", "Д.Болормаа"),
            ("", "", ""),
            ("Тайлан гаргасан:", "", ""),
            ("Ахлах мэргэжилтэн", "..............", "Г.Тэмүүлэн"),
        ]
    ):
        for place, text in enumerate(row):
            dressed(signed.cell(at, place).paragraphs[0], text)
    line(document, "оОо", side="c")
    return saved(document)


def performance_plan() -> bytes:
    """Return a performance plan: two levels of sections, a second table, signatures on a line each."""
    document = new()
    line(document, "Санхүүгийн албаны 2023 оны гүйцэтгэлийн төлөвлөгөөний хэрэгжилт", side="c", bold=True, size=13)
    line(document, "2023 оны 12 дугаар сарын 25", size=10)
    line(document, "Өлзийт", size=10)
    table(
        document,
        [
            [
                "Д/А",
                "Стратеги төлөвлөгөө болон үндэслэж байгаа бусад бодлогын баримт бичиг, хууль тогтоомж",
                "Төсөв",
                "Шалгуур үзүүлэлт",
                "Суурь түвшин",
                "Зорилтот түвшин",
                "Хүрсэн түвшин буюу хэрэгжилт /хүрээгүй бол тайлбар/",
                "Гүйцэтгэлийн хувь",
            ]
        ],
        [
            ["СТРАТЕГИ ТӨЛӨВЛӨГӨӨНИЙ ЗОРИЛТ 1: САНХҮҮГИЙН СУУРИЙГ БЭХЖҮҮЛЭХ"],
            ["Зорилт 1.1. Орлогын төлөвлөгөөг биелүүлэх"],
            [
                "1",
                "Орлогыг төлөвлөгөөнд хүргэх",
                "12,5 сая",
                "Орлогын хувь",
                "90%",
                "100%",
                "Орлогын төлөвлөгөө биелэв.",
                "100",
            ],
            ["2", "Өр барагдуулах", "-", "Өрийн дүн", "5", "0", "Өр барагдав.\nҮлдэгдэлгүй.", "90"],
            ["Зорилт 1.2. Тайланг хугацаанд нь гаргах"],
            ["3", "Тайланг хугацаанд нь гаргах", "-", "Тайлангийн тоо", "4", "4", "Тайлан гарав.", "100"],
            ["СТРАТЕГИ ТӨЛӨВЛӨГӨӨНИЙ ЗОРИЛТ 2: ХЯНАЛТЫГ САЙЖРУУЛАХ"],
            ["Зорилт 2.1. Дотоод хяналтыг хэрэгжүүлэх"],
            ["4", "Дотоод хяналт хийх", "-", "Хяналтын тоо", "1", "2", "Хяналт хийв.", "100"],
        ],
        [10, 50, 22, 28, 20, 22, 84, 20],
        centred=(0, 7),
    )
    line(document, "Мэдлэг, ур чадвараа дээшлүүлэх зорилт, арга хэмжээний биелэлт", side="c", bold=True, size=12)
    table(
        document,
        [
            [
                "Д/д",
                "Зорилтыг хэрэгжүүлэх арга хэмжээ",
                "Шалгуур үзүүлэлт",
                "Гүйцэтгэлийн түвшин",
                "<",
                "<",
                "Эхэлсэн, дууссан хугацаа",
                "Биелэлтийн хувь",
            ],
            ["^", "^", "^", "Суурь түвшин", "Хүрэх түвшин", "Хүрсэн түвшин (биелэлт)", "^", "^"],
        ],
        [
            ["1", "Сургалтад хамрагдах", "Сургалтын тоо", "0", "1", "Сургалтад хамрагдав.", "I-IV улирал", "100"],
            ["2", "Гадаад хэл сурах", "Түвшин", "0", "1", "Хэл сурав.", "I-IV улирал", "90"],
        ],
        [10, 60, 30, 20, 20, 70, 26, 20],
        centred=(0, 7),
    )
    line(document, "")
    line(document, "Тайлан гаргасан: Мэргэжилтэн ................ Г.Тэмүүлэн")
    line(document, "Хянасан: Албаны дарга ................ Б.Энхтүвшин")
    return saved(document)


def programme() -> bytes:
    """Return the report of a programme: measures, and indicators in a second table."""
    document = new()
    line(document, "“Ногоон хөгжил” хөтөлбөрийн 2023 оны хэрэгжилтийн тайлан", side="c", bold=True, size=13)
    line(document, "2023 оны 12 дугаар сарын 25\tӨлзийт")
    table(
        document,
        [
            [
                "№",
                "Арга хэмжээ",
                "Хэрэгжилтийн явц",
                "Хариуцах байгууллага, нэгж",
                "Өөрийн үнэлгээ",
                "Дээд шатны байгууллагын үнэлгээ",
            ]
        ],
        [
            ["Зорилт 1. Ногоон байгууламжийг нэмэгдүүлэх"],
            ["1.1", "Мод тарих", "Мод тарив.", "Байгаль орчны алба", "100%", "100%"],
            ["1.2", "Цэцэрлэг байгуулах", "Цэцэрлэг байгуулав.", "Байгаль орчны алба", "90%", "90%"],
            ["Зорилт 2. Хог хаягдлыг бууруулах"],
            ["2.1", "Хог ангилах", "Хог ангилав.", "Байгаль орчны алба", "70%", "70%"],
        ],
        [14, 70, 84, 40, 22, 26],
        centred=(0, 4, 5),
    )
    line(document, "Хөтөлбөрийн шалгуур үзүүлэлт", side="c", bold=True, size=12)
    table(
        document,
        [
            [
                "№",
                "Шалгуур үзүүлэлт",
                "Хэмжих нэгж",
                "Суурь түвшин",
                "Зорилтот түвшин",
                "Хүрсэн түвшин",
                "Гүйцэтгэл, хувь",
                "Тайлбар",
            ]
        ],
        [
            ["1", "Тарьсан модны тоо\n(тухайн жилийн дүнгээр)", "ширхэг", "1000", "2000", "2000", "100", "Тарив."],
            ["2", "Ангилсан хогийн хувь\n(тухайн жилийн дүнгээр)", "хувь", "10", "20", "15", "75", "Ангилав."],
        ],
        [10, 70, 26, 24, 24, 24, 22, 56],
        centred=(0, 3, 4, 5, 6),
    )
    line(document, "")
    line(document, "Тайлан гаргасан:", bold=True)
    line(document, "Мэргэжилтэн                  Г.Тэмүүлэн")
    return saved(document)


# Others

_HEADINGS = [
    [
        "№",
        "Арга хэмжээ",
        "Хугацаа",
        "Шалгуур үзүүлэлт",
        "Суурь түвшин",
        "Хүрэх түвшин, үр дүн",
        "Хэрэгжилтийн явц",
        "Хүрсэн түвшин",
        "Өөрийн үнэлгээ",
        "Дээд шатны байгууллагын үнэлгээ",
        "Хариуцах эзэн",
    ]
]
_WIDTHS = [9, 40, 17, 26, 24, 28, 58, 18, 18, 22, 24]


def measures(first: int, last: int) -> list[list[str]]:
    """Return rows of measures, numbered."""
    return [
        [
            str(n),
            f"Хоршоог дэмжих {n} дахь ажил",
            "II улирал",
            "Хоршооны тоо, хоршоо",
            "3",
            "5",
            f"Хоршоог дэмжив {n}.",
            "5",
            "100%",
            "100%",
            "Санхүүгийн алба",
        ]
        for n in range(first, last + 1)
    ]


def lists_and_signatures_side_by_side() -> bytes:
    """Return an action plan with lists of Word, a row of sums, its letterhead in a table, signatures side by side."""
    document = new()
    letterhead = document.add_table(1, 2)
    dressed(letterhead.cell(0, 0).paragraphs[0], "СУМЫН ЗАСАГ ДАРГЫН ТАМГЫН ГАЗАР", bold=True)
    dressed(letterhead.cell(0, 1).paragraphs[0], "2023 оны 12 дугаар сарын 25, Өлзийт", side="r")
    line(document, "Сумын 2023 оны үйл ажиллагааны төлөвлөгөөний хэрэгжилт", side="c", bold=True, size=13)
    made = table(
        document,
        _HEADINGS,
        [
            [str(i) for i in range(1, 12)],
            ["1. Эдийн засаг"],
            *measures(1, 3),
            ["2. Нийгэм"],
            *measures(4, 5),
            ["Нийт дүн", "", "", "", "", "", "", "", "100%", "100%", ""],
        ],
        _WIDTHS,
        centred=(0, 8, 9),
    )
    for number, style in ((1, "List Bullet"), (2, "List Bullet"), (3, "List Bullet 2")):
        made.cell(3, 6).add_paragraph(style=style).add_run(f"Сургалт {number}").font.size = Pt(9)
    for number in (1, 2):
        made.cell(4, 6).add_paragraph(style="List Number").add_run(f"Алхам {number}").font.size = Pt(9)
    line(document, "")
    signed = document.add_table(3, 2)
    for at, row in enumerate(
        [("Хянасан:", "Тайлан гаргасан:"), ("Засаг даргын орлогч", "Ахлах мэргэжилтэн"), ("Д.Болормаа", "Г.Тэмүүлэн")]
    ):
        for place, text in enumerate(row):
            dressed(signed.cell(at, place).paragraphs[0], text)
    return saved(document)


def parted() -> bytes:
    """Return an action plan whose table a second one goes on with, under the same headings."""
    document = new()
    line(document, "Сумын 2023 оны үйл ажиллагааны төлөвлөгөөний хэрэгжилт", side="c", bold=True, size=13)
    line(document, "2023 оны 12 дугаар сарын 25")
    table(document, _HEADINGS, [["1. Эдийн засаг"], *measures(1, 3)], _WIDTHS)
    line(document, "")
    table(document, _HEADINGS, [["2. Нийгэм"], *measures(4, 5)], _WIDTHS)
    return saved(document)


def two_tables() -> bytes:
    """Return an action plan of two tables, each under a title of its own."""
    document = new()
    line(document, "Сумын 2023 оны үйл ажиллагааны төлөвлөгөөний хэрэгжилт", side="c", bold=True, size=13)
    line(document, "2023 оны 12 дугаар сарын 25")
    line(document, "Эдийн засгийн салбар", side="c", bold=True)
    table(document, _HEADINGS, measures(1, 3), _WIDTHS)
    line(document, "Нийгмийн салбар", side="c", bold=True)
    table(document, _HEADINGS, measures(1, 3), _WIDTHS)
    return saved(document)


def tracked() -> bytes:
    """Return an action plan with tracked changes and a cell in a content control."""
    document = new()
    line(document, "Сумын 2023 оны үйл ажиллагааны төлөвлөгөөний хэрэгжилт", side="c", bold=True, size=13)
    dated = line(document, "2023 оны 12 дугаар сарын 2")
    dated._p.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="a"><w:r><w:t>5</w:t></w:r></w:ins>'))
    made = table(document, _HEADINGS, [["1. Эдийн засаг"], *measures(1, 3)], _WIDTHS)
    inner = made.cell(2, 1)._tc.p_lst[0]
    control = parse_xml(f'<w:sdt {nsdecls("w")}><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent/></w:sdt>')
    inner.addprevious(control)
    control[1].append(inner)
    made.cell(3, 6).paragraphs[0]._p.append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="2" w:author="a"><w:r><w:delText>хуучин</w:delText></w:r></w:del>')
    )
    line(document, "Хянасан: Засаг даргын орлогч ........ Д.Болормаа")
    return saved(document)


def approved_plan() -> bytes:
    """Return an action plan as approved."""
    document = new()
    for text in ("Засаг даргын 2023 оны 01 дүгээр сарын 10-ны өдрийн", "А/03 дугаар захирамжийн хавсралт"):
        line(document, text, side="r", size=10)
    line(document, "Сумын 2023 оны үйл ажиллагааны төлөвлөгөө", side="c", bold=True, size=13)
    headings = [
        "№",
        "Арга хэмжээ",
        "Хугацаа",
        "Шалгуур үзүүлэлт",
        "Суурь түвшин",
        "Хүрэх түвшин, үр дүн",
        "Хариуцах эзэн",
    ]
    table(
        document,
        [headings],
        [
            ["1. Эдийн засаг"],
            ["1", "Хоршоог дэмжих", "II улирал", "Хоршооны тоо, хоршоо", "3", "5", "Санхүүгийн алба"],
            ["2", "Зээл олгох", "III улирал", "Зээлийн тоо, зээл", "3", "5", "Санхүүгийн алба"],
        ],
        [10, 70, 24, 40, 36, 40, 40],
    )
    line(document, "Боловсруулсан: Ахлах мэргэжилтэн ........ Г.Тэмүүлэн")
    line(document, "оОо", side="c")
    return saved(document)


def letter() -> bytes:
    """Return a letter without a table."""
    document = new()
    line(document, "Албан бичиг")
    return saved(document)
