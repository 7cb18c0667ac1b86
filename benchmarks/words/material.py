"""
Real titles with room for a name, read from the data beside the project, and the sources that each part may see.

The room is where the title names its own brand, so that a name put there stands where names stand. A title that says
"for", "compatible" or the like before that place is left out: a name there is a reference.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from benchmarks.words.cases import Part, Slot
from benchmarks.words.letters import plain, words

#: Titles are kept apart by where they come from, never row by row.
SOURCES = {
    Part.TUNE: (
        "Walmart-Amazon",
        "Abt-Buy",
        "vinted",
        "Vestiaire Collective",
        "Rebag",
        "us.shein.com",
        "lazada",
        "shop",
    ),
    Part.REPORT: (
        "Amazon-Google",
        "amazon.co.uk",
        "flipkart.com",
        "Fashionphile",
        "CollectorSquare",
        "Truefacet",
        "taobao",
        "shopee",
        "ebay.com",
    ),
}
#: Brand fields that name nobody.
NOBODY = {
    "",
    "no brand",
    "oem",
    "tidak ada merk",
    "none",
    "generic",
    "unbranded",
    "compatible",
    "black",
    "white",
    "regular",
}
_CUE = re.compile(
    r"\b(for|fits?|fitting|compatible|compatib\w*|replacement|replaces?|pour|para|für|per|untuk|cho|like|style|case|"
    r"cover|sleeve|skin|charger|adapter|works|with|works|dla|voor|til|için|dupe|inspired)\b",
    re.IGNORECASE,
)
_GOODS = (
    ("jewellery", r"necklace|earring|bracelet|ring|pendant|jewel|watch|bangle|brooch|anklet|mangalsutra|chain"),
    ("shoes", r"shoe|sneaker|basket|sandal|boot|heel|trainer|slipper|air force|yeezy|loafer|flats|bellies|wedges"),
    (
        "fashion",
        r"bag|tote|clutch|wallet|purse|dress|shirt|jean|jacket|hoodie|skirt|top\b|pants|trouser|coat|sweater|kurta|bra\b|"
        r"brief|vest|sock|scarf|belt|women|men's|girl's|boy's|legging|saree|cap\b|hat\b|fashion|clothing|denim|handbag",
    ),
    ("toys", r"toys?\b|puzzle|dolls?\b|playset|action figure|plush|model kit|board game|puppet"),
    ("cosmetics", r"cream|serum|lipstick|shampoo|perfume|makeup|beauty|skin ?care|lotion|soap|fragrance|nail"),
    (
        "electronics",
        r"usb|laptop|phone|camera|hdtv|lcd|led tv|printer|tablet|headphone|speaker|memory|hard drive|router|projector|"
        r"keyboard|mouse|monitor|software|windows|electronics|computer|cable|battery|charger|radio|dvd|blu-ray|gb\b|webcam|"
        r"headset|earbuds|gps|camcorder|stereo|receiver|lens|netbook|ipod|hdmi|modem|bluetooth|scanner|digital",
    ),
)
_GOODS_OF = {"Amazon-Google": "electronics", "vinted": "shoes"}
#: Shops for electronics, and for what stands around them.
_OFFICE = {"Walmart-Amazon", "Abt-Buy"}
_BAGS = {"Vestiaire Collective", "Rebag", "Fashionphile", "CollectorSquare", "Truefacet", "shop"}


def slots(data: Path, part: Part) -> list[Slot]:
    """All titles with room for a name of the sources of a part, each once."""
    found: dict[tuple[str, str], Slot] = {}
    read = read_by_eye()
    for source, title, brand, category in rows(data):
        fit = source in SOURCES[part] and digest(title) not in read
        slot = slot_of(source, title, brand, category) if fit else None
        if slot:
            found.setdefault((slot.before, slot.after), slot)
    return sorted(found.values(), key=lambda slot: (slot.source, slot.before, slot.after))


def digest(title: str) -> str:
    """How a title that was read by eye is named without being copied."""
    return sha256(title.encode()).hexdigest()[:12]


@cache
def read_by_eye() -> dict[str, tuple[str, str]]:
    """The verdict on a title and the mark that it is about."""
    with (Path(__file__).parent / "data" / "read_by_eye.csv").open(encoding="utf-8", newline="") as lines:
        return {row["title"]: (row["verdict"], row["mark"]) for row in csv.DictReader(lines)}


def titles(data: Path, part: Part) -> list[tuple[str, str, str, str]]:
    """(source, title, brand, category) of the sources of a part, each title once."""
    return sorted({row[1]: row for row in rows(data) if row[0] in SOURCES[part]}.values())


@cache
def rows(data: Path) -> tuple[tuple[str, str, str, str], ...]:
    """(source, title, brand, category) of everything."""
    return tuple(_rows(data))


def _rows(data: Path) -> Iterator[tuple[str, str, str, str]]:
    for folder in ("Walmart-Amazon", "Amazon-Google", "Abt-Buy"):
        yield from _pairs(data / "listings" / "er_magellan" / folder, folder)
    for name in ("general", "resale", "suspected"):
        with (data / "listings" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield _source(row["marketplace"]), " ".join(row["title"].split()), row["brand"], row["category"]


@cache
def vocabulary(data: Path) -> frozenset[str]:
    """All words of titles and descriptions: a name made of these alone is no name without company."""
    found: set[str] = {word for _, title, _, _ in rows(data) for word in words(title)}
    with (data / "listings" / "general.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.update(words(row["description"]))
    return frozenset(found)


def _source(marketplace: str) -> str:
    if marketplace.startswith("shop-"):
        return "shop"
    return next((shop for shop in ("lazada", "shopee") if shop in marketplace), marketplace)


def _pairs(folder: Path, source: str) -> Iterator[tuple[str, str, str, str]]:
    seen: dict[str, tuple[str, str]] = {}
    for file in ("train.txt", "valid.txt", "test.txt"):
        for line in (folder / file).read_text(encoding="utf-8").splitlines():
            for side in line.split("\t")[:2]:
                held = dict(re.findall(r"COL (\S+) VAL (.*?)(?= COL |$)", side))
                title = (held.get("title") or held.get("name") or "").strip()
                seen.setdefault(
                    title, ((held.get("brand") or held.get("manufacturer") or "").strip(), held.get("category", ""))
                )
    if source == "Abt-Buy":
        seen = _first_words(seen)
    yield from ((source, title, brand, category.strip()) for title, (brand, category) in seen.items() if title)


def _first_words(seen: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """There is no brand field: a word that often comes first is one."""
    first = Counter(title.split()[0] for title in seen if title)
    return {
        title: (title.split()[0] if first[title.split()[0]] >= 8 else "", c) for title, (_, c) in seen.items() if title
    }


def slot_of(source: str, title: str, brand: str, category: str) -> Slot | None:
    if not 8 <= len(title) <= 200:
        return None
    place = _place(source, title, brand)
    if not place or _CUE.search(title[: place[0]]) or _CUE.search(" ".join(title[place[1] :].split()[:3])):
        return None
    goods = goods_of(source, title, category)
    return Slot(source, title[: place[0]], title[place[1] :], category, goods) if goods else None


def _place(source: str, title: str, brand: str) -> tuple[int, int] | None:
    """Where the title names its brand; at its head where the shop leaves it out."""
    if source == "taobao":
        return (0, 0)
    if plain(brand) in NOBODY:
        return None
    whole = re.search(rf"(?<!\w){re.escape(brand)}(?!\w)", title, re.IGNORECASE)
    if whole:
        return whole.span()
    return (0, 0) if source in {"Rebag", "vinted"} and not set(words(brand)) & set(words(title)) else None


def goods_of(source: str, title: str, category: str) -> str:
    """What kind of goods a title is of; empty where nothing says so."""
    if source in _BAGS:
        return "fashion"
    if source in _GOODS_OF:
        return _GOODS_OF[source]
    text = f"{category} {title}".lower()
    if source == "amazon.co.uk":
        return "toys"
    if source in _OFFICE:
        return "electronics" if re.search(rf"\b(?:{_GOODS[-1][1]})", text) else "home"
    return next((goods for goods, words in _GOODS if re.search(rf"\b(?:{words})", text)), "home")
