"""Names that nobody can know, hidden in every way that sellers hide one, and honest titles beside them."""

import unicodedata
from collections.abc import Callable

import pytest
from tests.engine.screening.scene import listings
from tests.engine.screening.test_use import register

from touchmark.engine.screening.model import Model
from touchmark.engine.screening.screen import screen

NAMES = {
    "Dorokami": (9, "headphones"),
    "Tanvelora": (25, "jacket"),
    "Kaldurex": (8, "pliers"),
    "Rivessola": (3, "perfume"),
}
SHOP = register(*({"text": name, "nice_classes": [number]} for name, (number, _) in NAMES.items()))

_CYRILLIC = str.maketrans("aeocpxkmt", "аеосрхкмт")
_DIGITS = str.maketrans("aeiolst", "4310157")
_TURNED = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz")
Hide = Callable[[str], str]


def _styled(first: int) -> Hide:
    return lambda name: "".join(chr(first + ord(c) - ord("a")) for c in name.lower())


HIDDEN: dict[str, Hide] = {
    "Cyrillic": lambda name: name.translate(_CYRILLIC),
    "digits": lambda name: name[0] + name[1:].translate(_DIGITS),
    "bold": _styled(0x1D41A),
    "double-struck": _styled(0x1D552),
    "fraktur": _styled(0x1D51E),
    "circled": _styled(0x24D0),
    "upside down": lambda name: name.lower().translate(_TURNED)[::-1],
    "backwards": lambda name: name[::-1],
    "dots between": lambda name: ".".join(name),
    "hearts between": lambda name: "♡".join(name),
    "strokes between": lambda name: "丨".join(name),
    "two signs between": lambda name: "-_".join(name),
    "one dot": lambda name: f"{name[:4]}.{name[4:]}",
    "an emoji within": lambda name: f"{name[:3]}🌸{name[3:]}",
    "brackets": lambda name: f"[{name[:4]}]{name[4:]}",
    "spaces between": lambda name: " ".join(name.upper()),
    "in two": lambda name: f"{name[:4]} {name[4:]}",
    "unseen": lambda name: "\u200b".join(name),
    "struck through": lambda name: "".join(c + "\u0336" for c in name),
    "turned by a control": lambda name: f"\u202e{name[::-1]}\u202c",
    "entities": lambda name: "".join(f"&#{ord(c)};" for c in name),
    "one star": lambda name: f"{name[:3]}*{name[4:]}",
    "two stars": lambda name: f"{name[:3]}**{name[5:]}",
    "the end covered": lambda name: f"{name[:5]}***",
    "one sign for two": lambda name: f"{name[:3]}~{name[5:]}",
    "a circle": lambda name: f"{name[:3]}○{name[4:]}",
    "a letter twice": lambda name: f"{name[:3]}{name[2:]}",
    "every letter twice": lambda name: "".join(c + c for c in name.lower()),
    "drawn out": lambda name: name + 4 * name[-1],
    "changed about": lambda name: f"{name[:4]}{name[5]}{name[4]}{name[6:]}",
    "a letter too many": lambda name: f"{name[:4]}n{name[4:]}",
    "glued behind": lambda name: f"{name.lower()}shop",
    "glued before": lambda name: f"new{name.lower()}",
    "a tag": lambda name: f"#{name.lower()}sale",
    "an address": lambda name: f"www.{name.lower()}-outlet.com",
    "digits and a dot": lambda name: ".".join((name[:4].translate(_DIGITS), name[4:])),
    "a star and Cyrillic": lambda name: f"{name[:3]}*{name[4:]}".translate(_CYRILLIC),
    "twice and bold": lambda name: _styled(0x1D41A)(f"{name[:3]}{name[2:]}"),
}

HONEST = (
    "wireless headphones bluetooth 5.3 black",
    "Veste femme légère taille M, neuve",
    "Kombizange isoliert 180 mm Set",
    "Perfume de mujer 100 ml original",
    "мужская куртка зимняя новая",
    "女士香水 50ml 持久留香",
    "メンズ ジャケット 黒 Lサイズ",
    "무선 이어폰 노이즈캔슬링",
    "หูฟังบลูทูธ ไร้สาย สีดำ",
    "سماعات لاسلكية سوداء",
    "אוזניות אלחוטיות שחורות",
    "Ασύρματα ακουστικά μαύρα",
    "वायरलेस हेडफोन काला",
    "tai nghe không dây màu đen",
    "Kablosuz kulaklık siyah",
)


@pytest.mark.parametrize("name", NAMES)
def test_hidden_names_are_found(name: str) -> None:
    titles = [f"{hide(name)} {NAMES[name][1]} new" for hide in HIDDEN.values()]
    found, _ = screen(listings(*({"title": title} for title in titles)), None, SHOP, Model.default())
    rows = {row["row"] for row in found.to_pylist() if row["way"] in ("plain", "disguised")}
    first = listings(*({"title": title} for title in titles))["row"].to_pylist()[0]
    assert [way for number, way in enumerate(HIDDEN) if number + first not in rows] == []


def test_honest_titles_hold_none() -> None:
    titles = [{"title": unicodedata.normalize("NFC", title)} for title in HONEST]
    assert screen(listings(*titles), None, SHOP, Model.default())[0].num_rows == 0
