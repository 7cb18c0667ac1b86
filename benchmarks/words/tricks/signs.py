"""Signs: in place of letters, between letters, around them; and what nobody sees."""

from random import Random

from benchmarks.words.tricks.trick import inner, mapped, trick

LEET = "digits and signs for letters"
MASK = "masked letters"
EMOJI = "emoji"
UNSEEN = "unseen characters"
BETWEEN = "signs between letters"
SPACED = "letters apart"
ENTITY = "entities of HTML and escapes"

_LEET = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"}
_SIGNS = {"a": "@", "s": "$", "i": "!", "e": "€", "c": "¢"}
_HEAVY = {
    "b": "8",
    "g": "9",
    "l": "1",
    "z": "2",
    "u": "|_|",
    "v": "\\/",
    "n": "|\\|",
    "h": "#",
    "d": "|)",
    "k": "|<",
    "w": "vv",
    "x": "><",
}
_MONEY = {
    "e": "€",
    "l": "£",
    "y": "¥",
    "c": "©",
    "r": "®",
    "n": "₦",
    "w": "₩",
    "s": "§",
    "t": "†",
    "p": "₱",
    "k": "₭",
    "d": "₫",
    "g": "₲",
}
_PAIRS = {"m": "rn", "w": "vv", "d": "cl", "h": "l1", "b": "l3"}


@trick(LEET, "digits")
def _digits(random: Random, name: str) -> str | None:
    return mapped(random, name, _LEET, random.choice((1, 2, 0)))


@trick(LEET, "signs")
def _signed(random: Random, name: str) -> str | None:
    return mapped(random, name, _SIGNS, random.choice((1, 2)))


@trick(LEET, "I for l, 0 for O")
def _i_for_l(random: Random, name: str) -> str | None:
    return mapped(random, name, {"l": "I", "L": "l", "i": "l", "I": "l", "O": "0"}, random.choice((1, 0)))


@trick(LEET, "digits and signs together", held=True)
def _both(random: Random, name: str) -> str | None:
    return mapped(random, name, _LEET | _SIGNS | {"g": "9", "l": "1", "b": "8"}, least=3)


@trick(LEET, "heavier: 8 9 |_| >< vv", held=True)
def _heavy(random: Random, name: str) -> str | None:
    return mapped(random, name, _HEAVY, random.choice((1, 2)))


@trick(LEET, "signs of money", held=True)
def _money(random: Random, name: str) -> str | None:
    return mapped(random, name, _MONEY, random.choice((1, 2, 0)))


@trick(LEET, "rn for m, vv for w, cl for d", held=True, least=5)
def _pairs(random: Random, name: str) -> str | None:
    return mapped(random, name, _PAIRS, 1)


def _masked(random: Random, name: str, count: int, signs: str, *, one_sign: str = "") -> str | None:
    places = inner(name)
    if len(places) <= count:
        return None
    begin = random.randrange(len(places) - count + 1)
    chosen = places[begin : begin + count]
    sign = random.choice(signs)
    if one_sign:
        return name[: chosen[0]] + one_sign + name[chosen[-1] + 1 :]
    return "".join(sign if i in chosen else c for i, c in enumerate(name))


@trick(MASK, "one letter: G*cci")
def _one(random: Random, name: str) -> str | None:
    return _masked(random, name, 1, "*")


@trick(MASK, "two or three: G**ci", least=6)
def _two(random: Random, name: str) -> str | None:
    return _masked(random, name, random.choice((2, 2, 3)) if len(name) > 7 else 2, "*")


@trick(MASK, "the end: Burbe**", least=6)
def _end(random: Random, name: str) -> str | None:
    count = random.choice((1, 2))
    return name[:-count] + "*" * count if name[-count:].isalpha() else None


@trick(MASK, "other signs: G#cci G_cci G●cci", held=True)
def _other(random: Random, name: str) -> str | None:
    return _masked(random, name, random.choice((1, 1, 2)) if len(name) > 6 else 1, "#_●✱✻.?%~x○〇■×＊")


@trick(MASK, "an emoji or heart for a letter", held=True, least=5)
def _heart(random: Random, name: str) -> str | None:
    return _masked(random, name, 1, "❤🔥⭐🌸💎✨🖤")


@trick(MASK, "one sign for several letters: Bur*ry", held=True, least=6)
def _one_for_several(random: Random, name: str) -> str | None:
    return _masked(random, name, 2, "*", one_sign=random.choice(("*", "…", "~", "-", "～")))


@trick(MASK, "the first letter, or first and last: *ucci *ucc*", held=True, least=5)
def _first(random: Random, name: str) -> str | None:
    return "*" + (name[1:-1] + "*" if len(name) > 7 and random.random() < 0.5 else name[1:])


@trick(MASK, "two places: B*rb*rry", held=True, least=7)
def _two_places(random: Random, name: str) -> str | None:
    vowels = [i for i in inner(name) if name[i].lower() in "aeiou"]
    chosen = set(vowels[:2]) if len(vowels) >= 2 else set()
    return "".join("*" if i in chosen else c for i, c in enumerate(name)) if chosen else None


@trick(MASK, "a wave after half of it: Burb～", held=True, least=7)
def _wave(random: Random, name: str) -> str | None:
    keep = len(name) // 2 + 1
    return name[:keep].rstrip() + random.choice(("～", "*", "…", "~~", "**"))


_STAND_INS = {"a": "🅰️", "b": "🅱️", "o": "🅾️", "p": "🅿️", "i": "ℹ️", "m": "Ⓜ️"}
_STAND_INS_HELD = {
    "o": "⭕",
    "x": "❌",
    "s": "💲",
    "t": "✝️",
    "v": "✔️",
    "c": "🌜",
    "a": "🔺",
    "u": "⛎",
    "m": "♏",
    "h": "♓",
    "y": "💴",
    "l": "🕒",
    "i": "❗",
}


@trick(EMOJI, "stand-ins: 🅰️ 🅱️ 🅾️")
def _stand_in(random: Random, name: str) -> str | None:
    return mapped(random, name, _STAND_INS, random.choice((1, 0)))


@trick(EMOJI, "between letters")
def _emoji_between(random: Random, name: str) -> str:
    return random.choice("🔥❤✨⭐💎").join(name.replace(" ", ""))


@trick(EMOJI, "other stand-ins: ⭕ ❌ 💲", held=True)
def _other_stand_in(random: Random, name: str) -> str | None:
    return mapped(random, name, _STAND_INS_HELD, random.choice((1, 2)))


@trick(EMOJI, "one in the middle", held=True)
def _emoji_within(random: Random, name: str) -> str:
    at = random.randrange(2, len(name) - 1)
    return name[:at].rstrip() + random.choice("🌹👜💋🎀👑🐯") + name[at:].lstrip()


@trick(UNSEEN, "zero-width characters")
def _zero_width(random: Random, name: str) -> str:
    return "".join(
        c + (random.choice("\u200b\u200c\u200d\ufeff\u2060") if random.random() < 0.5 or not i else "")
        for i, c in enumerate(name)
    )


@trick(UNSEEN, "combining marks")
def _combining(random: Random, name: str) -> str:
    return "".join(c + random.choice("\u0336\u0332\u0335\u0338\u0307\u0323") for c in name)


@trick(UNSEEN, "right to left override")
def _override(random: Random, name: str) -> str:
    return f"\u202e{name[::-1]}\u202c"


@trick(UNSEEN, "selectors, fillers, tags", held=True)
def _filled(random: Random, name: str) -> str:
    sign = random.choice("\ufe0f\u2063\u034f\u3164\u115f\u180e\U000e0061\U000e0101\u2061\u206f\u17b4\u061c")
    at = set(random.sample(range(1, len(name)), min(3, len(name) - 1)))
    return "".join(sign + c if i in at else c for i, c in enumerate(name))


@trick(UNSEEN, "many marks on each letter", held=True)
def _heaped(random: Random, name: str) -> str:
    marks = [chr(code) for code in (0x300, 0x301, 0x302, 0x308, 0x30A, 0x316, 0x317, 0x330, 0x334, 0x353, 0x35C)]
    return "".join(c + "".join(random.sample(marks, random.choice((2, 3, 5)))) for c in name)


@trick(UNSEEN, "isolates, and pieces put in the wrong order", held=True, least=6)
def _reordered(random: Random, name: str) -> str:
    at = random.randrange(2, len(name) - 2)
    if random.random() < 0.5:
        return f"\u2068\u202e{name[::-1]}\u202c\u2069"
    return f"{name[:at]}\u202e{name[at:][::-1]}\u202c"


@trick(BETWEEN, "a dot, hyphen or underscore between all")
def _dotted(random: Random, name: str) -> str:
    return random.choice(".-_").join(name.replace(" ", ""))


@trick(BETWEEN, "one sign in the middle")
def _within(random: Random, name: str) -> str | None:
    at = random.choice(inner(name) or [0])
    return name[:at] + random.choice(".-_/") + name[at:] if at else None


@trick(BETWEEN, "mixed signs", held=True)
def _mixed(random: Random, name: str) -> str:
    return "".join(
        c + (random.choice(".-_*/~ +|") if i < len(name) - 1 else "") for i, c in enumerate(name) if c != " "
    )


@trick(BETWEEN, "rare signs", held=True)
def _rare(random: Random, name: str) -> str:
    return random.choice("•‧⁄~|+=^、。・※♡→`´¸☆").join(name.replace(" ", ""))


@trick(BETWEEN, "brackets: (G)ucci [G][u]", held=True)
def _bracketed(random: Random, name: str) -> str:
    opening, closing = random.choice(("()", "[]", "{}", "【】", "<>", "“”"))
    if random.random() < 0.4:
        return "".join(f"{opening}{c}{closing}" for c in name if c != " ")
    at = random.randrange(1, len(name) - 1)
    return f"{name[:at]}{opening}{name[at]}{closing}{name[at + 1 :]}"


@trick(BETWEEN, "two signs at once: G--u--c", held=True)
def _doubled(random: Random, name: str) -> str:
    return random.choice(("--", "..", "__", "-.", " . ", " - ", "~ ")).join(name.replace(" ", ""))


@trick(SPACED, "one space")
def _spaced(random: Random, name: str) -> str:
    return " ".join(name.replace(" ", ""))


@trick(SPACED, "two pieces", least=7)
def _two_pieces(random: Random, name: str) -> str | None:
    if " " in name:
        return None
    at = random.randrange(3, len(name) - 3) if len(name) > 6 else 3
    return f"{name[:at]} {name[at:]}"


@trick(SPACED, "wide, thin and hard spaces", held=True)
def _wide(random: Random, name: str) -> str:
    return random.choice(("  ", "   ", "\u00a0", "\u2009", "\u3000", "\t", "\u2003")).join(name.replace(" ", ""))


@trick(SPACED, "two short pieces, or three", held=True, least=5)
def _short_pieces(random: Random, name: str) -> str | None:
    word = name.replace(" ", "")
    if len(word) >= 8 and random.random() < 0.5:
        third = len(word) // 3
        return f"{word[:third]} {word[third : 2 * third]} {word[2 * third :]}"
    return f"{word[:2]} {word[2:]}" if " " not in name else None


@trick(ENTITY, "decimal")
def _decimal(random: Random, name: str) -> str:
    some = set(random.sample(range(len(name)), random.choice((1, len(name)))))
    return "".join(f"&#{ord(c)};" if i in some else c for i, c in enumerate(name))


@trick(ENTITY, "hexadecimal, named, escaped twice", held=True)
def _hexadecimal(random: Random, name: str) -> str:
    at = random.randrange(1, len(name) - 1)
    written = random.choice(
        (
            f"&#x{ord(name[at]):x};",
            f"&#0{ord(name[at])};",
            f"&amp;#{ord(name[at])};",
            name[at] + "&zwnj;",
            name[at] + "&shy;",
        )
    )
    return name[:at] + written + name[at + 1 :]


@trick(ENTITY, "percent and backslash escapes", held=True)
def _escaped(random: Random, name: str) -> str:
    form = random.choice(("%{:02x}", "\\u{:04x}", "\\x{:02x}"))
    at = random.randrange(len(name))
    return name[:at] + form.format(ord(name[at])) + name[at + 1 :]
