"""Word papers in the layouts of counties, ministries and agencies, each with the plan that comes of it."""

from __future__ import annotations

from papers import entries_of, head, lost, plan_of, read_yaml, reading, table, word


def test_a_county_plan_with_sums_below_each_section() -> None:
    found = reading(
        word(
            ("ХАРААТ СУМЫН ХӨГЖЛИЙН 2024 ОНЫ ТӨЛӨВЛӨГӨӨНИЙ БИЕЛЭЛТ", "cb"),
            "2024.12.20\tХараат сум",
            table("""
№ | ТӨЛӨВЛӨСӨН АРГА ХЭМЖЭЭ | ХЭРЭГЖҮҮЛЭХ БАЙГУУЛЛАГА | ХУГАЦАА | ШАЛГУУР ҮЗҮҮЛЭЛТ | СУУРЬ ТҮВШИН | ХҮРЭХ ТҮВШИН | БИЕЛЭЛТ | БИЕЛЭЛТИЙН ХУВЬ
НЭГ. ХҮНИЙ ХӨГЖЛИЙН ЗОРИЛТЫН ХҮРЭЭНД | < | < | < | < | < | < | < | <
1.1 | Цэцэрлэгийн гадна талбайг тохижуулах | Цэцэрлэг | II-III улирал | Талбайн хэмжээ, м2 | 0 | 1 200 | 1 200 м2 талбайг тохижуулав. | 100%
1.2 | Эрүүл мэндийн үзлэг зохион байгуулах | ЭМТ | I-IV улирал | Хамрагдсан иргэн | 860 | 900 | 905 иргэнийг хамруулав. | 100%
 | Дүн |  |  |  |  |  |  | 100%
ХОЁР. ЭДИЙН ЗАСГИЙН ЗОРИЛТЫН ХҮРЭЭНД | < | < | < | < | < | < | < | <
2.1 | Ногооны талбай нэмэгдүүлэх | ХААТ | II улирал | Талбай, га | 3.5 | 5 | Дутуу. | 70%
 | Дүн |  |  |  |  |  |  | 70%
 | Нийт дүн |  |  |  |  |  |  | 90%
"""),  # noqa: E501
            "Тайлан нэгтгэсэн: ЗДТГ-ын мэргэжилтэн ______________ Ц.Одгэрэл",
            "Хянасан: Засаг дарга ______________ П.Мөнхбат",
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
form: action-plan
kind: report
period: 2024
date: 2024-12-20
place: Хараат сум
title: ХАРААТ СУМЫН ХӨГЖЛИЙН 2024 ОНЫ ТӨЛӨВЛӨГӨӨНИЙ БИЕЛЭЛТ
signatories:
- [Тайлан нэгтгэсэн, ЗДТГ-ын мэргэжилтэн, Ц.Одгэрэл]
- [Хянасан, Засаг дарга, П.Мөнхбат]
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: ХҮНИЙ ХӨГЖЛИЙН ЗОРИЛТЫН ХҮРЭЭНД
  measures:
  - number: 1.1
    text: Цэцэрлэгийн гадна талбайг тохижуулах
    period: II-III улирал
    indicators:
    - {name: 'Талбайн хэмжээ, м2', baseline: 0, target: 1 200}
    units: [Цэцэрлэг]
  - number: 1.2
    text: Эрүүл мэндийн үзлэг зохион байгуулах
    period: I-IV улирал
    indicators:
    - {name: Хамрагдсан иргэн, baseline: 860, target: 900}
    units: [ЭМТ]
- title: ЭДИЙН ЗАСГИЙН ЗОРИЛТЫН ХҮРЭЭНД
  measures:
  - number: 2.1
    text: Ногооны талбай нэмэгдүүлэх
    period: II улирал
    indicators:
    - {name: 'Талбай, га', baseline: 3.5, target: 5}
    units: [ХААТ]
""")
    assert entries_of(found) == read_yaml("""
- {progress: 1 200 м2 талбайг тохижуулав., self: 100}
- {progress: 905 иргэнийг хамруулав., self: 100}
- {progress: Дутуу., self: 70}
""")
    assert lost(found) == []


def test_orders_with_day_number_and_name_in_columns_of_their_own() -> None:
    found = reading(
        word(
            ("Засаг даргын захирамжийн биелэлт", "cb"),
            ("(2023 оны жилийн эцсийн байдлаар)", "c"),
            table("""
Д/д | Захирамжийн огноо | Захирамжийн дугаар | Захирамжийн нэр | Захирамжийн заалт | Хэрэгжилт | Үнэлгээ
1 | 2023.02.15 | А/12 | Өвөлжилтийн бэлтгэл хангах тухай | 1. Өвс, тэжээлийн нөөц бүрдүүлэх | 40 тн өвс бэлтгэв. | 100
 |  |  |  | 2. Хаваржаа засах | Засвар хийгдэв. | 90
2 | 2023.05.03 | А/31 | Цэвэрлэгээ зохион байгуулах тухай | Гудамжны цэвэрлэгээ хийх | Хугацаа болоогүй | Хугацаа болоогүй
"""),  # noqa: E501
            ("Хянасан", "c"),
            "Тамгын газрын дарга\t\t\tБ.Оюун",
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
form: resolutions
kind: report
period: 2023
title: Засаг даргын захирамжийн биелэлт (2023 оны жилийн эцсийн байдлаар)
signatories:
- [Хянасан, Тамгын газрын дарга, Б.Оюун]
""")
    assert plan_of(found) == read_yaml("""
sections:
- title: Шийдвэр
  decisions:
  - number: А/12
    title: Өвөлжилтийн бэлтгэл хангах тухай
    date: 2023-02-15
    clauses:
    - {number: 1, text: 'Өвс, тэжээлийн нөөц бүрдүүлэх'}
    - {number: 2, text: Хаваржаа засах}
  - number: А/31
    title: Цэвэрлэгээ зохион байгуулах тухай
    date: 2023-05-03
    clauses:
    - {text: Гудамжны цэвэрлэгээ хийх}
""")
    assert entries_of(found) == read_yaml("""
- {progress: 40 тн өвс бэлтгэв., self: 100}
- {progress: Засвар хийгдэв., self: 90}
- {state: not-due}
""")
    assert lost(found) == []


def test_a_plan_against_corruption_with_objectives_as_numbered_rows() -> None:
    found = reading(
        word(
            ("«Авлигын эсрэг үйл ажиллагааны 2024 оны төлөвлөгөөний тайлан»", "cb"),
            ("2024 оны эхний хагас жил", "c"),
            table(r"""
Д/д | Үйл ажиллагаа | Шалгуур үзүүлэлт | Хугацаа | Хариуцах нэгж, албан тушаалтан | Хийгдсэн ажил | Хэрэгжилт (%)
1 | 2 | 3 | 4 | 5 | 6 | 7
1 | Зорилт 1. Ил тод байдлыг хангах | < | < | < | < | <
1.1 | Худалдан авалтын мэдээллийг нээлттэй байршуулах | Байршуулсан мэдээлэл | Тухай бүр | Санхүүгийн алба | 12 мэдээлэл байршуулав. | 100
1.2 | Хүний нөөцийн сонгон шалгаруулалтыг зарлах | Зар | Тухай бүр | Захиргаа | - 2 зар\n- 1 шалгалт | 90
2 | Зорилт 2. Ёс зүйн сургалт явуулах | < | < | < | < | <
2.1 | Сургалт зохион байгуулах | Сургалтын тоо | I, III улирал | Захиргаа | Зохион байгуулав. | 70
"""),  # noqa: E501
            table("""
Хянасан: | Газрын дарга |  | Н.Саран
Тайлан бичсэн: | Мэргэжилтэн |  | О.Гэрэл
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
form: action-plan
kind: report
period: 2024-H1
title: «Авлигын эсрэг үйл ажиллагааны 2024 оны төлөвлөгөөний тайлан» 2024 оны эхний хагас жил
signatories:
- [Хянасан, Газрын дарга, Н.Саран]
- [Тайлан бичсэн, Мэргэжилтэн, О.Гэрэл]
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Зорилт 1. Ил тод байдлыг хангах
  measures:
  - number: 1.1
    text: Худалдан авалтын мэдээллийг нээлттэй байршуулах
    period: Тухай бүр
    indicators:
    - {name: Байршуулсан мэдээлэл}
    units: [Санхүүгийн алба]
  - number: 1.2
    text: Хүний нөөцийн сонгон шалгаруулалтыг зарлах
    period: Тухай бүр
    indicators:
    - {name: Зар}
    units: [Захиргаа]
- title: Зорилт 2. Ёс зүйн сургалт явуулах
  measures:
  - number: 2.1
    text: Сургалт зохион байгуулах
    period: I, III улирал
    indicators:
    - {name: Сургалтын тоо}
    units: [Захиргаа]
""")
    assert entries_of(found) == read_yaml(r"""
- {progress: 12 мэдээлэл байршуулав., self: 100}
- progress: "- 2 зар\n- 1 шалгалт"
  self: 90
- {progress: Зохион байгуулав., self: 70}
""")
    assert lost(found) == []


def test_a_ministry_report_with_a_merged_column_of_objectives() -> None:
    found = reading(
        word(
            ("САЛБАРЫН ЯАМНЫ 2024 ОНЫ ЭХНИЙ ХАГАС ЖИЛИЙН ТӨЛӨВЛӨГӨӨНИЙ ХЭРЭГЖИЛТ", "cb"),
            table("""
Зорилт | Арга хэмжээ | Хугацаа | Хүрэх үр дүн | Хэрэгжилтийн байдал | Хувь | Тайлбар
Тээврийн зардлыг бууруулах | Замын сүлжээг шинэчлэх | 2024.06.30 | 12 км зам | 8 км замыг шинэчлэв. | 70 | Техник саатсан.
^ | Гүүрийн засвар | I-II улирал | 1 гүүр | Бүрэн зассан. | 100 |
Аюулгүй байдлыг дээшлүүлэх | Тэмдэг шинэчлэх | II улирал | 40 тэмдэг | 45 тэмдэг. | 100 | -
"""),  # noqa: E501
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024-H1, title: САЛБАРЫН ЯАМНЫ 2024 ОНЫ ЭХНИЙ ХАГАС ЖИЛИЙН ТӨЛӨВЛӨГӨӨНИЙ
    ХЭРЭГЖИЛТ}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Тээврийн зардлыг бууруулах
  measures:
  - text: Замын сүлжээг шинэчлэх
    period: 2024-06-30
    indicators:
    - {name: '-', unit: км зам, target: 12 км зам}
  - text: Гүүрийн засвар
    period: I-II улирал
    indicators:
    - {name: '-', unit: гүүр, target: 1 гүүр}
- title: Аюулгүй байдлыг дээшлүүлэх
  measures:
  - text: Тэмдэг шинэчлэх
    period: II улирал
    indicators:
    - {name: '-', unit: тэмдэг, target: 40 тэмдэг}
""")
    assert entries_of(found) == read_yaml("""
- {progress: 8 км замыг шинэчлэв., self: 70, reason: Техник саатсан.}
- {progress: Бүрэн зассан., self: 100}
- {progress: 45 тэмдэг., self: 100}
""")
    assert lost(found) == []


def test_headings_of_three_rows() -> None:
    found = reading(
        word(
            ("УУЛЫН СУМЫН ЗДТГ-ЫН 2023 ОНЫ ҮЙЛ АЖИЛЛАГААНЫ ТӨЛӨВЛӨГӨӨНИЙ ТАЙЛАН", "cb"),
            table("""
Д/д | Арга хэмжээ | Төлөвлөгөө | < | < | < | Тайлан | < | <
^ | ^ | Хугацаа | Шалгуур | Түвшин | < | Хэрэгжилт | Үнэлгээ | <
^ | ^ | ^ | ^ | Суурь | Зорилт | ^ | Өөрийн | Дээд шатны
1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
1 | Архивын баримтыг цахимжуулах | IV | Баримтын тоо | 1'200 | 2'500 | 2600 баримт. | 100 | 90
2 | Иргэдийн өргөдөл хянах | I-IV | Шийдвэрлэлт | 85% | 90 хувь | 91 хувь. | 100 | 100
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2023, title: УУЛЫН СУМЫН ЗДТГ-ЫН 2023 ОНЫ ҮЙЛ АЖИЛЛАГААНЫ ТӨЛӨВЛӨГӨӨНИЙ
    ТАЙЛАН}
""")
    assert plan_of(found) == read_yaml("""
year: 2023
sections:
- title: Арга хэмжээ
  measures:
  - text: Архивын баримтыг цахимжуулах
    period: IV
    indicators:
    - {name: Баримтын тоо, baseline: 1'200, target: 2'500}
  - text: Иргэдийн өргөдөл хянах
    period: I-IV
    indicators:
    - {name: Шийдвэрлэлт, baseline: 85%, target: 90 хувь}
""")
    assert entries_of(found) == read_yaml("""
- {progress: 2600 баримт., self: 100, superior: 90}
- {progress: 91 хувь., self: 100, superior: 100}
""")
    assert lost(found) == []


def test_a_title_in_the_first_row_of_the_table_and_no_numbers() -> None:
    found = reading(
        word(
            table("""
2024 ОНЫ АРГА ХЭМЖЭЭНИЙ ТӨЛӨВЛӨГӨӨ | < | < | < | <
Ажлын чиглэл, арга хэмжээ | Хэзээ | Гарах үр дүн | Хэн хариуцах | Зардал, сая.төг
Нэг. Хүнсний чиглэлээр | < | < | < | <
Хүнсний үзэсгэлэн зохион байгуулах | 9 сар | Иргэд хямд хүнсээр хангагдана | ХААТ | 3,5
Хоёр. Аялал жуулчлалын чиглэлээр | < | < | < | <
Аяллын газрын зураг гаргах | 5 сар | Зурагтай болно | Соёлын төв | 1.2
""")
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: plan, period: 2024, title: 2024 ОНЫ АРГА ХЭМЖЭЭНИЙ ТӨЛӨВЛӨГӨӨ}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Хүнсний чиглэлээр
  measures:
  - text: Хүнсний үзэсгэлэн зохион байгуулах
    period: 9 сар
    budget:
    - {source: '3,5'}
    indicators:
    - {name: '-', target: Иргэд хямд хүнсээр хангагдана}
    units: [ХААТ]
- title: Аялал жуулчлалын чиглэлээр
  measures:
  - text: Аяллын газрын зураг гаргах
    period: 5 сар
    budget:
    - {source: 1.2}
    indicators:
    - {name: '-', target: Зурагтай болно}
    units: [Соёлын төв]
""")
    assert entries_of(found) == read_yaml("""
- {}
- {}
""")
    assert lost(found) == []


def test_latin_letters_in_cyrillic_headings() -> None:
    found = reading(
        word(
            ("ТОЛИ БАЙГУУЛЛАГЫН 2025 ОНЫ АЖЛЫН ТӨЛӨВЛӨГӨӨ", "cb"),
            table(r"""
Д\xad/д | Apгa хэмжээ | Xyгaцаа | Шaлгyyp үзүүлэлт | Cyypь түвшин | Хүpэх түвшин | Хаpиyцах эзэн
1 | Тоног төхөөрөмж шинэчлэх | I-IV | Шинэчилсэн төхөөрөмж | 4 | 9 | Аж ахуй
2 | Ажлын байрны үнэлгээ хийх | III | Үнэлгээ | - | 1 | ХАБЭА
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: plan, period: 2025, title: ТОЛИ БАЙГУУЛЛАГЫН 2025 ОНЫ АЖЛЫН ТӨЛӨВЛӨГӨӨ}
""")
    assert plan_of(found) == read_yaml("""
year: 2025
sections:
- title: Арга хэмжээ
  measures:
  - text: Тоног төхөөрөмж шинэчлэх
    period: I-IV
    indicators:
    - {name: Шинэчилсэн төхөөрөмж, baseline: 4, target: 9}
    units: [Аж ахуй]
  - text: Ажлын байрны үнэлгээ хийх
    period: III
    indicators:
    - {name: Үнэлгээ, baseline: '-', target: 1}
    units: [ХАБЭА]
""")
    assert entries_of(found) == read_yaml("""
- {}
- {}
""")
    assert lost(found) == []


def test_soft_hyphens_and_abbreviated_headings() -> None:
    found = reading(
        word(
            ("2025 оны арга хэмжээний төлөвлөгөөний хэрэгжилт", "c"),
            table(r"""
д.д | Хэрэг\xadжүүлэх арга хэм\xadжээ | Хугац. | Шалгуур үз-лт | Суурь түв. | Зор. түвшин | Хүрсэн түв. | Гүйцэтгэлийн %
1. | Сургалт явуулах | II | Тоо | 2 | 4 | 4 | 100
2. | Номын сан тохижуулах | IV | Танхим | 0 | 1 | 0 | 50
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2025, title: 2025 оны арга хэмжээний төлөвлөгөөний хэрэгжилт}
""")
    assert plan_of(found) == read_yaml("""
year: 2025
sections:
- title: Арга хэмжээ
  measures:
  - text: Сургалт явуулах
    period: II
    indicators:
    - {name: Тоо, baseline: 2, target: 4}
  - text: Номын сан тохижуулах
    period: IV
    indicators:
    - {name: Танхим, baseline: 0, target: 1}
""")
    assert entries_of(found) == read_yaml("""
- {reached: 4, self: 100}
- {reached: 0, self: 50}
""")
    assert lost(found) == []


def test_a_table_for_each_section_under_its_title() -> None:
    found = reading(
        word(
            ("2024 ОНЫ ЖИЛИЙН ЭЦСИЙН АЖЛЫН ТӨЛӨВЛӨГӨӨНИЙ БИЕЛЭЛТ", "cb"),
            ("Нэг. Захиргаа, удирдлага", "b"),
            table("""
№ | Арга хэмжээ | Хугацаа | Хариуцах эзэн | Биелэлт | Хувь
1 | Хурал зохион байгуулах | Сар бүр | Захиргаа | 12 хурал. | 100
"""),
            ("Хоёр. Санхүү", "b"),
            table("""
№ | Арга хэмжээ | Хугацаа | Хариуцах эзэн | Биелэлт | Хувь
1 | Тайлан гаргах | Улирал бүр | Санхүү | 4 тайлан. | 100
2 | Тооллого | IV улирал | Санхүү | Хийгдэв. | 90
"""),
            ("Гурав. Соёл", "b"),
            table("""
1 | Наадам | VII сар | Соёлын төв | Болов. | 100
"""),
            "Хянасан ................. Ж.Төмөр",
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
form: action-plan
kind: report
period: 2024
title: 2024 ОНЫ ЖИЛИЙН ЭЦСИЙН АЖЛЫН ТӨЛӨВЛӨГӨӨНИЙ БИЕЛЭЛТ
signatories:
- [Хянасан, '', Ж.Төмөр]
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Захиргаа, удирдлага
  measures:
  - text: Хурал зохион байгуулах
    period: Сар бүр
    units: [Захиргаа]
- title: Санхүү
  measures:
  - text: Тайлан гаргах
    period: Улирал бүр
    units: [Санхүү]
  - text: Тооллого
    period: IV улирал
    units: [Санхүү]
- title: Соёл
  measures:
  - text: Наадам
    period: VII сар
    units: [Соёлын төв]
""")
    assert entries_of(found) == read_yaml("""
- {progress: 12 хурал., self: 100}
- {progress: 4 тайлан., self: 100}
- {progress: Хийгдэв., self: 90}
- {progress: Болов., self: 100}
""")
    assert lost(found) == []


def test_two_levels_of_sections_in_unmerged_rows() -> None:
    found = reading(
        word(
            ("ХУДАГ АГЕНТЛАГИЙН 2024 ОНЫ ГҮЙЦЭТГЭЛИЙН ТӨЛӨВЛӨГӨӨНИЙ ТАЙЛАН", "cb"),
            table("""
Д/А | Бодлогын баримт бичиг, арга хэмжээ | Төсөв | Шалгуур үзүүлэлт | Суурь түвшин | Зорилтот түвшин | Хүрсэн түвшин | Гүйцэтгэлийн хувь
 | СТРАТЕГИЙН ЗОРИЛТ 1. УСНЫ НӨӨЦ |  |  |  |  |  |
 | Зорилт 1.1. Эх үүсвэрийг хамгаалах |  |  |  |  |  |
1 | Булгийн эхийг хаших | улсын төсөв | Булаг | 10 | 15 | 16 | 100
2 | Хяналт хийх | - | Шалгалт | 24 | 20 | 21 | 100
 | Зорилт 1.2. Ус хэмнэх |  |  |  |  |  |
3 | Тоолуур суурилуулах | төсөл | Тоолуур | 1,200 | 2,000 | 2101 | 100
 | СТРАТЕГИЙН ЗОРИЛТ 2. МЭДЭЭЛЭЛ |  |  |  |  |  |
 | Зорилт 2.1. Мэдээллийн сан |  |  |  |  |  |
4 | Сан баяжуулах | улсын төсөв | Бүртгэл | 86 | 95 | 90 | 90
"""),  # noqa: E501
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: performance-plan, kind: report, period: 2024, title: ХУДАГ АГЕНТЛАГИЙН 2024 ОНЫ ГҮЙЦЭТГЭЛИЙН ТӨЛӨВЛӨГӨӨНИЙ
    ТАЙЛАН}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
goals:
- number: 1
  title: УСНЫ НӨӨЦ
  objectives:
  - number: 1.1
    title: Эх үүсвэрийг хамгаалах
    measures:
    - text: Булгийн эхийг хаших
      budget:
      - {source: улсын төсөв}
      indicators:
      - {name: Булаг, baseline: 10, target: 15}
    - text: Хяналт хийх
      indicators:
      - {name: Шалгалт, baseline: 24, target: 20}
  - number: 1.2
    title: Ус хэмнэх
    measures:
    - text: Тоолуур суурилуулах
      budget:
      - {source: төсөл}
      indicators:
      - {name: Тоолуур, baseline: '1,200', target: '2,000'}
- number: 2
  title: МЭДЭЭЛЭЛ
  objectives:
  - number: 2.1
    title: Мэдээллийн сан
    measures:
    - text: Сан баяжуулах
      budget:
      - {source: улсын төсөв}
      indicators:
      - {name: Бүртгэл, baseline: 86, target: 95}
""")
    assert entries_of(found) == read_yaml("""
- {reached: 16, self: 100}
- {reached: 21, self: 100}
- {reached: 2101, self: 100}
- {reached: 90, self: 90}
""")
    assert lost(found) == []


def test_a_measure_over_the_rows_of_its_indicators() -> None:
    found = reading(
        word(
            ("СУМЫН 2023 ОНЫ АРГА ХЭМЖЭЭНИЙ ТӨЛӨВЛӨГӨӨ", "cb"),
            table("""
№ | Арга хэмжээ | Хугацаа | Шалгуур үзүүлэлт | Хэмжих нэгж | Суурь | Зорилт | Хариуцах
1 | Цахим үйлчилгээ нэвтрүүлэх | I-IV | Үйлчилгээний тоо | ш | 12 | 20 | ЗДТГ
^ | ^ | ^ | Иргэний сэтгэл ханамж | хувь | 70 | 85 | ^
^ | ^ | ^ | Хүлээх хугацаа | минут | 30 | 20 | ^
2 | Мод тарих | II | Мод | ш | 500 | 1000 | Байгаль орчны алба
3 | Усалгаа хийх | II | Усалгаа | удаа | 0 | 10 | ^
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: plan, period: 2023, title: СУМЫН 2023 ОНЫ АРГА ХЭМЖЭЭНИЙ ТӨЛӨВЛӨГӨӨ}
""")
    assert plan_of(found) == read_yaml("""
year: 2023
sections:
- title: Арга хэмжээ
  measures:
  - text: Цахим үйлчилгээ нэвтрүүлэх
    period: I-IV
    indicators:
    - {id: 1, name: Үйлчилгээний тоо, unit: ш, baseline: 12, target: 20}
    - {id: 2, name: Иргэний сэтгэл ханамж, unit: хувь, baseline: 70, target: 85}
    - {id: 3, name: Хүлээх хугацаа, unit: минут, baseline: 30, target: 20}
    units: [ЗДТГ]
  - text: Мод тарих
    period: II
    indicators:
    - {name: Мод, unit: ш, baseline: 500, target: 1000}
    units: [Байгаль орчны алба]
  - text: Усалгаа хийх
    period: II
    indicators:
    - {name: Усалгаа, unit: удаа, baseline: 0, target: 10}
    units: [Байгаль орчны алба]
""")
    assert entries_of(found) == read_yaml("""
- {}
- {}
- {}
""")
    assert lost(found) == []


def test_resolutions_with_their_day_behind_and_scores_in_words() -> None:
    found = reading(
        word(
            ("2023 оны ИТХ-ын тогтоолын биелэлт", "cb"),
            table("""
д/д | Тогтоолын нэр | Тогтоолын огноо | Тогтоолын № | Заалт | Хэрэгжилтийн явц | Биелэлтийн хувь
1 | Төсөв батлах тухай | 2022 оны 12 сарын 09 | 24 | 1 дэх заалт. Төсвийг мөрдөх | Мөрдөж байна. | 90 хувь
2 | Тэргүүлэх чиглэл | 2023-03-01 | 3 | Чиглэлийг мөрдөх | Ажиллав. | 100 хувь
3 | Малын тоо | 2023/04/02 | 5 | Хяналт тавих | Тавьсан. | 30%
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: resolutions, kind: report, period: 2023, title: 2023 оны ИТХ-ын тогтоолын биелэлт}
""")
    assert plan_of(found) == read_yaml("""
sections:
- title: Шийдвэр
  decisions:
  - number: 24
    title: Төсөв батлах тухай
    date: 2022-12-09
    clauses:
    - {number: 1, text: Төсвийг мөрдөх}
  - number: 3
    title: Тэргүүлэх чиглэл
    date: 2023-03-01
    clauses:
    - {text: Чиглэлийг мөрдөх}
  - number: 5
    title: Малын тоо
    date: 2023-04-02
    clauses:
    - {text: Хяналт тавих}
""")
    assert entries_of(found) == read_yaml("""
- {progress: Мөрдөж байна., self: 90}
- {progress: Ажиллав., self: 100}
- {progress: Тавьсан., self: 30}
""")
    assert lost(found) == []


def test_a_programme_of_chapters_with_targets_by_year() -> None:
    found = reading(
        word(
            ("Дүүргийн иргэдийн төлөөлөгчдийн хурлын 2020 оны 5 дугаар тогтоолын хавсралт", "r"),
            ("ГЭР БҮЛИЙН БИЗНЕСИЙГ ДЭМЖИХ ДЭД ХӨТӨЛБӨР", "cb"),
            ("(2020-2024 он)", "cb"),
            ("Нэг. Үндэслэл", "b"),
            "Иргэдийн орлогыг нэмэгдүүлэх шаардлага тулгарч байна.",
            ("Хоёр. Зорилго", "b"),
            "Гэр бүлийн бизнесийг тогтвортой хөгжүүлнэ.",
            ("Гурав. Зорилт, үйл ажиллагаа", "b"),
            "3.1. Борлуулалтыг дэмжих",
            "3.1.1. Үзэсгэлэн худалдаа зохион байгуулна.",
            "3.1.2. Цахим худалдааг нэвтрүүлнэ.",
            "Хүрэх үр дүн: Борлуулалт нэмэгдэнэ.",
            "3.2. Ур чадварыг дээшлүүлэх",
            "3.2.1. Сургалт явуулна.",
            ("Дөрөв. Хугацаа", "b"),
            "Хөтөлбөрийг 2020-2024 онд хэрэгжүүлнэ.",
            ("Тав. Шалгуур үзүүлэлт", "b"),
            table(r"""
№ | Шалгуур үзүүлэлт | Хэмжих нэгж | Суурь түвшин\n2020 | Зорилтот түвшин | < | < | <
^ | ^ | ^ | ^ | 2021 | 2022 | 2023 | 2024
1 | Борлуулалт | сая төгрөг | 175 | 187 | 199 | 211 | 223
2 | Үзэсгэлэн, оролцогч | удаа/хүн | 6/70 | 7/85 | 8/95 | 9/105 | 10/120
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml(r"""
form: programme
kind: plan
period: 2024
title: ГЭР БҮЛИЙН БИЗНЕСИЙГ ДЭМЖИХ ДЭД ХӨТӨЛБӨР (2020-2024 он)
reference: Дүүргийн иргэдийн төлөөлөгчдийн хурлын 2020 оны 5 дугаар тогтоолын хавсралт
baseline_year: 2020
passages:
- [Нэг. Үндэслэл, Иргэдийн орлогыг нэмэгдүүлэх шаардлага тулгарч байна.]
- [Хоёр. Зорилго, Гэр бүлийн бизнесийг тогтвортой хөгжүүлнэ.]
- - Гурав. Зорилт, үйл ажиллагаа
  - "3.1. Борлуулалтыг дэмжих\n\n3.1.1. Үзэсгэлэн худалдаа зохион байгуулна.\n\n3.1.2. Цахим худалдааг нэвтрүүлнэ.\n\
    \nХүрэх үр дүн: Борлуулалт нэмэгдэнэ.\n\n3.2. Ур чадварыг дээшлүүлэх\n\n3.2.1. Сургалт явуулна."
- [Дөрөв. Хугацаа, Хөтөлбөрийг 2020-2024 онд хэрэгжүүлнэ.]
- [Тав. Шалгуур үзүүлэлт]
""")
    assert plan_of(found) == read_yaml("""
years: {first: 2020, last: 2024, baseline: 2020}
objectives:
- number: 3.1
  title: Борлуулалтыг дэмжих
  measures:
  - {number: 3.1.1, text: Үзэсгэлэн худалдаа зохион байгуулна.}
  - {number: 3.1.2, text: Цахим худалдааг нэвтрүүлнэ.}
  expected: Борлуулалт нэмэгдэнэ.
- number: 3.2
  title: Ур чадварыг дээшлүүлэх
  measures:
  - {number: 3.2.1, text: Сургалт явуулна.}
indicators:
- name: Борлуулалт
  unit: сая төгрөг
  baseline: 175
  targets: {2021: 187, 2022: 199, 2023: 211, 2024: 223}
- name: Үзэсгэлэн, оролцогч
  parts:
  - id: 1
    name: 1
    unit: удаа
    baseline: 6
    targets: {2021: 7, 2022: 8, 2023: 9, 2024: 10}
  - id: 2
    name: 2
    unit: хүн
    baseline: 70
    targets: {2021: 85, 2022: 95, 2023: 105, 2024: 120}
grounds: Иргэдийн орлогыг нэмэгдүүлэх шаардлага тулгарч байна.
purpose: Гэр бүлийн бизнесийг тогтвортой хөгжүүлнэ.
""")
    assert entries_of(found) == read_yaml("""
- {}
- {}
- {}
- {}
- {}
""")
    assert lost(found) == []


def test_a_programme_that_is_all_text() -> None:
    found = reading(
        word(
            ("ЗАЛУУЧУУДЫН ХӨГЖЛИЙГ ДЭМЖИХ ХӨТӨЛБӨР", "cb"),
            ("НЭГ. НИЙТЛЭГ ҮНДЭСЛЭЛ", "cb"),
            "1.1. Залуучуудын оролцоог нэмэгдүүлэх хэрэгцээ бий.",
            ("ХОЁР. ЗОРИЛТ, АРГА ХЭМЖЭЭ", "cb"),
            "2.1. Хөдөлмөр эрхлэлтийг дэмжих",
            "2.1.1. Ажлын байрны өдөрлөг зохион байгуулах",
            "2.1.2. Зөвлөгөө өгөх",
            "2.2. Чөлөөт цагийг зөв өнгөрүүлэх",
            "2.2.1. Клуб байгуулах",
            ("ГУРАВ. САНХҮҮЖИЛТ", "cb"),
            "- Орон нутгийн төсөв",
            "- Төсөл хөтөлбөр",
        ),
        "Хөтөлбөр 2021-2024.docx",
    )

    assert head(found) == read_yaml(r"""
form: programme
kind: plan
title: ЗАЛУУЧУУДЫН ХӨГЖЛИЙГ ДЭМЖИХ ХӨТӨЛБӨР (2021-2024 он)
passages:
- [НЭГ. НИЙТЛЭГ ҮНДЭСЛЭЛ, 1.1. Залуучуудын оролцоог нэмэгдүүлэх хэрэгцээ бий.]
- - ХОЁР. ЗОРИЛТ, АРГА ХЭМЖЭЭ
  - "2.1. Хөдөлмөр эрхлэлтийг дэмжих\n\n2.1.1. Ажлын байрны өдөрлөг зохион байгуулах\n\n2.1.2. Зөвлөгөө өгөх\n\
    \n2.2. Чөлөөт цагийг зөв өнгөрүүлэх\n\n2.2.1. Клуб байгуулах"
- - ГУРАВ. САНХҮҮЖИЛТ
  - "- Орон нутгийн төсөв\n\n- Төсөл хөтөлбөр"
""")
    assert plan_of(found) == read_yaml("""
years: {first: 2021, last: 2024}
objectives:
- number: 2.1
  title: Хөдөлмөр эрхлэлтийг дэмжих
  measures:
  - {number: 2.1.1, text: Ажлын байрны өдөрлөг зохион байгуулах}
  - {number: 2.1.2, text: Зөвлөгөө өгөх}
- number: 2.2
  title: Чөлөөт цагийг зөв өнгөрүүлэх
  measures:
  - {number: 2.2.1, text: Клуб байгуулах}
grounds: 1.1. Залуучуудын оролцоог нэмэгдүүлэх хэрэгцээ бий.
funding:
- {source: Орон нутгийн төсөв}
- {source: Төсөл хөтөлбөр}
""")
    assert entries_of(found) == read_yaml("""
- {}
- {}
- {}
""")
    assert lost(found) == []


def test_signatures_set_by_tabs_and_a_place_below_the_day() -> None:
    found = reading(
        word(
            ("ТОГТООЛЫН ХЭРЭГЖИЛТИЙН ТАЙЛАН", "cb"),
            ("2024 оны 6 сарын 28", "c"),
            ("Хужирт", "c"),
            table("""
Шийдвэрийн дугаар | Заалтын дугаар | Шийдвэрийн нэр, он, сар, өдөр, дугаар | Заалтын агуулга | Биелэлтийн явц | Өөрийн үнэлгээ /хувь/ | Аймгийн ЗДТГ-ын үнэлгээ /хувь/
1 | 1 | “Ой хамгаалах тухай” 2023 оны 11 дүгээр сарын 02-ны өдрийн 45 дугаар тогтоол | Харуул ажиллуулах | 2 харуултай. | 100 | 90
 | 2 |  | Түймрийн бэлэн байдал хангах | Хангав. | 90 | 90
"""),  # noqa: E501
            "ХЯНАСАН:\tДАРГА\t\t\tД.ДОРЖ\nГАРГАСАН:\tМЭРГЭЖИЛТЭН\t\t\tБ.НАРАН",
        ),
        "Тогтоол 2024-H1.docx",
    )

    assert head(found) == read_yaml("""
form: resolutions
kind: report
period: 2024-H1
date: 2024-06-28
place: Хужирт
title: ТОГТООЛЫН ХЭРЭГЖИЛТИЙН ТАЙЛАН
signatories:
- [Хянасан, ДАРГА, Д.ДОРЖ]
- [Гаргасан, МЭРГЭЖИЛТЭН, Б.НАРАН]
""")
    assert plan_of(found) == read_yaml("""
sections:
- title: Шийдвэр
  decisions:
  - number: 45
    date: 2023-11-02
    title: “Ой хамгаалах тухай” тогтоол
    clauses:
    - {text: Харуул ажиллуулах}
    - {text: Түймрийн бэлэн байдал хангах}
""")
    assert entries_of(found) == read_yaml("""
- {progress: 2 харуултай., self: 100, superior: 90}
- {progress: Хангав., self: 90, superior: 90}
""")
    assert lost(found) == []


def test_headings_that_come_again_in_the_middle_of_a_row() -> None:
    found = reading(
        word(
            ("2024 оны ажлын төлөвлөгөөний биелэлт", "cb"),
            table("""
№ | Арга хэмжээ | Хугацаа | Хэрэгжилтийн явц | Хувь
1 | 2 | 3 | 4 | 5
1 | Сайтын мэдээллийг | I-IV | Мэдээллийг сар бүр | 100
№ | Арга хэмжээ | Хугацаа | Хэрэгжилтийн явц | Хувь
1 | 2 | 3 | 4 | 5
 | шинэчлэх |  | шинэчилж байв. |
2 | Дотоод журам батлах | II | Баталсан. | 100
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024, title: 2024 оны ажлын төлөвлөгөөний биелэлт}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Арга хэмжээ
  measures:
  - {text: Сайтын мэдээллийг шинэчлэх, period: I-IV}
  - {text: Дотоод журам батлах, period: II}
""")
    assert entries_of(found) == read_yaml("""
- {progress: Мэдээллийг сар бүр шинэчилж байв., self: 100}
- {progress: Баталсан., self: 100}
""")
    assert lost(found) == []


def test_rows_of_one_text_as_sections_where_nothing_is_numbered() -> None:
    found = reading(
        word(
            ("Байгаль орчны 2024 оны арга хэмжээний төлөвлөгөөний хэрэгжилтийн тайлан", "cb"),
            table("""
Хэрэгжүүлэх үйл ажиллагаа | Хариуцсан нэгж | Хэрэгжилтийн хувь | Хэрэгжилтийн явц, үр дүн | Санхүүжилтийн эх үүсвэр
Ойн аж ахуй |  |  |  |
Мод тарих | Ойн анги | 0.9 | 1000 мод тарив. | Орон нутгийн төсөв 5 сая төгрөг
Ойн цэвэрлэгээ хийх | Ойн анги | 1 | Хийв. | -
Усны нөөц |  |  |  |
Булаг хаших | Усны алба | 0.5 | Хагас. | Төсөл
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024, title: Байгаль орчны 2024 оны арга хэмжээний төлөвлөгөөний
    хэрэгжилтийн тайлан}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Ойн аж ахуй
  measures:
  - text: Мод тарих
    budget:
    - {source: Орон нутгийн төсөв, amount: 5, unit: сая төгрөг}
    units: [Ойн анги]
  - text: Ойн цэвэрлэгээ хийх
    units: [Ойн анги]
- title: Усны нөөц
  measures:
  - text: Булаг хаших
    budget:
    - {source: Төсөл}
    units: [Усны алба]
""")
    assert entries_of(found) == read_yaml("""
- {progress: 1000 мод тарив., self: 90}
- {progress: Хийв., self: 100}
- {progress: Хагас., self: 50}
""")
    assert lost(found) == []


def test_decisions_cited_by_day_and_repeated_for_each_clause() -> None:
    found = reading(
        word(
            ("ЯАМНЫ ДАРГЫН ЗӨВЛӨЛИЙН ШИЙДВЭРИЙН ХЭРЭГЖИЛТ, 2023 ОНЫ 4 ДҮГЭЭР УЛИРАЛ", "cb"),
            table("""
№ | Шийдвэр | Хэрэгжүүлэх заалт | Хугацаа | Хариуцах нэгж | Хэрэгжилт | Үнэлгээ
1 | Даргын зөвлөлийн 2023.10.02-ны 11 тоот шийдвэр | Тайлан ирүүлэх | 2023.11.01 | ТЗУГ | Ирүүлсэн | 100
2 | Даргын зөвлөлийн 2023.10.16-ны 12 тоот шийдвэр | Төсөл боловсруулах | 2023.12.01 | БТГ | Боловсруулж байна | 50
3 | Даргын зөвлөлийн 2023.10.16-ны 12 тоот шийдвэр | Санал авах | 2023.12.15 | БТГ | Аваагүй | 0
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: resolutions, kind: report, period: 2023-Q4, title: 'ЯАМНЫ ДАРГЫН ЗӨВЛӨЛИЙН ШИЙДВЭРИЙН ХЭРЭГЖИЛТ, 2023
    ОНЫ 4 ДҮГЭЭР УЛИРАЛ'}
""")
    assert plan_of(found) == read_yaml("""
sections:
- title: Шийдвэр
  decisions:
  - number: 11
    date: 2023-10-02
    title: Даргын зөвлөлийн шийдвэр
    clauses:
    - text: Тайлан ирүүлэх
      units: [ТЗУГ]
      deadline: 2023-11-01
  - number: 12
    date: 2023-10-16
    title: Даргын зөвлөлийн шийдвэр
    clauses:
    - text: Төсөл боловсруулах
      units: [БТГ]
      deadline: 2023-12-01
    - text: Санал авах
      units: [БТГ]
      deadline: 2023-12-15
""")
    assert entries_of(found) == read_yaml("""
- {progress: Ирүүлсэн, self: 100}
- {progress: Боловсруулж байна, self: 50}
- {progress: Аваагүй, self: 0}
""")
    assert lost(found) == []


def test_bullets_and_numbers_that_were_typed() -> None:
    found = reading(
        word(
            ("2024 ОНЫ АЖЛЫН ТӨЛӨВЛӨГӨӨНИЙ ХЭРЭГЖИЛТ", "cb"),
            table(r"""
№ | Арга хэмжээ | Хугацаа | Хэрэгжилт | Үнэлгээ
1 | Сургалт:\n- анхан шат\n- ахисан шат | I-IV | • 5 сургалт\n   o 3 танхимын\n   o 2 цахим\n• 120 хүн | 100
2 | Хяналт | II | 1) Бүртгэсэн\n2) Тайлагнасан | 90
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024, title: 2024 ОНЫ АЖЛЫН ТӨЛӨВЛӨГӨӨНИЙ ХЭРЭГЖИЛТ}
""")
    assert plan_of(found) == read_yaml(r"""
year: 2024
sections:
- title: Арга хэмжээ
  measures:
  - text: "Сургалт:\n- анхан шат\n- ахисан шат"
    period: I-IV
  - {text: Хяналт, period: II}
""")
    assert entries_of(found) == read_yaml(r"""
- progress: "• 5 сургалт\no 3 танхимын\no 2 цахим\n• 120 хүн"
  self: 100
- progress: "1) Бүртгэсэн\n2) Тайлагнасан"
  self: 90
""")
    assert lost(found) == []


def test_a_period_that_only_the_file_name_says() -> None:
    found = reading(
        word(
            ("АЖЛЫН ТӨЛӨВЛӨГӨӨНИЙ БИЕЛЭЛТ", "cb"),
            table("""
№ | Ажлын нэр | Хугацаа | Биелэлт | Хувь
1 | Хашаа барих | IV | Барив | 100
"""),
        ),
        "Биелэлт_2024_II улирал.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024-Q2, title: АЖЛЫН ТӨЛӨВЛӨГӨӨНИЙ БИЕЛЭЛТ}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Арга хэмжээ
  measures:
  - {text: Хашаа барих, period: IV}
""")
    assert entries_of(found) == read_yaml("""
- {progress: Барив, self: 100}
""")
    assert lost(found) == []


def test_a_reference_a_place_before_the_day_and_numbered_sections() -> None:
    found = reading(
        word(
            ("БАТЛАВ. ЗАСАГ ДАРГА Ч.ГАН", "r"),
            (
                "Сумын Засаг даргын 2024 оны 01 дүгээр сарын 15-ны өдрийн А/05 дугаар захирамжийн нэгдүгээр хавсралт",
                "r",
            ),
            ("ЗАСАГ ДАРГЫН 2024 ОНЫ\nАРГА ХЭМЖЭЭНИЙ ТӨЛӨВЛӨГӨӨ", "cb"),
            ("Мандал сум", "c"),
            ("2024.01.15", "c"),
            table("""
№ | Арга хэмжээ | Хугацаа | Хүрэх үр дүн | Төсөв /мянган төгрөг/ | Хариуцах эзэн
1 | Нэг. Нийгмийн салбар |  |  |  |
1.1 | Өрхийн судалгаа | I | Судалгаа бий | 500,0 | Нийгмийн ажилтан
2 | Хоёр. Дэд бүтэц |  |  |  |
2.1 | Гэрэлтүүлэг | II-III | 20 гэрэл | 12 000 | Инженер, ЗДТГ
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml(r"""
form: action-plan
kind: plan
period: 2024
date: 2024-01-15
place: Мандал сум
title: ЗАСАГ ДАРГЫН 2024 ОНЫ АРГА ХЭМЖЭЭНИЙ ТӨЛӨВЛӨГӨӨ
reference: "БАТЛАВ. ЗАСАГ ДАРГА Ч.ГАН\nСумын Засаг даргын 2024 оны 01 дүгээр сарын 15-ны өдрийн А/05 дугаар\
  \ захирамжийн нэгдүгээр хавсралт"
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Нийгмийн салбар
  measures:
  - number: 1.1
    text: Өрхийн судалгаа
    period: I
    budget:
    - {source: '500,0'}
    indicators:
    - {name: '-', target: Судалгаа бий}
    units: [Нийгмийн ажилтан]
- title: Дэд бүтэц
  measures:
  - number: 2.1
    text: Гэрэлтүүлэг
    period: II-III
    budget:
    - {source: 12 000}
    indicators:
    - {name: '-', unit: гэрэл, target: 20 гэрэл}
    units: [Инженер, ЗДТГ]
""")
    assert entries_of(found) == read_yaml("""
- {}
- {}
""")
    assert lost(found) == []


def test_means_in_words_below_the_sections() -> None:
    found = reading(
        word(
            ("ИТХ-ЫН ТЭРГҮҮЛЭГЧДИЙН ТОГТООЛЫН 2023 ОНЫ БИЕЛЭЛТ", "cb"),
            table("""
Шийдвэр д/д | Заалт д/д | Шийдвэрийн нэр, огноо, дугаар | Холбогдох заалтын агуулга | Хэрэгжилтийн явц | Өөрийн үнэлгээ | Дээд шатны байгууллагын үнэлгээ
Аймгийн ИТХ-ын тогтоол | < | < | < | < | < | <
1 | 1 | Дугаар 12. Соёлын өвийн тухай. 2022-06-10 | Бүртгэл хийх | Хийв. | 100% | 100%
Дундаж үнэлгээ | < | < | < | < | 100% | 100%
Аймгийн ИТХ-ын Тэргүүлэгчдийн тогтоол | < | < | < | < | < | <
2 | 2 | Зээлийн тухай, 2022-07-11, №15/2 | Зээл олгох | Олгов. | 70% | 70%
Нийт хэрэгжилт 85,0 хувьтай байна. | < | < | < | < | < | <
"""),  # noqa: E501
            ("оОо", "c"),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: resolutions, kind: report, period: 2023, title: ИТХ-ЫН ТЭРГҮҮЛЭГЧДИЙН ТОГТООЛЫН 2023 ОНЫ БИЕЛЭЛТ}
""")
    assert plan_of(found) == read_yaml("""
sections:
- title: Аймгийн ИТХ-ын тогтоол
  decisions:
  - number: 12
    date: 2022-06-10
    title: Соёлын өвийн тухай
    clauses:
    - {text: Бүртгэл хийх}
- title: Аймгийн ИТХ-ын Тэргүүлэгчдийн тогтоол
  decisions:
  - number: 15/2
    date: 2022-07-11
    title: Зээлийн тухай
    clauses:
    - {text: Зээл олгох}
""")
    assert entries_of(found) == read_yaml("""
- {progress: Хийв., self: 100, superior: 100}
- {progress: Олгов., self: 70, superior: 70}
""")
    assert lost(found) == []


def test_hyphenated_headings_and_slashes() -> None:
    found = reading(
        word(
            ("2024 ОНЫ АЖЛЫН ТӨЛӨВЛӨГӨӨНИЙ БИЕЛЭЛТ", "cb"),
            table(r"""
№ | Төлөв-\nлөсөн ажил | Хугацаа /сар/ | Хариу-\nцагч | Хэрэг-\nжилтийн явц | Гүйцэтгэл\n/хувиар/ | Нотлох баримтын жагсаалт
1) | Тайлан бэлтгэх | 1-3 | Нягтлан | Бэлтгэв. | 100 | Тайлан.pdf\nАкт №3
2) | Аудит | 6 | Нягтлан /Санхүү | Орсон. | 85 |
"""),  # noqa: E501
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024, title: 2024 ОНЫ АЖЛЫН ТӨЛӨВЛӨГӨӨНИЙ БИЕЛЭЛТ}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Арга хэмжээ
  measures:
  - text: Тайлан бэлтгэх
    period: 1-3
    units: [Нягтлан]
  - text: Аудит
    period: 6
    units: [Нягтлан /Санхүү]
""")
    assert entries_of(found) == read_yaml("""
- progress: Бэлтгэв.
  self: 100
  evidence:
  - document: {title: Тайлан.pdf}
  - document: {title: Акт №3}
- {progress: Орсон., self: 85}
""")
    assert lost(found) == []


def test_title_day_and_number_of_a_decision_in_any_order() -> None:
    found = reading(
        word(
            ("АЙМГИЙН ЗАСАГ ДАРГЫН ЗАХИРАМЖИЙН БИЕЛЭЛТ", "cb"),
            ("2024 оны 1-р хагас жил", "c"),
            table("""
Д/д | Захирамж | Захирамжийн холбогдох заалт | Биелэлт | Өөрийн үнэлгээ | Засаг даргын үнэлгээ
1 | №7, 2024.01.20, Хураамж тогтоох тухай | 1-р заалт: Хураамж авах | Авав. | 100 | 90
2 | 2024 оны 2 дугаар сарын 05-ны өдрийн А/12 дугаар “Хорооны бүрэлдэхүүн батлах тухай” захирамж | Хороо ажиллуулах | Ажиллав. | 90 | 90
3 | “Өвөлжилт” А/44 2024/03/11 | Тэжээл нөөцлөх | Хэрэгжих шатанд | Хэрэгжих шатанд | -
 |  | Хашаа засах | Засав. | 100 | 100
"""),  # noqa: E501
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: resolutions, kind: report, period: 2024-H1, title: АЙМГИЙН ЗАСАГ ДАРГЫН ЗАХИРАМЖИЙН БИЕЛЭЛТ 2024 оны
    1-р хагас жил}
""")
    assert plan_of(found) == read_yaml("""
sections:
- title: Шийдвэр
  decisions:
  - number: 7
    date: 2024-01-20
    title: Хураамж тогтоох тухай
    clauses:
    - {number: 1, text: Хураамж авах}
  - number: А/12
    date: 2024-02-05
    title: “Хорооны бүрэлдэхүүн батлах тухай” захирамж
    clauses:
    - {text: Хороо ажиллуулах}
  - number: А/44
    date: 2024-03-11
    title: “Өвөлжилт”
    clauses:
    - {text: Тэжээл нөөцлөх}
    - {text: Хашаа засах}
""")
    assert entries_of(found) == read_yaml("""
- {progress: Авав., self: 100, superior: 90}
- {progress: Ажиллав., self: 90, superior: 90}
- {progress: Хэрэгжих шатанд, self: Хэрэгжих шатанд}
- {progress: Засав., self: 100, superior: 100}
""")
    assert lost(found) == []


def test_sections_numbered_in_roman_and_means_below_them() -> None:
    found = reading(
        word(
            ("СУМЫН 2024 ОНЫ ҮНДСЭН ЧИГЛЭЛИЙН ХЭРЭГЖИЛТ", "cb"),
            table("""
Д/д | Зорилт, арга хэмжээ | Шалгуур үзүүлэлт | Зорилтот түвшин | Биелэлт | Хувь
I | Бүлэг 1. Эрүүл мэнд |  |  |  |
1 | Эмчилгээ | Хүн | 100 | 98 | 90
2 | Тарилга | Хүүхэд | 50 | 50 | 100
 | Бүлгийн дундаж |  |  |  | 95
II | Бүлэг 2. Боловсрол |  |  |  |
3 | Сургууль | Барилга | 1 | 1 | 100
 | Бүлгийн дундаж |  |  |  | 100
 | ДУНДАЖ |  |  |  | 97,5
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024, title: СУМЫН 2024 ОНЫ ҮНДСЭН ЧИГЛЭЛИЙН ХЭРЭГЖИЛТ}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
numbering: running
sections:
- title: Бүлэг 1. Эрүүл мэнд
  measures:
  - text: Эмчилгээ
    indicators:
    - {name: Хүн, target: 100}
  - text: Тарилга
    indicators:
    - {name: Хүүхэд, target: 50}
- title: Бүлэг 2. Боловсрол
  measures:
  - text: Сургууль
    indicators:
    - {name: Барилга, target: 1}
""")
    assert entries_of(found) == read_yaml("""
- {progress: 98, self: 90}
- {progress: 50, self: 100}
- {progress: 1, self: 100}
""")
    assert lost(found) == []


def test_several_units_in_a_cell() -> None:
    found = reading(
        word(
            ("2024 ОНЫ АРГА ХЭМЖЭЭНИЙ ТӨЛӨВЛӨГӨӨ", "cb"),
            table(r"""
№ | Арга хэмжээ | Хугацаа | Хүрэх үр дүн | Хариуцах байгууллага, албан тушаалтан
1 | Хог ачих | сар бүр | 12 удаа | ЗДТГ\nТохижилт ХХК
2 | Харуул | жилдээ | Харуултай | ЗДТГ; Цагдаа
3 | Гэрэл | II | Гэрэлтэй | 1. Инженер\n2. Цахилгаан
4 | Ус | II | Устай | - Ус суваг\n- ЗДТГ.
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: plan, period: 2024, title: 2024 ОНЫ АРГА ХЭМЖЭЭНИЙ ТӨЛӨВЛӨГӨӨ}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Арга хэмжээ
  measures:
  - text: Хог ачих
    period: сар бүр
    indicators:
    - {name: '-', unit: удаа, target: 12 удаа}
    units: [ЗДТГ, Тохижилт ХХК]
  - text: Харуул
    period: жилдээ
    indicators:
    - {name: '-', target: Харуултай}
    units: [ЗДТГ, Цагдаа]
  - text: Гэрэл
    period: II
    indicators:
    - {name: '-', target: Гэрэлтэй}
    units: [Инженер, Цахилгаан]
  - text: Ус
    period: II
    indicators:
    - {name: '-', target: Устай}
    units: [Ус суваг, ЗДТГ]
""")
    assert entries_of(found) == read_yaml("""
- {}
- {}
- {}
- {}
""")
    assert lost(found) == []


def test_a_performance_report_with_both_of_its_tables() -> None:
    found = reading(
        word(
            ("Сангийн сайдын 2024 оны 5 дугаар тушаалын\n3 дугаар хавсралт", "r"),
            ("ГАМШГИЙН ГАЗРЫН 2024 ОНЫ ГҮЙЦЭТГЭЛИЙН ТӨЛӨВЛӨГӨӨНИЙ ТАЙЛАН", "cb"),
            table(r"""
Д/А | Стратеги төлөвлөгөө болон үндэслэж байгаа бусад бодлогын баримт бичиг, хууль тогтоомж | Төсөв | Шалгуур үзүүлэлт | Суурь түвшин | Зорилтот түвшин | Хүрсэн түвшин буюу хэрэгжилт /хүрээгүй бол тайлбар/ | Гүйцэтгэлийн хувь
СТРАТЕГИ ТӨЛӨВЛӨГӨӨНИЙ ЗОРИЛТ 1. Бэлэн байдал | < | < | < | < | < | < | <
Зорилт 1.1. Сургалт | < | < | < | < | < | < | <
1 | Дадлага хийх | улсын төсөв | Дадлагын тоо | 35 | 24 | 30 дадлага хийв.\n\n- 3 хамтарсан\n- 27 дотоод | 100
2 | Сурталчилгаа\nХамрагдсан хүн | - | Тоо\nХүн | 25\n18 | 45\n20 | 46 удаа, 21 хүн | 100
"""),  # noqa: E501
            ("МЭДЛЭГ, УР ЧАДВАРАА ДЭЭШЛҮҮЛЭХ ЗОРИЛТ, АРГА ХЭМЖЭЭНИЙ БИЕЛЭЛТ", "cb"),
            table("""
Д/д | Зорилтыг хэрэгжүүлэх арга хэмжээ | Шалгуур үзүүлэлт | Гүйцэтгэлийн түвшин | < | < | Эхэлсэн, дууссан хугацаа | Биелэлтийн хувь
^ | ^ | ^ | Суурь түвшин | Хүрэх түвшин | Хүрсэн түвшин (биелэлт) | ^ | ^
1 | Гадаад хэл | Цаг | 0 | 40 | 42 цаг | 03 | 100
"""),  # noqa: E501
            table(r"""
ХЯНАСАН:\nТӨСВИЙН ЕРӨНХИЙЛӨН ЗАХИРАГЧ\n............ Ж.Болд | ТАЙЛАГНАСАН:\nТӨСВИЙН ШУУД ЗАХИРАГЧ\n.......... С.Оюу
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml(r"""
form: performance-plan
kind: report
period: 2024
title: ГАМШГИЙН ГАЗРЫН 2024 ОНЫ ГҮЙЦЭТГЭЛИЙН ТӨЛӨВЛӨГӨӨНИЙ ТАЙЛАН
reference: "Сангийн сайдын 2024 оны 5 дугаар тушаалын\n3 дугаар хавсралт"
signatories:
- [Хянасан, ТӨСВИЙН ЕРӨНХИЙЛӨН ЗАХИРАГЧ, Ж.Болд]
- [Тайлагнасан, ТӨСВИЙН ШУУД ЗАХИРАГЧ, С.Оюу]
""")
    assert plan_of(found) == read_yaml(r"""
year: 2024
goals:
- number: 1
  title: Бэлэн байдал
  objectives:
  - number: 1.1
    title: Сургалт
    measures:
    - text: Дадлага хийх
      budget:
      - {source: улсын төсөв}
      indicators:
      - {name: Дадлагын тоо, baseline: 35, target: 24}
    - text: "Сурталчилгаа\nХамрагдсан хүн"
      indicators:
      - {id: 1, name: Тоо, baseline: 25, target: 45}
      - {id: 2, name: Хүн, baseline: 18, target: 20}
skills:
- text: Гадаад хэл
  period: 03
  indicators:
  - {name: Цаг, baseline: 0, target: 40}
""")
    assert entries_of(found) == read_yaml(r"""
- progress: "30 дадлага хийв.\n\n- 3 хамтарсан\n- 27 дотоод"
  self: 100
- {reached: '46 удаа, 21 хүн', self: 100}
- {reached: 42 цаг, self: 100}
""")
    assert lost(found) == []


def test_cells_merged_down_over_several_measures() -> None:
    found = reading(
        word(
            ("2024 ОНЫ АЖЛЫН ТӨЛӨВЛӨГӨӨНИЙ ТАЙЛАН", "cb"),
            table("""
№ | Чиглэл | Арга хэмжээ | Хугацаа | Хариуцагч | Биелэлт | %
1 | Сургалт | Танхимын сургалт | I | Сургалтын алба | 3 удаа. | 100
2 | ^ | Цахим сургалт | ^ | ^ | 2 удаа. | 90
3 | Хяналт | Дотоод хяналт | II | Хяналт | Хийв. | 100
4 | ^ | Гадаад хяналт | ^ | ^ | Хийгээгүй. | 0
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024, title: 2024 ОНЫ АЖЛЫН ТӨЛӨВЛӨГӨӨНИЙ ТАЙЛАН}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
numbering: running
sections:
- title: Сургалт
  measures:
  - text: Танхимын сургалт
    period: I
    units: [Сургалтын алба]
  - text: Цахим сургалт
    period: I
    units: [Сургалтын алба]
- title: Хяналт
  measures:
  - text: Дотоод хяналт
    period: II
    units: [Хяналт]
  - text: Гадаад хяналт
    period: II
    units: [Хяналт]
""")
    assert entries_of(found) == read_yaml("""
- {progress: 3 удаа., self: 100}
- {progress: 2 удаа., self: 90}
- {progress: Хийв., self: 100}
- {progress: Хийгээгүй., self: 0}
""")
    assert lost(found) == []


def test_a_cover_and_a_preface() -> None:
    found = reading(
        word(
            ("ДАЛАЙ СУМ", "cb"),
            ("2024 оны ажлын тайлан", "cb"),
            ("2024.12.30", "c"),
            "Энэ тайланд жилийн ажлыг нэгтгэв.",
            "Нийт 2 арга хэмжээ төлөвлөсөн.",
            ("Төлөвлөгөөний хэрэгжилт", "b"),
            table("""
№ | Арга хэмжээ | Хэрэгжилт | Хувь
1 | А ажил | Хийв. | 100
2 | Б ажил | Хийв. | 90
"""),
            "Цаашид анхаарах зүйл: санхүүжилтийг нэмэгдүүлэх.",
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml(r"""
form: action-plan
kind: report
period: 2024
date: 2024-12-30
title: 2024 оны ажлын тайлан
passages:
- [ДАЛАЙ СУМ]
- - "Энэ тайланд жилийн ажлыг нэгтгэв.\n\nНийт 2 арга хэмжээ төлөвлөсөн."
- [Төлөвлөгөөний хэрэгжилт]
- ['Цаашид анхаарах зүйл: санхүүжилтийг нэмэгдүүлэх.']
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Арга хэмжээ
  measures:
  - {text: А ажил}
  - {text: Б ажил}
""")
    assert entries_of(found) == read_yaml("""
- {progress: Хийв., self: 100}
- {progress: Хийв., self: 90}
""")
    assert lost(found) == []


def test_section_titles_in_the_column_of_numbers() -> None:
    found = reading(
        word(
            ("2024 оны арга хэмжээний төлөвлөгөө", "cb"),
            table("""
Д/д | Арга хэмжээ | Хэрэгжих хугацаа | Хүрэх түвшин | Хариуцах
I. Хөдөө аж ахуй |  |  |  |
1 | Тариалалт | II улирал | 100 га | ХАА
2 | Хураалт | III улирал | 90 га | ХАА
II. Соёл |  |  |  |
1 | Тоглолт | IV улирал | 3 удаа | Соёл
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: plan, period: 2024, title: 2024 оны арга хэмжээний төлөвлөгөө}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Хөдөө аж ахуй
  measures:
  - text: Тариалалт
    period: II улирал
    indicators:
    - {name: '-', unit: га, target: 100 га}
    units: [ХАА]
  - text: Хураалт
    period: III улирал
    indicators:
    - {name: '-', unit: га, target: 90 га}
    units: [ХАА]
- title: Соёл
  measures:
  - text: Тоглолт
    period: IV улирал
    indicators:
    - {name: '-', unit: удаа, target: 3 удаа}
    units: [Соёл]
""")
    assert entries_of(found) == read_yaml("""
- {}
- {}
- {}
""")
    assert lost(found) == []


def test_two_levels_of_merged_section_rows() -> None:
    found = reading(
        word(
            ("2024 оны хөгжлийн төлөвлөгөөний хэрэгжилт", "cb"),
            table("""
№ | Арга хэмжээ | Хугацаа | Биелэлт | Үнэлгээ
НЭГ. НИЙГМИЙН БОДЛОГО | < | < | < | <
1.1. Эрүүл мэнд | < | < | < | <
1 | Үзлэг | I | Хийв | 100
1.2. Боловсрол | < | < | < | <
2 | Сургууль | II | Засав | 90
ХОЁР. ЭДИЙН ЗАСАГ | < | < | < | <
2.1. ХАА | < | < | < | <
3 | Тариалалт | II | Тарив | 100
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024, title: 2024 оны хөгжлийн төлөвлөгөөний хэрэгжилт}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
numbering: running
sections:
- number: 1.1
  title: НИЙГМИЙН БОДЛОГО – Эрүүл мэнд
  measures:
  - {text: Үзлэг, period: I}
- number: 1.2
  title: НИЙГМИЙН БОДЛОГО – Боловсрол
  measures:
  - {text: Сургууль, period: II}
- number: 2.1
  title: ЭДИЙН ЗАСАГ – ХАА
  measures:
  - {text: Тариалалт, period: II}
""")
    assert entries_of(found) == read_yaml("""
- {progress: Хийв, self: 100}
- {progress: Засав, self: 90}
- {progress: Тарив, self: 100}
""")
    assert lost(found) == []


def test_states_in_the_place_of_scores() -> None:
    found = reading(
        word(
            ("ТОГТООЛЫН 2024 ОНЫ БИЕЛЭЛТ", "cb"),
            table("""
Шийдвэр Д/д | Заалт Д/д | Шийдвэрийн нэр, огноо, дугаар | Холбогдох заалтын агуулга | Хэрэгжилтийн явц | Өөрийн үнэлгээ | Дээд шатны байгууллагын үнэлгээ
2023 онд гарсан тогтоол | < | < | < | < | < | <
1 | 1 | А тухай 2023-01-02 №1 | Нэгийг хийх | Хүчингүй болсон: 2024-02-03, №5 тогтоол | - | -
2 | 2 | Б тухай 2023-01-03 №2 | Хоёрыг хийх | Хийв. | Бүрэн | 95
2024 онд гарсан тогтоол | < | < | < | < | < | <
3 | 3 | В тухай 2024-01-02 №1 | Гурвыг хийх | Хойшилсон | Хойшилсон | Хойшилсон
"""),  # noqa: E501
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: resolutions, kind: report, period: 2024, title: ТОГТООЛЫН 2024 ОНЫ БИЕЛЭЛТ}
""")
    assert plan_of(found) == read_yaml("""
sections:
- title: 2023 онд гарсан тогтоол
  decisions:
  - number: 1
    date: 2023-01-02
    title: А тухай
    clauses:
    - {text: Нэгийг хийх}
  - number: 2
    date: 2023-01-03
    title: Б тухай
    clauses:
    - {text: Хоёрыг хийх}
- title: 2024 онд гарсан тогтоол
  decisions:
  - number: 1
    date: 2024-01-02
    title: В тухай
    clauses:
    - {text: Гурвыг хийх}
""")
    assert entries_of(found) == read_yaml("""
- {state: repealed, date: 2024-02-03, act: №5 тогтоол}
- {progress: Хийв., self: Бүрэн, superior: 95}
- {progress: Хойшилсон, state: postponed}
""")
    assert lost(found) == []


def test_a_table_that_was_parted_in_three() -> None:
    found = reading(
        word(
            ("2024 ОНЫ АЖЛЫН БИЕЛЭЛТ", "cb"),
            table("""
№ | Арга хэмжээ | Хугацаа | Хэрэгжилт | Хувь
1 | А | I | Хийв | 100
2 | Б | I | Хийж | 90
"""),
            table("""
 |  |  | дуусгав |
3 | В | II | Хийв | 100
"""),
            "(үргэлжлэл)",
            table("""
№ | Арга хэмжээ | Хугацаа | Хэрэгжилт | Хувь
4 | Г | II | Хийв | 50
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024, title: 2024 ОНЫ АЖЛЫН БИЕЛЭЛТ}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Арга хэмжээ
  measures:
  - {text: А, period: I}
  - {text: Б, period: I}
  - {text: В, period: II}
  - {text: Г, period: II}
""")
    assert entries_of(found) == read_yaml("""
- {progress: Хийв, self: 100}
- {progress: Хийж дуусгав, self: 90}
- {progress: Хийв, self: 100}
- {progress: Хийв, self: 50}
""")
    assert lost(found) == []


def test_a_table_of_three_columns() -> None:
    found = reading(
        word(
            "Ажлын төлөвлөгөөний биелэлт 2024 он",
            table("""
Ажил | Хариуцагч | Биелэлт
Хашаа | Бат | Хийв
Байр | Дорж | Хийсэн
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024, title: Ажлын төлөвлөгөөний биелэлт 2024 он}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Арга хэмжээ
  measures:
  - text: Хашаа
    units: [Бат]
  - text: Байр
    units: [Дорж]
""")
    assert entries_of(found) == read_yaml("""
- {progress: Хийв}
- {progress: Хийсэн}
""")
    assert lost(found) == []


def test_decisions_of_which_the_paper_names_no_clauses() -> None:
    found = reading(
        word(
            ("ИТХ-ЫН ТОГТООЛЫН 2024 ОНЫ ХАГАС ЖИЛИЙН ХЭРЭГЖИЛТ", "cb"),
            table("""
№ | Тогтоолын нэр, огноо, дугаар | Хэрэгжилт | Хувь
1 | Орон нутгийн хөгжлийн сан 2024-01-10 №3 | Хуваарилав. | 100
2 | Газрын төлөвлөгөө 2024-02-11 №5 | Хэлэлцэв. | 70
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: resolutions, kind: report, period: 2024-H1, title: ИТХ-ЫН ТОГТООЛЫН 2024 ОНЫ ХАГАС ЖИЛИЙН ХЭРЭГЖИЛТ}
""")
    assert plan_of(found) == read_yaml("""
sections:
- title: Шийдвэр
  decisions:
  - number: 3
    date: 2024-01-10
    title: Орон нутгийн хөгжлийн сан
    clauses:
    - {text: Орон нутгийн хөгжлийн сан}
  - number: 5
    date: 2024-02-11
    title: Газрын төлөвлөгөө
    clauses:
    - {text: Газрын төлөвлөгөө}
""")
    assert entries_of(found) == read_yaml("""
- {progress: Хуваарилав., self: 100}
- {progress: Хэлэлцэв., self: 70}
""")
    assert lost(found) == []


def test_two_columns_of_objectives_merged_down() -> None:
    found = reading(
        word(
            ("ЯАМНЫ 2024 ОНЫ ЖИЛИЙН ЭЦСИЙН ТӨЛӨВЛӨГӨӨНИЙ ХЭРЭГЖИЛТ", "cb"),
            table("""
Зорилго | Зорилт | Хэрэгжүүлэх арга хэмжээ | Хугацаа | Шалгуур үзүүлэлт, хүрэх түвшин | Хэрэгжилт | Хэрэгжилтийн хувь
А зорилго | А1 зорилт | Нэг | I | 3 удаа | Хийв | 100
^ | ^ | Хоёр | II | 4 | Хийв | 90
^ | А2 зорилт | Гурав | III | 5 | Хийв | 100
Б зорилго | Б1 зорилт | Дөрөв | IV | 6 | Хийв | 0
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024, title: ЯАМНЫ 2024 ОНЫ ЖИЛИЙН ЭЦСИЙН ТӨЛӨВЛӨГӨӨНИЙ ХЭРЭГЖИЛТ}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: А зорилго – А1 зорилт
  measures:
  - text: Нэг
    period: I
    indicators:
    - {name: '-', unit: удаа, target: 3 удаа}
  - text: Хоёр
    period: II
    indicators:
    - {name: '-', target: 4}
- title: А зорилго – А2 зорилт
  measures:
  - text: Гурав
    period: III
    indicators:
    - {name: '-', target: 5}
- title: Б зорилго – Б1 зорилт
  measures:
  - text: Дөрөв
    period: IV
    indicators:
    - {name: '-', target: 6}
""")
    assert entries_of(found) == read_yaml("""
- {progress: Хийв, self: 100}
- {progress: Хийв, self: 90}
- {progress: Хийв, self: 100}
- {progress: Хийв, self: 0}
""")
    assert lost(found) == []


def test_evaluations_named_by_who_gives_them() -> None:
    found = reading(
        word(
            ("2024 оны захирамжийн биелэлт", "cb"),
            table("""
№ | Захирамж | Заалт | Биелэлт | Тамгын газрын үнэлгээ | Аймгийн ЗДТГ-ын үнэлгээ
1 | А тухай 2024-01-01 А/1 | Нэг | Хийв | 100 | 90
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: resolutions, kind: report, period: 2024, title: 2024 оны захирамжийн биелэлт}
""")
    assert plan_of(found) == read_yaml("""
sections:
- title: Шийдвэр
  decisions:
  - number: А/1
    date: 2024-01-01
    title: А тухай
    clauses:
    - {text: Нэг}
""")
    assert entries_of(found) == read_yaml("""
- {progress: Хийв, self: 100, superior: 90}
""")
    assert lost(found) == []


def test_a_yearly_plan_of_a_school() -> None:
    found = reading(
        word(
            ("СУРГУУЛИЙН 2024-2025 ОНЫ ХИЧЭЭЛИЙН ЖИЛИЙН ТӨЛӨВЛӨГӨӨ", "cb"),
            table("""
д/д | Үйл ажиллагааны чиглэл | Хийгдэх ажил | Зорилго | Хэзээ | Хэн | Хяналт
1 | Сургалт | Хичээл | Чанар | 9 сар | Багш | Менежер
2 | ^ | Шалгалт | Дүн | 5 сар | Багш | Менежер
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: plan, period: 2025, title: СУРГУУЛИЙН 2024-2025 ОНЫ ХИЧЭЭЛИЙН ЖИЛИЙН ТӨЛӨВЛӨГӨӨ}
""")
    assert plan_of(found) == read_yaml("""
year: 2025
sections:
- title: Сургалт
  measures:
  - text: Хичээл
    period: 9 сар
    indicators:
    - {name: '-', target: Чанар}
    units: [Багш]
    extra: {Хяналт: Менежер}
  - text: Шалгалт
    period: 5 сар
    indicators:
    - {name: '-', target: Дүн}
    units: [Багш]
    extra: {Хяналт: Менежер}
""")
    assert entries_of(found) == read_yaml("""
- {}
- {}
""")
    assert lost(found) == []


def test_a_day_and_a_place_on_the_right() -> None:
    found = reading(
        word(
            ("Төрийн албаны 2024 оны төлөвлөгөөний", "cb"),
            ("хэрэгжилтийн тайлан", "cb"),
            ("2024-12-25", "r"),
            ("Улаанбаатар хот", "r"),
            table("""
№ | Төлөвлөгөөнд тусгагдсан арга хэмжээ | Шалгуур үзүүлэлтийн биелэлт | Өөрийн үнэлгээ (хувь) | Хяналтын үнэлгээ (хувь)
1 | А | Бүрэн | 100% | 95%
"""),
        ),
        "paper.docx",
    )

    assert head(found) == read_yaml("""
{form: action-plan, kind: report, period: 2024, date: 2024-12-25, place: Улаанбаатар хот, title: Төрийн
    албаны 2024 оны төлөвлөгөөний хэрэгжилтийн тайлан}
""")
    assert plan_of(found) == read_yaml("""
year: 2024
sections:
- title: Арга хэмжээ
  measures:
  - {text: А}
""")
    assert entries_of(found) == read_yaml("""
- {progress: Бүрэн, self: 100, superior: 95}
""")
    assert lost(found) == []
