"""Places: glued to other words, spread over fields and words, hidden in another field than the title."""

import json
from random import Random

from benchmarks.words.cases import Mark, Piece, Written
from benchmarks.words.fresh.tricks import apart, covered
from benchmarks.words.fresh.tricks.way import of_mark, of_name, together
from benchmarks.words.letters import letters

GLUED = "glued to other words"
SPREAD = "spread over fields and words"
GIVEN = "short forms given"

_GOODS = {
    "en": ("bracelet", "slides", "hoodie", "tote", "trainers", "earphones", "tumbler", "keychain", "ring", "lipstick"),
    "other": ("schuhe", "armband", "kleid", "zapatos", "reloj", "pulsera", "sacs", "montre", "borse", "sapato"),
}
_AROUND = (
    ("#", ""),
    ("#", "lover"),
    ("#", "fashion"),
    ("@", "_outlet"),
    ("", ".shop"),
    ("www.", "-sale.com"),
    ("ig:", "vip"),
)


@of_name(GLUED, "with goods after it")
def goods_after(random: Random, name: str) -> Written:
    """Pandorabracelet."""
    return Written(Piece.of(together(name).lower(), after=random.choice(_GOODS["en"])))


@of_name(GLUED, "with goods of another language")
def foreign_after(random: Random, name: str) -> Written:
    """Pandoraarmband."""
    return Written(Piece.of(together(name).lower(), after=random.choice(_GOODS["other"])))


@of_name(GLUED, "with a word before it")
def before(random: Random, name: str) -> Written:
    """Luxepandora, NewPandora."""
    word = random.choice(("luxe", "New", "vip", "Hot", "mens", "girls", "The", "real", "xx"))
    return Written(Piece.of(together(name), before=word))


@of_name(GLUED, "with years, sizes, codes")
def numbered(random: Random, name: str) -> Written:
    """pandora925, 2025pandora."""
    code = random.choice(("925", "2025", "18k", "xl", "42", "pro", "1314", "88", "v3"))
    left = random.random() < 0.3
    return Written(Piece.of(together(name).lower(), before=code if left else "", after="" if left else code))


@of_name(GLUED, "in a tag or an address")
def tagged(random: Random, name: str) -> Written:
    """#pandoralover."""
    opening, closing = random.choice(_AROUND)
    return Written(Piece.of(together(name).lower(), before=opening, after=closing))


@of_name(GLUED, "CamelCase and low lines")
def camel(random: Random, name: str) -> Written:
    """PandoraStyle, pandora_bag."""
    word = random.choice(("Style", "Bag", "Inspired", "Luxury", "Girl"))
    low = random.random() < 0.5
    return Written(
        Piece.of(together(name).lower(), after=f"_{word.lower()}")
        if low
        else Piece.of(together(name).title(), after=word)
    )


def _two(name: str) -> tuple[str, str] | None:
    """The words of a name of two, where each is long enough to be known again."""
    first, _, rest = name.partition(" ")
    return (first, rest) if min(len(letters(first)), len(letters(rest))) >= 4 else None


@of_name(SPREAD, "first word in the title, second as brand", least=8)
def title_and_brand(random: Random, name: str) -> Written | None:
    """Christian … , brand Louboutin."""
    two = _two(name)
    return Written(Piece.of(two[0]), (("brand", Piece.of(two[1])),)) if two else None


@of_name(SPREAD, "second word among the attributes", least=8)
def title_and_attribute(random: Random, name: str) -> Written | None:
    """Christian … , series Louboutin."""
    two = _two(name)
    if not two:
        return None
    key = random.choice(("Series", "Brand", "Line", "型号", "Marke"))
    before = json.dumps({"Material": "PU", key: ""}, ensure_ascii=False)[:-2]
    text = json.dumps({"Material": "PU", key: two[1], "Colour": "black"}, ensure_ascii=False)
    return Written(Piece.of(two[0]), (("attributes", Piece(text, len(before), len(before) + len(two[1]))),))


@of_name(SPREAD, "a word or a sign between its words", least=8)
def word_between(random: Random, name: str) -> Written | None:
    """Golden women Goose."""
    two = _two(name)
    word = random.choice(("women", "style", "+", "2025", "&", "new", "x", "//"))
    return Written(Piece.of(f"{two[0]} {word} {two[1]}")) if two else None


@of_name(SPREAD, "its words in the other order", least=8)
def other_order(random: Random, name: str) -> str | None:
    """Louboutin Christian."""
    two = _two(name)
    return f"{two[1]} {two[0]}" if two else None


@of_name(SPREAD, "disguised, in the brand field only")
def in_brand(random: Random, name: str) -> Written | None:
    """The title names nobody; the brand is P@ndora."""
    made = _disguised(random, name)
    return Written(Piece("", 0, 0), (("brand", Piece.of(made)),)) if made else None


@of_name(SPREAD, "disguised, in the description only")
def in_description(random: Random, name: str) -> Written | None:
    """The title names nobody; the description does, in disguise."""
    made = _disguised(random, name)
    before, after = random.choice(
        (("Style of ", ", see photos."), ("Top quality! Model: ", "\nDM for more"), ("", " 1:1, with box"))
    )
    return Written(Piece("", 0, 0), (("description", Piece.of(made, before, after)),)) if made else None


def _disguised(random: Random, name: str) -> str | None:
    made = random.choice((covered.vowel, apart.signs, apart.digits, apart.no_width, apart.sign_between))(random, name)
    return made if isinstance(made, str) and made != name else None


@of_mark(GIVEN, "with a line of the brand")
def given(random: Random, mark: Mark) -> str | None:
    """VCA alhambra; the titles are in ``company.csv``."""
    return random.choice(mark.short) if mark.short else None
