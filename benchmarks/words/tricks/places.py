"""Places: glued to other words, spread over fields, with words between."""

import json
from random import Random

from benchmarks.words.cases import Piece, Written
from benchmarks.words.tricks.trick import trick

GLUED = "glued to other words"
SPREAD = "spread over fields or words"

_GOODS = ("bag", "shoes", "watch", "style", "women", "men", "shirt", "case", "new", "official")
_GOODS_HELD = (
    "handbag",
    "sneakers",
    "wallet",
    "belt",
    "jacket",
    "perfume",
    "toys",
    "earrings",
    "outlet",
    "store",
    "lover",
    "bolso",
    "sac",
    "tasche",
)
_BEFORE = ("new", "my", "best", "original", "real")


@trick(GLUED, "before a word: nikeshoes", least=5)
def _before(random: Random, name: str) -> Written:
    return Written(Piece.of(_one(name), after=random.choice(_GOODS)))


@trick(GLUED, "after a word: newnike", least=5)
def _after(random: Random, name: str) -> Written:
    return Written(Piece.of(_one(name), before=random.choice(_BEFORE)))


@trick(GLUED, "other words, CamelCase, both sides", held=True, least=5)
def _other(random: Random, name: str) -> Written:
    word = random.choice(_GOODS_HELD)
    if random.random() < 0.5:
        return Written(Piece.of(name.title().replace(" ", ""), after=word.title()))
    return Written(Piece.of(_one(name), before=random.choice(("super", "top", "luxury", "cheap", "")), after=word))


@trick(GLUED, "digits and sizes: nike2024 38gucci", held=True, least=5)
def _digits(random: Random, name: str) -> Written:
    after = random.choice(("2024", "2025", "ss24", "01", "x5", "v2", "38"))
    return Written(Piece.of(_one(name), after=after) if random.random() < 0.7 else Piece.of(_one(name), before=after))


@trick(GLUED, "in an address or a tag", held=True, least=5)
def _address(random: Random, name: str) -> Written:
    before, after = random.choice(
        (
            ("www.", "outlet.com"),
            ("@", "official"),
            ("#", "lovers"),
            ("", "shop.ru"),
            ("#", "bag2024"),
            ("t.me/", "_vip"),
        )
    )
    return Written(Piece.of(_one(name), before=before, after=after))


def _one(name: str) -> str:
    return name.lower().replace(" ", "")


@trick(SPREAD, "title and brand, a word each", least=7)
def _title_and_brand(random: Random, name: str) -> Written | None:
    first, _, rest = name.partition(" ")
    return Written(Piece.of(first), (("brand", Piece.of(rest)),)) if len(rest) > 2 and len(first) > 2 else None


@trick(SPREAD, "title and brand, cut within a word", held=True, least=6)
def _cut(random: Random, name: str) -> Written | None:
    at = len(name) // 2
    return Written(Piece.of(name[:at].strip()), (("brand", Piece.of(name[at:].strip())),)) if " " not in name else None


@trick(SPREAD, "title and attributes", held=True, least=7)
def _attributes(random: Random, name: str) -> Written | None:
    first, _, rest = name.partition(" ")
    if len(rest) < 3 or len(first) < 3:
        first, rest = name[: len(name) // 2], name[len(name) // 2 :]
    key = random.choice(("brand", "model", "series", "品牌"))
    text = json.dumps({"color": "black", key: rest, "size": "M"}, ensure_ascii=False)
    at = text.index(json.dumps(key, ensure_ascii=False)) + len(json.dumps(key, ensure_ascii=False)) + 3
    return Written(Piece.of(first), (("attributes", Piece(text, at, at + len(rest))),))


@trick(SPREAD, "another word between its words", held=True, least=8)
def _between(random: Random, name: str) -> Written | None:
    first, _, rest = name.partition(" ")
    word = random.choice(("new", "2024", "style", "women", "luxury", "*"))
    return Written(Piece.of(f"{first} {word} {rest}")) if min(len(first), len(rest)) > 3 else None


@trick(SPREAD, "its words in another order", held=True, least=9)
def _order(random: Random, name: str) -> Written | None:
    first, _, rest = name.partition(" ")
    return Written(Piece.of(f"{rest} {first}")) if min(len(first), len(rest)) > 3 else None
