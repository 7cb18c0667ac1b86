"""What is a lawful reference to another's goods, and what only looks like one."""

from typing import Any

import pytest
from tests.engine.screening.text.places import marks, places, said

P, R, D = "plain", "referential", "disguised"
MARKS = marks(
    "iPhone",
    "Samsung",
    "Gucci",
    "Nike",
    {"text": "Apple", "brand": "Apple"},
    {"text": "MacBook", "brand": "Apple"},
    "Xiaomi",
    {"text": "Dyson", "aliases": ["戴森"]},
)


@pytest.mark.parametrize(
    "title",
    [
        "Case for iPhone 15 Pro",
        "case FOR the new iPhone",
        "Replacement filter compatible with Dyson V11",
        "Strap fits Samsung Galaxy Watch",
        "iPhone-compatible charger",
        'Leather case for "iPhone 15"',
        "Hülle für iPhone 14",
        "Hu\u0308lle fu\u0308r iPhone 14",  # its accent written apart
        "Ersatzakku passend für Samsung",
        "Coque pour iPhone 13",
        "Funda para iPhone 12",
        "Capa compatível com Samsung",
        "Custodia per iPhone",
        "Hoesje voor iPhone 15",
        "Skal för Samsung",
        "Etui do iPhone 13",
        "Чехол для iPhone",
        "iPhone 15 için kılıf",
        "iPhone uyumlu kılıf",
        "เคสสำหรับ iPhone 15",
        "เคสสำหรับiPhone",
        "适用于iPhone15手机壳",
        "手机壳 适用iPhone",
        "戴森适用滤网",
        "iPhone用ケース",
        "iPhone15対応 ケース",
        "iPhone용 케이스",
        "Ốp lưng cho iPhone 15",
        "casing untuk Samsung",
        "iPhone 15 के लिए कवर",
        "Θήκη για iPhone",
        "נרתיק עבור iPhone",
    ],
)
def test_references_in_many_languages(title: str) -> None:
    assert [way for way, _ in said(MARKS, title)] == [R]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Gucci case for iPhone", [(R, "iPhone"), (P, "Gucci")]),  # what it is for, not what it is
        ("Gucci bag for women", [(P, "Gucci")]),  # a word follows, but it is no mark
        ("shoes for men Nike", [(P, "Nike")]),  # not beside the mark
        ("for men. Nike shoes", [(P, "Nike")]),
        ("bag for her - Gucci", [(P, "Gucci")]),
        ("gift for you, Gucci bag", [(P, "Gucci")]),
        ("case for iPhone, Gucci style", [(R, "iPhone"), (P, "Gucci")]),  # a comma begins something else
        ("case for iPhone 15 Gucci", [(R, "iPhone"), (P, "Gucci")]),  # and so does a name behind a name
        ("case for iPhone Gucci", [(R, "iPhone"), (P, "Gucci")]),
        ("fur Gucci coat", [(P, "Gucci")]),  # not the German word
        ("slim fit Nike", [(P, "Nike")]),
        ("Gucci用料考究", [(P, "Gucci")]),  # 用料: the material
        ("用心 Gucci", [(P, "Gucci")]),
        ("case for Gu-cci", [(D, "Gu-cci")]),  # nothing lawful is disguised
        ("case for iPhоne", [(D, "iPhоne")]),
    ],
)
def test_only_what_is_direct(title: str, found: list[tuple[str, str]]) -> None:
    assert said(MARKS, title) == found


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("for iPhone and Samsung", [(R, "iPhone"), (R, "Samsung")]),
        ("for iPhone/Samsung/Xiaomi", [(R, "iPhone"), (R, "Samsung"), (R, "Xiaomi")]),
        ("for iPhone 15 Pro Max & Samsung S23", [(R, "iPhone"), (R, "Samsung")]),
        ("for iPhone 6, iPhone 7", [(R, "iPhone"), (R, "iPhone")]),
        ("for iPhone 6, Samsung 7, Xiaomi 11", [(R, "iPhone"), (R, "Samsung"), (R, "Xiaomi")]),  # with models
        ("for Apple MacBook", [(R, "Apple"), (R, "MacBook")]),  # of one holder
        ("for Apple iPhone 15", [(R, "iPhone"), (R, "Apple")]),  # with a model behind both
        ("for all versions of Apple pads", [(R, "Apple")]),
        ("for Apple pad 2, Apple pad 3, Apple pad 4", [(R, "Apple")] * 3),  # the same again
        ("for Apple pad, case Apple", [(R, "Apple"), (P, "Apple")]),
        ("для iPhone и Samsung", [(R, "iPhone"), (R, "Samsung")]),
        ("适用于iPhone和Samsung", [(R, "iPhone"), (R, "Samsung")]),
        ("for iPhone. And Samsung", [(R, "iPhone"), (P, "Samsung")]),  # another sentence
    ],
)
def test_lists(title: str, found: list[tuple[str, str]]) -> None:
    assert said(MARKS, title) == found


@pytest.mark.parametrize(
    "title",
    [
        "Acme iPhone 15 hard case",
        "clear cover iPhone 13 mini",
        "premium compatible Samsung 11X toner cartridge",
        "speaker with iPhone dock",
        "stylus for ipad and iPhone",
        "cable for ipod, ipad, iPhone",
        "clock for windows and iPhone",
        "Λουράκι για ρολόι Samsung δερμάτινο",
        "Correa para reloj Samsung acero",
        "Bracelet pour montre Samsung silicone",
        "Taschenorganizer für Gucci Tasche",
        "strap for Gucci bag",
        "insert organizer for Gucci tote bag",
        "بند ساعت مناسب برای Samsung",
        "Samsung এর জন্য ঘড়ির স্ট্র্যাপ",
        "Klockarmband till Samsung",
        "רצועה לשעון Samsung עור",
        "Remienok na hodinky Samsung",
        "Samsung saat için deri kordon",
        "適用 Samsung 手機殼",
        "ใช้กับ iPhone 15",
        "호환 Samsung 토너",
        "Correa de recambio reloj Samsung 20mm",  # called a replacement before the name
        "Samsung süpürge torbası uyumlu",  # and behind it
        "Worki do odkurzacza Samsung 4 szt",
        "ไส้กรองใช้กับเครื่อง Samsung",
        "{} 掃除機用 紙パック".replace("{}", "Samsung"),
        "Generic remote works w/ Samsung TV",
        "We appraise Gucci items",
        "Reparación de relojes Gucci",
        "If you like Gucci you will love this",
    ],
)
def test_accessories_and_lists_of_unknown_names(title: str) -> None:
    assert [way for way, _ in said(MARKS, title)] == [R]


@pytest.mark.parametrize(
    "title",
    [
        "for Gucci bag",
        "hot sale for Gucci bag",
        "best price for the new Gucci handbag",
        "strap for women Gucci",
        "gift for her Gucci wallet",
        "original Samsung 45W charger",
        "Samsung 45W charger",  # its maker sells chargers too
        "Brand new Samsung 45W charger",  # and a number of watts is no model
        "genuine new Samsung S24 case",
        "Gucci style bag",
        "Gucci dupe",
        "Gucci hair repair cream",  # what the goods do, and not what is done to Gucci's
        "Gucci 1955 phone bag",
    ],
)
def test_the_makers_own_goods_and_what_is_like_them_are_no_references(title: str) -> None:
    assert R not in [way for way, _ in said(MARKS, title)]


@pytest.mark.parametrize(
    "title",
    [
        "inspired by Gucci bags",
        "not Gucci, just a red belt",
        "better than Dyson vacuum cleaner",
        "Gucci vs others: a comparison",
        "Gucci watch repair service",
        "the little book of Gucci",
        "my other bag is a Gucci tote",
        "Nike shoe repair",
        "We buy Gucci bags",
        "Gucci annual report 1999",
        "iPhone 14 phone case",  # at the head, too: a device with its number
        "iPhone 14 Pro Max case silicone",
    ],
)
def test_what_is_spoken_about_is_mentioned_whatever_its_goods(title: str) -> None:
    assert [way for way, _ in said(MARKS, title)] == [R]


@pytest.mark.parametrize(
    ("title", "brand", "way"),
    [
        ("Acme Samsung laptop battery", "Acme", R),
        ("new Samsung laptop battery", "No Brand", P),
        ("new Samsung laptop battery", "不明", R),
        ("Acme Samsung U661 black 6 cell battery", "Acme", R),
        ("Samsung laptop battery", "Samsung", P),
        ("Car mat Samsung S24", "Allure", R),
        ("Acme Gucci bag", "Acme", P),
        ("new Gucci bag with charger", "Acme", P),
        ("new Gucci strap", "Acme", P),
    ],
)
def test_a_brand_field_that_names_another_maker(title: str, brand: str, way: str) -> None:
    assert ways(title=title, brand=brand)["title"] == [way]


def test_marks_side_by_side() -> None:
    assert said(MARKS, "cable for Samsung Xiaomi iPhone") == [(R, "iPhone"), (R, "Samsung"), (R, "Xiaomi")]
    assert said(MARKS, "cable for Samsung Xiaomi charger") == [(R, "Samsung"), (R, "Xiaomi")]
    assert said(MARKS, "sleeve for Samsung Gucci") == [(R, "Samsung"), (P, "Gucci")]


def ways(**row: str) -> dict[str, list[str]]:
    """The ways per field."""
    found: dict[str, list[str]] = {}
    for place in places(MARKS, row):
        found.setdefault(place.field, []).append(place.way)
    return found


def test_a_brand_field_that_names_the_right_is_no_reference() -> None:
    assert ways(title="Case for iPhone", brand="iPhone") == {"title": [P], "brand": [P]}
    assert ways(title="Case for iPhone", brand="Spigen") == {"title": [R]}
    assert ways(title="Case", brand="for iPhone") == {"brand": [P]}


def test_a_mark_named_before_is_no_reference_after() -> None:
    assert ways(title="Gucci bag for Gucci lovers") == {"title": [P, P]}
    assert ways(title="Gucci bag", description="for Gucci lovers") == {"title": [P], "description": [P]}


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"title": "case for iPhone 15 - black iPhone-225", "brand": "Acme"}, {"title": [R, R]}),
        ({"title": "Acme iPhone-206 feather for iPhone 15", "brand": "Acme"}, {"title": [R, R]}),
        ({"title": "case for iPhone 15 - new iPhone bag", "brand": "Acme"}, {"title": [R, P]}),  # goods of its own
        ({"title": "case for iPhone 15 - iPhone black"}, {"title": [R, P]}),  # nobody else made it
        ({"title": "Acme Gucci bag for Gucci lovers", "brand": "Acme"}, {"title": [P, P]}),
        ({"title": "Case for iPhone", "description": "the iPhone is not included"}, {"title": [R], "description": [R]}),
        ({"title": "Case for iPhone", "description": "an original iPhone"}, {"title": [R], "description": [P]}),
        ({"title": "for iPhone lovers", "description": "iPhone"}, {"title": [R], "description": [P]}),
    ],
)
def test_a_mark_repeated_after_a_reference(row: dict[str, str], found: dict[str, list[str]]) -> None:
    assert ways(**row) == found


@pytest.mark.parametrize(
    "title",
    [
        "Third-party spare part - to fit iPhone models",
        "Leather conditioner, safe on Gucci and other bags",
        "Lacets de rechange convenant aux chaussures Gucci",
        "Pièce détachée s'adapte sur iPhone",
        "Organizador de bolso que encaja en Gucci",
        "Tas-organizer passend in Gucci tas",
        "Reservdel till Samsung",
        "Samsung modellerine uygun yedek parça",
        "Samsung-hoz való töltő",
        "Samsung telefonhoz tok",
        "Samsung jaoks sobiv laadija",
        "rezerves daļa Samsung modeļiem",
        "įkroviklis skirtas Samsung",
        "Ładowarka przeznaczona do Samsung",
        "Резервна част, съвместима с Samsung",
        "Футрола погодна за Samsung",
        "Зарядний пристрій сумісний з Samsung",
        "قطعة غيار خاصة ب Samsung",
        "קייס מתאים ל Samsung",
        "شارژر سازگار با Samsung",
        "Samsung کے لیے چارجر",
        "Samsung साठी कव्हर",
        "Samsung க்கான சார்ஜர்",
        "Samsung కోసం ఛార్జర్",
        "Samsung এর সাথে সামঞ্জস্যপূর্ণ কেস",
        "Charger na pwede sa Samsung",
        "Kichaji kwa ajili ya Samsung",
        "适配Gucci 鞋带",
        "配Samsung表带",
        "Samsungに適合する交換用ベルト",
        "Samsung에 맞는 케이스",
        "Samsung 사용 가능 케이스",
        "Strap na Samsung",
        "Case4Samsung clear",
    ],
)
def test_references_in_more_languages_and_ways(title: str) -> None:
    assert [way for way, _ in said(MARKS, title)] == [R]


@pytest.mark.parametrize(
    "title",
    [
        "The history of Gucci, hardcover",
        "Book about Gucci and his sons",
        "Gucci biography, signed",
        "Samsung repair manual 1998",
        "repair of Samsung screens",
        "battery test, Xenon vs Samsung",
        "Reparatur von Samsung Fernsehern",
        "Livre sur Gucci",
        "книга о Gucci",
        "Samsung维修手册",
        "Samsung 수리",
    ],
)
def test_what_is_said_about_a_maker_is_a_reference(title: str) -> None:
    assert [way for way, _ in said(MARKS, title)] == [R]


@pytest.mark.parametrize(
    ("title", "way"),
    [
        ("Watchband forSamsung 22mm", R),
        ("חלק חילוף מתאים לSamsung", R),
        ("case for Samsnug S10", R),  # nobody hides behind a slip of the fingers
        ("for Samsungcase", D),
        ("new4Samsung", P),
        ("na Gucci", P),  # a mere preposition, and no accessory before it
        ("bag on Gucci", P),
    ],
)
def test_glued_cues_and_mere_prepositions(title: str, way: str) -> None:
    assert [found for found, _ in said(MARKS, title)] == [way]


@pytest.mark.parametrize("words", ["replica", "高仿", "Fake", "first copy", "реплика"])
def test_what_calls_itself_a_copy_is_no_reference(words: str) -> None:
    assert ways(title="Strap for Samsung", description=f"best {words} in town") == {"title": [P]}


def test_attributes() -> None:
    row = {"title": "charger", "attributes": '{"Compatible Brand": "Samsung", "type": "x"}'}
    assert ways(**row) == {"attributes": [R]}
    assert ways(title="charger", attributes='{"brand": "Samsung"}') == {"attributes": [P]}


def test_other_listings_of_the_batch_say_nothing() -> None:
    found = places(MARKS, "Case for iPhone", "replica bag", {"title": "x", "brand": "iPhone"}, "Case for iPhone")
    assert [place.way for place in found] == [R, P, R]


def test_clear_listings_around_it_change_no_reference() -> None:
    compiled = marks("Apple", "Gucci")
    rows: list[str | dict[str, Any]] = ["case for Apple phone", {"title": "bag", "brand": "Gucci"}, "Gucci, not Apple"]
    alone = [(place.listing, place.way, place.surface) for place in places(compiled, *rows)]
    among = places(compiled, *(["a thing"] * 5), *rows, *(["case for a thing"] * 5))
    assert [(place.listing - 5, place.way, place.surface) for place in among] == alone
    assert ("referential", "Apple") in [place[1:] for place in alone]
