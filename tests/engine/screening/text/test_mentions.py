"""What a listing speaks about and does not offer: in print, in denials, in comparisons, by who wants to buy."""

import pytest
from tests.engine.screening.text.places import marks, said

P, R = "plain", "referential"
MARKS = marks("Kelvoria", "Samsung")


@pytest.mark.parametrize(
    "title",
    [
        "Magazine from 1985 with Kelvoria on the cover",
        "Lesebuch Kelvoria und seine Zeit",
        "Livre ancien sur les voitures Kelvoria",
        "Revista antigua publicidad Kelvoria 1970",
        "Книга о марке Kelvoria для коллекционеров",
        "Old catalogue Kelvoria 1992, 40 pages",
        "Owner handbook covering Kelvoria from 1990",
        "书籍 Kelvoria 精装",
    ],
)
def test_what_is_printed_is_about_what_it_names(title: str) -> None:
    assert [way for way, _ in said(MARKS, title)] == [R]


@pytest.mark.parametrize(
    "title",
    [
        "Book tote Kelvoria canvas",  # a bag
        "Book stand Kelvoria black",
        "Book bag Kelvoria",
        "Kelvoria book tote",  # the mark before
        "Vintage leather shoulder bag, comes with book, Kelvoria",  # no head of the title
        "Catalogue photo Kelvoria bag brown",  # its own goods follow
    ],
)
def test_what_only_begins_like_print(title: str) -> None:
    assert [way for way, _ in said(MARKS, title)] == [P]


@pytest.mark.parametrize(
    "title",
    [
        "Handmade soap, not connected with Kelvoria in any way",
        "Leather strap. Not affiliated with or endorsed by Kelvoria",
        "Ce produit n'est pas de la marque Kelvoria",
        "Soporte sin relación alguna con Kelvoria",
        "Dies ist kein Originalprodukt von Kelvoria",
        "Не имеет отношения к Kelvoria",
        "手工皮绳 与Kelvoria公司无关",
        "Kelvoria와 무관한 제품입니다",
        "As sturdy as Kelvoria, half the price",
        "Aussi solide que Kelvoria",
        "Más barata que Kelvoria",
        "Besser und billiger als Kelvoria",
        "比Kelvoria更轻",
        "Beats Kelvoria in every test",
    ],
)
def test_denials_and_comparisons(title: str) -> None:
    assert [way for way, _ in said(MARKS, title)] == [R]


@pytest.mark.parametrize(
    ("title", "way"),
    [
        ("WTB Kelvoria watch", R),
        ("Looking for a used Kelvoria drill", R),
        ("Gesucht: Kelvoria Uhr", R),
        ("Busco Kelvoria reloj", R),
        ("求购Kelvoria手表", R),
        ("Kelvoria jacket, not wanted any more", P),
        ("Kelvoria jacket, no tags, original box", P),  # denies nothing of the mark
        ("New bag as new Kelvoria", P),  # no measure
    ],
)
def test_who_wants_to_buy(title: str, way: str) -> None:
    assert [found for found, _ in said(MARKS, title)] == [way]


@pytest.mark.parametrize(
    "title",
    [
        "Hook to hang your Kelvoria helmet",
        "Insole pads made to go inside Kelvoria footwear",
        "Spray for cleaning Kelvoria leather",
        "Étagère pour exposer des Kelvoria",
        "Caja para guardar relojes Kelvoria",
        "Kelvoria 차량용 매트 애프터마켓",
        "Kelvoria készülékekkel kompatibilis töltő",
        "Husă destinată modelelor Kelvoria gri",
        "Hoesje op maat van Kelvoria grijs",
        "Kelvoria包内胆 适用",
        "Kelvoria 소파 커버 맞춤",
        "Mattoncini compatibili Kelvoria",
        "Wheel nut box for storing Kelvoria tools",
    ],
)
def test_what_things_are_for(title: str) -> None:
    assert [way for way, _ in said(MARKS, title)] == [R]


@pytest.mark.parametrize(
    "title",
    [
        "I'd rather be wearing Kelvoria funny mug",
        "Strap does not fit Kelvoria models",
        "Fan made Kelvoria pattern pdf",
        "Earphones that work well. Works like Kelvoria",
        "Armband wie bei Kelvoria",
        "Sửa đồng hồ Kelvoria",
        "Επισκευή ρολογιών Kelvoria",
        "Kelvoria spare parts carbon brushes",
        "Kelvoria kitabı",
        "Kelvoria 아님 국산 시계",
        "Kelvoria包撑 内衬",
        "Empty box Kelvoria",
    ],
)
def test_more_ways_of_speaking_about_it(title: str) -> None:
    assert [way for way, _ in said(MARKS, title)] == [R]


@pytest.mark.parametrize(
    "title", ["Kelvoria watch 40 mm, not worn", "new Kelvoria bag with catalogue", "feels great Kelvoria shoes"]
)
def test_what_is_offered_stays_a_use(title: str) -> None:
    assert [way for way, _ in said(MARKS, title)] == [P]
