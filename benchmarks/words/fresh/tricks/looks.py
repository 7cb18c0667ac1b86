"""Letters drawn otherwise: of other alphabets, styled, in frames, turned about."""

from random import Random

from benchmarks.words.fresh.tricks.way import by_table, of_name, within

LIKE = "letters of other alphabets"
STYLED = "styled letters"
TURNED = "turned letters"

_RUSSIAN = {
    **dict(zip("aceopxyisjhdqw", "асеорхуіѕјһԁԛԝ", strict=True)),
    **dict(zip("ABCEHIJKMOPSTXY", "АВСЕНІЈКМОРЅТХҮ", strict=True)),
}
_GREEK = {
    **dict(zip("aioutvnpkx", "αιουτνηρκχ", strict=True)),
    **dict(zip("ABEZHIKMNOPTYX", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", strict=True)),
}
_HOOKED = dict(zip("abcdefghijklmnoprstuvwyz", "ąƀçđęƒğħįɉķłɱņøƥŗşŧųʋŵƴž", strict=True))
_ROMAN = {**dict(zip("cdilmvx", "ⅽⅾⅰⅼⅿⅴⅹ", strict=True)), **dict(zip("CDILMVX", "ⅭⅮⅠⅬⅯⅤⅩ", strict=True))}
_PHONETIC = dict(zip("aeghiklnoruvyz", "ɑɘɡɦɩƙɭɲɵɾʊʋʏʐ", strict=True))
_WRITTEN = {
    "n": "ท",
    "u": "น",
    "s": "ร",
    "w": "ผ",
    "b": "в",
    "h": "н",
    "k": "к",
    "m": "м",
    "t": "т",
    "a": "ค",
    "l": "ℓ",
    "e": "℮",
}


@of_name(LIKE, "one letter, Russian")
def one_russian(random: Random, name: str) -> str | None:
    """Pаndora."""
    return by_table(random, name, _RUSSIAN, 1)


@of_name(LIKE, "Russian wherever it can be")
def russian(random: Random, name: str) -> str | None:
    """Раndоrа."""
    return by_table(random, name, _RUSSIAN, len(name))


@of_name(LIKE, "Greek, one to three")
def greek(random: Random, name: str) -> str | None:
    """Pαndοra."""
    return by_table(random, name, _GREEK, random.choice((1, 2, 3)))


@of_name(LIKE, "with strokes and tails")
def hooked(random: Random, name: str) -> str | None:
    """Pąŋđora."""
    return by_table(random, name, _HOOKED, random.choice((1, 2, 3, len(name))))


@of_name(LIKE, "Roman numerals")
def roman(random: Random, name: str) -> str | None:
    """Ⅿⅰⅽheⅼⅰn."""
    return by_table(random, name, _ROMAN, random.choice((2, len(name))))


@of_name(LIKE, "letters of phonetics")
def phonetic(random: Random, name: str) -> str | None:
    """Pɑndɵɾɑ."""
    return by_table(random, name, _PHONETIC, random.choice((1, 2, 3)))


@of_name(LIKE, "Russian and Greek together", least=6)
def both(random: Random, name: str) -> str | None:
    """Pαndоra."""
    first = by_table(random, name, _RUSSIAN, 1)
    return by_table(random, first, _GREEK, 1) if first else None


@of_name(LIKE, "shaped like handwriting, a few", least=6)
def handwritten(random: Random, name: str) -> str | None:
    """Paทdoℓa; more than two would be hard to read."""
    return by_table(random, name.lower(), _WRITTEN, random.choice((1, 2)))


_BLOCKS = {
    "bold": (0x1D400, 0x1D41A),
    "bold italic": (0x1D468, 0x1D482),
    "bold script": (0x1D4D0, 0x1D4EA),
    "bold fraktur": (0x1D56C, 0x1D586),
    "sans": (0x1D5A0, 0x1D5BA),
    "sans bold": (0x1D5D4, 0x1D5EE),
    "sans italic": (0x1D608, 0x1D622),
    "sans bold italic": (0x1D63C, 0x1D656),
    "monospace": (0x1D670, 0x1D68A),
}
_FRAMES = {
    "circled": (0x24B6, 0x24D0),
    "black circles": (0x1F150, 0x1F150),
    "squared": (0x1F130, 0x1F130),
    "black squares": (0x1F170, 0x1F170),
    "in brackets": (0x1F110, 0x249C),
}
_SMALL = dict(zip("abcdefghijklmnoprstuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", strict=True))
_RAISED = dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))


def _in_block(name: str, capital: int, small: int) -> str:
    return "".join(
        chr(small + ord(c) - 97) if "a" <= c <= "z" else chr(capital + ord(c) - 65) if "A" <= c <= "Z" else c
        for c in name
    )


@of_name(STYLED, "a style of a generator")
def block(random: Random, name: str) -> str:
    """𝓟𝓪𝓷𝓭𝓸𝓻𝓪."""
    return _in_block(name, *random.choice(list(_BLOCKS.values())))


@of_name(STYLED, "in frames")
def framed(random: Random, name: str) -> str:
    """Ⓟⓐⓝⓓⓞⓡⓐ."""
    return _in_block(name, *random.choice(list(_FRAMES.values())))


@of_name(STYLED, "full width, some or all")
def wide(random: Random, name: str) -> str:
    """Ｐａｎdora."""
    upto = random.choice((len(name), len(name) // 2))
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and i < upto else c for i, c in enumerate(name))


@of_name(STYLED, "small capitals")
def small_capitals(random: Random, name: str) -> str | None:
    """Pᴀɴᴅᴏʀᴀ."""
    made = by_table(random, name.lower(), _SMALL)
    return (name[0] + made[1:] if random.random() < 0.5 else made) if made else None


@of_name(STYLED, "raised")
def raised(random: Random, name: str) -> str | None:
    """ᵖᵃⁿᵈᵒʳᵃ."""
    return by_table(random, name.lower(), _RAISED)


@of_name(STYLED, "a part of the name styled")
def partly(random: Random, name: str) -> str:
    """Pan𝗱𝗼𝗿𝗮."""
    at = random.randrange(1, len(name) - 1)
    style = random.choice(list(_BLOCKS.values()))
    return (
        name[:at] + _in_block(name[at:], *style) if random.random() < 0.5 else _in_block(name[:at], *style) + name[at:]
    )


_OVER = dict(zip("abcdefghijklmnopqrstuvwxyz", "ɐqɔpǝɟƃɥıɾʞlɯuodbɹsʇnʌʍxʎz", strict=True))


@of_name(TURNED, "written backwards")
def backwards(random: Random, name: str) -> str:
    """arodnaP."""
    return name[::-1]


@of_name(TURNED, "upside down")
def over(random: Random, name: str) -> str | None:
    """ɐɹopuɐd."""
    return by_table(random, name.lower()[::-1], _OVER, len(name))


@of_name(TURNED, "a letter or two upside down")
def some_over(random: Random, name: str) -> str | None:
    """Pɐndorɐ."""
    at = set(within(name))
    fit = [i for i in at if name[i] in "aehmrtvwy"]
    chosen = random.sample(sorted(fit), min(len(fit), random.choice((1, 2))))
    return "".join(_OVER[c] if i in chosen else c for i, c in enumerate(name)) if chosen else None
