"""Writes the demo's register, sellers and listings as the files that anybody could import, with their pictures."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path
from random import Random
from typing import Any

from touchmark.ops.demo import photos

World = Mapping[str, Any]
Row = dict[str, str]

#: How many offers of each kind there are. Together some 2 000.
OFFERS = {
    "unbranded": 820,
    "resold": 420,
    "accessory": 300,
    "authorised": 120,
    "cheap": 110,
    "disguised": 110,
    "copied": 90,
    "disguised_and_copied": 30,
}
SHOPS = 57
STOCK_PHOTOS = 26  # of each kind of product, shared by the shops that buy from the same wholesaler

LOOK_ALIKE = str.maketrans("aeopcxyKMTBHAEOP", "аеорсхуКМТВНАЕОР")
WIDE = {ord(c): ord(c) + 0xFEE0 for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}
BOLD = {ord("a") + i: 0x1D41A + i for i in range(26)} | {ord("A") + i: 0x1D400 + i for i in range(26)}
DISGUISES = (LOOK_ALIKE, WIDE, BOLD)

UNBRANDED = (
    "Handmade {thing}",
    "{thing}, new",
    "Vintage {thing}",
    "{thing} for everyday",
    "Classic {thing}, gift idea",
)
RESOLD = ("{brand} {thing}, pre-owned", "{brand} {thing} with receipt", "Genuine {brand} {thing}", "{thing} by {brand}")
TEMPTING = (
    "{brand} {thing} best quality",
    "{brand} style {thing} NEW 2026",
    "{thing} {brand} top grade",
    "{brand} {thing}",
)
DESCRIPTIONS = (
    "Ships within two days. Returns accepted for 30 days.",
    "Colour as in the picture. Ask us anything before you buy.",
    "From a smoke-free home. Original box where shown.",
    "Direct from our workshop. Please allow for small differences in size.",
)


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand of the demo, with its holder."""

    name: str
    holder: str
    aliases: list[str]
    product: str
    price: float

    @property
    def key(self) -> str:
        """The brand's name as it stands in ids."""
        return self.name.lower().replace(" & ", "-").replace(" ", "-")


def world() -> World:
    """Give who and what there is."""
    return tomllib.loads((resources.files(__package__) / "world.toml").read_text(encoding="utf-8"))


def brands(data: World) -> list[Brand]:
    """Give every brand of every holder."""
    return [Brand(holder=holder["name"], **brand) for holder in data["holder"] for brand in holder["brand"]]


def write(folder: Path, *, shop: str, on: date) -> None:
    """
    Write ``rights.csv``, ``sellers.csv``, ``listings.csv`` and ``images/`` into the folder.

    :param shop: the address of the shop that shows the offers: what somebody copies who reports one
    :param on: the day that the world is drawn for; offers were published in the weeks before it
    """
    data = world()
    (folder / "images").mkdir(parents=True, exist_ok=True)
    _draw(folder / "images", brands(data))
    _write_rows(folder / "rights.csv", list(_rights(data)))
    shops = list(_shops(data))
    _write_rows(folder / "sellers.csv", shops)
    _write_rows(folder / "listings.csv", list(_listings(data, shops, folder / "images", shop, on)))


def _write_rows(path: Path, rows: list[Row]) -> None:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def _draw(folder: Path, known: list[Brand]) -> None:
    """Draw the brands' own photographs and the ones that wholesalers hand round."""
    for number, brand in enumerate(known):
        for view in range(3):
            picture = photos.photo(brand.product, 9_000 + number * 10 + view, label=brand.name)
            (folder / f"{brand.key}-{view}.jpg").write_bytes(photos.encoded(picture, quality=92))
    for kind, product in enumerate(photos.PRODUCTS):
        for number in range(STOCK_PHOTOS):
            picture = photos.photo(product, kind * 1_000 + number)
            (folder / f"stock-{product}-{number}.jpg").write_bytes(photos.encoded(picture))


def _rights(data: World) -> Iterator[Row]:
    """Give each brand's word mark and the photographs it owns."""
    retailers = {
        shop["authorised"]: f"{shop['marketplace']}:{shop['seller_id']}"
        for shop in data["shop"]
        if "authorised" in shop
    }
    everywhere = "|".join(["EU", *(code for place in data["marketplace"][1:] for code in place["territories"])])
    for number, brand in enumerate(brands(data)):
        shared = {
            "owner": brand.holder,
            "brand": brand.name,
            "territories": "",
            "status": "registered",
            "reference_price": str(brand.price),
            "currency": "EUR",
            "authorised_sellers": retailers.get(brand.name, ""),
        }
        yield {
            "right_id": f"wm-{brand.key}",
            "kind": "word_mark",
            "text": brand.name,
            "aliases": "|".join(brand.aliases),
            "office": "WIPO",  # a Madrid registration: in force at all three marketplaces
            "number": f"{1_450_000 + number * 731}",
            "nice_classes": "9|14|18|21|25",
            "registered_on": "2019-03-04",
            "expires_on": "2029-03-04",
            "image": "",
        } | (shared | {"territories": everywhere})
        for view in range(3):
            yield {
                "right_id": f"photo-{brand.key}-{view}",
                "kind": "copyright",
                "text": "",
                "image": f"{brand.key}-{view}.jpg",
            } | shared


def _shops(data: World) -> Iterator[Row]:
    for shop in data["shop"]:
        yield {key: shop[key] for key in ("seller_id", "marketplace", "name", "trader", "country")} | {
            "opened_on": "2021-05-17",
            "standing": "good",
        }
    words = ("Amber", "Cedar", "Delta", "Ember", "Fjord", "Grove", "Indigo", "Juniper", "Linden", "Maple", "Onyx")
    things = ("Depot", "Outlet", "Studio", "Supply", "Bazaar", "Corner")
    for number in range(SHOPS):
        place = data["marketplace"][number % 3]
        name = f"{words[number % len(words)]} {things[number % len(things)]} {number + 1}"
        yield {
            "seller_id": f"s-{number + 1:03d}",
            "marketplace": place["slug"],
            "name": name,
            "trader": f"{name} Ltd",
            "country": place["territories"][number % len(place["territories"])],
            "opened_on": (date(2020, 1, 1) + timedelta(days=37 * number)).isoformat(),
            "standing": "new" if number % 7 == 0 else "good",
        }


def _listings(data: World, shops: list[Row], images: Path, address: str, on: date) -> Iterator[Row]:
    random = Random(2026)  # noqa: S311  a world, not a secret
    kinds = [kind for kind, count in OFFERS.items() for _ in range(count)]
    random.shuffle(kinds)
    known = brands(data)
    retailed = {shop["authorised"] for shop in data["shop"] if "authorised" in shop}
    for number, kind in enumerate(kinds, start=1):
        brand = random.choice([b for b in known if b.name in retailed] if kind == "authorised" else known)
        shop = _shop_for(kind, brand, shops, data, random)
        place = next(p for p in data["marketplace"] if p["slug"] == shop["marketplace"])
        published = datetime(on.year, on.month, on.day, 9, tzinfo=UTC) - timedelta(hours=random.randint(2, 1_400))
        sold = random.choice((0, 0, 1, 3, 8, 40))
        listing_id = f"{place['slug'][:2]}-{100_000 + number * 7}"
        yield {
            "listing_id": listing_id,
            "marketplace": place["slug"],
            "seller_id": shop["seller_id"],
            "title": _title(kind, brand, data, random),
            "description": random.choice(DESCRIPTIONS),
            "brand": brand.name if kind in ("resold", "authorised") else "",
            "category": brand.product,
            "price": f"{_price(kind, brand, random):.2f}",
            "currency": place["currency"],
            "condition": "used" if kind == "resold" else "new",
            "url": f"{address}/{place['slug']}/{listing_id}",
            "quantity": str(random.randint(1, 60)),
            "images": "|".join(_pictures(kind, brand, number, images, random)),
            "offered_in": "|".join(place["territories"]),
            "ships_from": shop["country"],
            "published_at": published.isoformat(),
            "sold_count": str(sold),
            "views": str(sold * 23 + random.randint(0, 400)),
        }


def _shop_for(kind: str, brand: Brand, shops: list[Row], data: World, random: Random) -> Row:
    """Give the shop of an offer: the brand's retailer, one of Blue Crate's now and then, or any other."""
    if kind == "authorised":
        retailer = next(shop for shop in data["shop"] if shop.get("authorised") == brand.name)
        return next(shop for shop in shops if shop["seller_id"] == retailer["seller_id"])
    if kind in ("disguised", "copied", "cheap") and random.random() < 0.12:
        return random.choice([shop for shop, said in zip(shops, data["shop"], strict=False) if "organisation" in said])
    return random.choice(shops[len(data["shop"]) :])


def _title(kind: str, brand: Brand, data: World, random: Random) -> str:
    thing = random.choice(data["products"][brand.product])
    if kind == "accessory":
        return str(random.choice(data["accessories"][brand.product])).format(brand=brand.name)
    if kind in ("unbranded", "copied"):
        title = random.choice(UNBRANDED).format(thing=thing)
        return title[0].upper() + title[1:]
    if kind in ("resold", "authorised"):
        return random.choice(RESOLD).format(brand=brand.name, thing=thing)
    name = brand.name.translate(random.choice(DISGUISES)) if kind.startswith("disguised") else brand.name
    return random.choice(TEMPTING).format(brand=name, thing=thing)


def _price(kind: str, brand: Brand, random: Random) -> float:
    share = {
        "unbranded": (0.06, 0.25),
        "resold": (0.45, 0.95),
        "accessory": (0.02, 0.08),
        "authorised": (0.92, 1.05),
    }.get(kind, (0.05, 0.14))
    return brand.price * random.uniform(*share)


def _pictures(kind: str, brand: Brand, number: int, images: Path, random: Random) -> list[str]:
    """Give the offer's pictures; a copied one is the brand's own, as it is or worked over."""
    names = [f"stock-{brand.product}-{random.randrange(STOCK_PHOTOS)}.jpg" for _ in range(random.choice((1, 1, 2)))]
    if kind == "authorised":
        return [f"{brand.key}-{random.randrange(3)}.jpg"]
    if "copied" not in kind:
        return list(dict.fromkeys(names))
    own = f"{brand.key}-{random.randrange(3)}.jpg"
    if random.random() < 0.4:
        return [own, *names[1:]]
    copy = f"copy-{number}.jpg"
    (images / copy).write_bytes(photos.reworked((images / own).read_bytes(), random))
    return [copy, *names[1:]]
