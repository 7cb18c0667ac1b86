"""How names are hidden in ``unread``: by family, ways that give a name as written, or None where it cannot be so."""

from collections.abc import Callable, Mapping
from random import Random

Way = Callable[[Random, str], str | None]

_ALIKE = dict(zip("aceghijlnopqsuvwxyz", "ɑϲҽցհɩϳӏոօрԛѕսνԝхуꮓ", strict=True))
_ARMENIAN = dict(zip("oughnsfqz", "օսցհոտֆզշ", strict=True))
_HOOKED = dict(zip("abcdefghiklmnoprstuvwyz", "ąƀçđęƒǥħįķłɱŋøƥřşţųʋŵÿž", strict=True))
_HEAVY = {"k": "|<", "v": "\\/", "h": "|-|", "o": "()", "w": "vv", "m": "rn", "d": "cl", "b": "13", "n": "|\\|"}
_LEET = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7", "z": "2", "g": "6"}
_MONEY = {"a": "@", "s": "$", "e": "€", "l": "£", "y": "¥", "c": "¢", "i": "¡", "o": "¤"}
_SHAPES = {"o": "⭕", "x": "❌", "v": "✔️", "s": "💲", "i": "❗", "a": "🔺", "m": "Ⓜ️", "p": "🅿️", "b": "🅱️", "t": "✝️"}
_WORDS = {"new": "🆕", "golden": "🥇", "spin": "🌀", "royal": "👑", "butterfly": "🦋", "pony": "🐴", "cloud": "☁️",
          "fox": "🦊", "hills": "⛰️", "house": "🏠", "head": "🗣️", "vines": "🍇", "atomic": "⚛️"}  # fmt: skip
_MIRROR = dict(zip("bdpqceszanr", "dbqpɔɘƨƹɒᴎɿ", strict=True))
_EAR: tuple[tuple[str, str], ...] = (
    ("ch", "sh"), ("sch", "sh"), ("ck", "k"), ("cc", "tch"), ("qu", "k"), ("x", "ks"), ("ph", "f"), ("th", "t"),
    ("ll", "l"), ("tt", "t"), ("ss", "s"), ("ff", "f"), ("rr", "r"), ("nn", "n"), ("ca", "ka"), ("co", "ko"),
    ("ci", "si"), ("ce", "se"), ("ou", "u"), ("au", "o"), ("ee", "i"), ("ie", "i"), ("ei", "ai"), ("oo", "u"),
    ("er", "ar"), ("y", "i"), ("gi", "ji"), ("ge", "je"), ("z", "s"), ("w", "v"), ("v", "b"),
)  # fmt: skip
_UNSEEN = "\u034f\u115f\u3164\u2061\u2063\ufe0f\ufe01\u200e\u061c\u180e\u00ad\u200c"
_NEAR = {"a": "s", "s": "d", "d": "f", "e": "r", "r": "t", "t": "y", "i": "o", "o": "p", "n": "m", "m": "n",
         "l": "k", "k": "l", "u": "i", "c": "v", "v": "c", "g": "h", "h": "g", "b": "v", "p": "o",
         "w": "e", "z": "x"}  # fmt: skip


def _inside(random: Random, name: str) -> int:
    """A place of a letter with letters on both sides."""
    fit = [i for i in range(1, len(name) - 1) if name[i - 1 : i + 2].isalpha()]
    return random.choice(fit or [1])


def _some(table: Mapping[str, str], least: float, most: float) -> Way:
    """Change between a share and another of the letters that can be."""

    def written(random: Random, name: str) -> str | None:
        fit = [i for i, char in enumerate(name) if char.lower() in table]
        many = max(1, round(len(fit) * random.uniform(least, most)))
        chosen = set(random.sample(fit, min(many, len(fit))))
        return "".join(table[c.lower()] if i in chosen else c for i, c in enumerate(name)) if chosen else None

    return written


def _cover(*signs: str) -> Way:
    def written(random: Random, name: str) -> str:
        at, sign = _inside(random, name), random.choice(signs)
        return name[:at] + sign + name[at + 1 :]

    return written


def _hollow(random: Random, name: str) -> str | None:
    """The first two letters, stars, and the last two."""
    return f"{name[:2]}{'*' * (len(name) - 4)}{name[-2:]}" if len(name) > 7 and " " not in name else None


def _bracketed(random: Random, name: str) -> str:
    left, right = random.choice(("[]", "()", "{}", "【】", "<>"))
    at = _inside(random, name)
    return name[:at] + left + name[at] + right + name[at + 1 :]


def _joined(*signs: str) -> Way:
    return lambda random, name: random.choice(signs).join(name.replace(" ", ""))


def _cut_in_two(random: Random, name: str) -> str:
    at = max(2, min(len(name) - 2, _inside(random, name)))
    return name[:at] + random.choice(("-", ".", "_", "/", " . ", "·", "+", "'", "~")) + name[at:]


def _hash(random: Random, name: str) -> str:
    word = "".join(char for char in name.lower() if char.isalnum())
    return (
        random.choice(("#", "@", "")) + word + random.choice(("bag", "shop", "style", "_store", "sale", "2025", "gift"))
    )


def _camel(random: Random, name: str) -> str:
    return "".join(part.capitalize() for part in name.split()) + random.choice(("New", "Original", "Outlet", "Premium"))


def _behind(random: Random, name: str) -> str:
    return random.choice(("new", "authentic", "luxury", "mini", "hot", "genuine", "lovely")) + name.lower().replace(
        " ", ""
    )


def _left_out(random: Random, name: str) -> str:
    at = _inside(random, name)
    return name[:at] + name[at + 1 :]


def _crossed(random: Random, name: str) -> str | None:
    at = _inside(random, name)
    made = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return made if made != name and name[at + 1].isalpha() else None


def _slipped(random: Random, name: str) -> str | None:
    at = _inside(random, name)
    return name[:at] + _NEAR[name[at].lower()] + name[at + 1 :] if name[at].lower() in _NEAR else None


def _stuttered(random: Random, name: str) -> str:
    at = _inside(random, name)
    return name[:at] + name[at] * random.choice((1, 2, 5)) + name[at:]


def _twice(way: Way) -> Way:
    def written(random: Random, name: str) -> str | None:
        made = way(random, name) if len(name) > 8 else None
        return way(random, made) if made else None

    return written


def _heard(changes: int) -> Way:
    def written(random: Random, name: str) -> str | None:
        made = name.lower()
        fit = [pair for pair in _EAR if pair[0] in made]
        for old, new in random.sample(fit, min(changes, len(fit))):
            made = made.replace(old, new, 1)
        return made.title() if len(fit) >= changes and made != name.lower() else None

    return written


def _silent(_: Random, name: str) -> str | None:
    made = "".join(c for i, c in enumerate(name) if not i or name[i - 1] == " " or c.lower() not in "aeiou")
    return made if sum(map(str.isalpha, made)) > 3 and made != name else None


def _seeded(random: Random, name: str) -> str:
    at = _inside(random, name)
    return name[:at] + random.choice(_UNSEEN) + name[at : at + 1] + random.choice(_UNSEEN) + name[at + 1 :]


def _isolated(_: Random, name: str) -> str:
    half = len(name) // 2
    return f"\u202e{name[half:][::-1]}{name[:half][::-1]}\u202c"


def _flags(_: Random, name: str) -> str | None:
    made = "".join(chr(0x1F1E6 + ord(c) - 97) if "a" <= c <= "z" else c for c in name.lower())
    return made if name.replace(" ", "").isalpha() else None


def _negative(_: Random, name: str) -> str | None:
    made = "".join(chr(0x1F170 + ord(c) - 97) if "a" <= c <= "z" else c for c in name.lower())
    return made if name.replace(" ", "").isalpha() else None


def _script(_: Random, name: str) -> str | None:
    capitals, small = 0x1D4D0 - 65, 0x1D4EA - 97
    made = "".join(
        chr((capitals if c.isupper() else small) + ord(c)) if c.isascii() and c.isalpha() else c for c in name
    )
    return made if made != name else None


def _glyphs(_: Random, name: str) -> str | None:
    return "".join(_MIRROR.get(c, c) for c in name.lower()) if any(c in _MIRROR for c in name.lower()) else None


def _backwards(_: Random, name: str) -> str | None:
    made = name[::-1]
    return made if made.casefold() != name.casefold() else None


def _pictured(_: Random, name: str) -> str | None:
    """A word of a name, or one at its head, as a picture."""
    for word, picture in _WORDS.items():
        if word in name.lower():
            at = name.lower().index(word)
            return name[:at] + picture + name[at + len(word) :]
    return None


def _wave(random: Random, name: str) -> str | None:
    keep = (len(name) * 2 + 2) // 3
    return name[:keep] + random.choice(("～", "*", "**", "…", "__")) if len(name) - keep > 1 else None


def _and(one: Way, two: Way) -> Way:
    def written(random: Random, name: str) -> str | None:
        made = one(random, name)
        return two(random, made) if made else None

    return written


WAYS: dict[str, dict[str, Way]] = {
    "letters of other alphabets": {
        "alike, most": _some(_ALIKE, 0.6, 1), "alike, few": _some(_ALIKE, 0.1, 0.3),
        "Armenian": _some(_ARMENIAN, 0.5, 1), "hooked and crossed": _some(_HOOKED, 0.5, 1),
    },
    "styled letters": {"script": _script, "flags": _flags, "negative squares": _negative},
    "digits and signs": {
        "digits, all": _some(_LEET, 1, 1), "digits, one": _some(_LEET, 0.1, 0.2), "money": _some(_MONEY, 0.3, 0.7),
        "drawn with several": _some(_HEAVY, 0.5, 1),
    },
    "masked": {
        "a star": _cover("*", "＊", "✱"), "another sign": _cover("_", "?", "×", "•", "▪", "◌", "%", "^"),
        "hollow": _hollow, "the end": _wave, "an emoji": _cover("🔥", "❤️", "⭐", "😍"),
    },
    "signs between": {
        "all letters": _joined(".", "-", "_", " ", "/", "·", "•", "+", "·"), "in two": _cut_in_two,
        "bracketed": _bracketed, "emoji": _joined("✨", "🖤"),
    },
    "emoji": {"for letters": _some(_SHAPES, 0.4, 1), "for a word": _pictured},
    "unseen": {"sown": _seeded, "shown backwards": _isolated},
    "turned": {"mirrored letters": _glyphs, "backwards": _backwards},
    "typing errors": {
        "left out": _left_out, "crossed": _crossed, "slipped": _slipped, "stuttered": _stuttered,
        "two slips in a long name": _twice(_slipped), "two left out of a long name": _twice(_left_out),
    },
    "by ear": {"one change": _heard(1), "two changes": _heard(2), "no vowels": _silent},
    "glued": {"a hash or handle": _hash, "camel": _camel, "behind a word": _behind},
    "two at once": {
        "heard and digits": _and(_heard(1), _some(_LEET, 0.2, 0.4)),
        "left out and alike": _and(_left_out, _some(_ALIKE, 0.2, 0.4)),
        "glued and digits": _and(_hash, _some(_LEET, 0.1, 0.2)),
        "star and alike": _and(_cover("*"), _some(_ALIKE, 0.2, 0.4)),
        "crossed and in two": _and(_crossed, _cut_in_two),
        "hooked and unseen": _and(_some(_HOOKED, 0.2, 0.4), _seeded),
        "script and stuttered": _and(_stuttered, _script),
        "digits and between": _and(_some(_LEET, 0.2, 0.4), _joined("-", ".", " ")),
    },
}  # fmt: skip
