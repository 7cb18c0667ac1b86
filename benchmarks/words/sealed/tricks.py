"""How names are hidden in ``sealed``: each trick gives a name as written, or None where it cannot be so."""

from collections.abc import Callable
from random import Random

Trick = Callable[[Random, str], str | None]

_CYRILLIC = dict(zip("aceopxykmtbh", "асеорхукмтвн", strict=True))
_GREEK = dict(zip("aeiouknptv", "αειουκηρτν", strict=True))
_DIGITS = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7", "b": "8", "g": "9", "l": "1"}
_SIGNS = {"a": "@", "s": "$", "i": "!", "l": "|", "c": "(", "e": "€", "o": "°", "t": "†"}
_SMALL = dict(zip("abcdefghijklmnoprstuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", strict=True))
_RAISED = dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
_TURNED = dict(zip("abcdefghijklmnopqrstuvwxyz", "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz", strict=True))
_KEYS = {"a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
         "k": "jl", "l": "kp", "m": "nk", "n": "bm", "o": "ip", "p": "ol", "r": "et", "s": "ad", "t": "ry", "u": "yi",
         "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "xs", "q": "wa"}  # fmt: skip
_SPOKEN_RU = {"sch": "ш", "sh": "ш", "ch": "ч", "ck": "к", "ph": "ф", "th": "т", "oo": "у", "ee": "и", "x": "кс",
              "qu": "кв", "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и",
              "j": "дж", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с",
              "t": "т", "u": "у", "v": "в", "w": "в", "y": "и", "z": "з"}  # fmt: skip
_SPOKEN_EL = {"ou": "ου", "sh": "σ", "ch": "τσ", "ph": "φ", "th": "θ", "x": "ξ", "a": "α", "b": "μπ", "c": "κ",
              "d": "ντ", "e": "ε", "f": "φ", "g": "γκ", "h": "χ", "i": "ι", "j": "τζ", "k": "κ", "l": "λ", "m": "μ",
              "n": "ν", "o": "ο", "p": "π", "q": "κ", "r": "ρ", "s": "σ", "t": "τ", "u": "ου", "v": "β", "w": "γου",
              "y": "ι", "z": "ζ"}  # fmt: skip
_BY_EAR = (("ph", "f"), ("f", "ph"), ("ck", "kk"), ("c", "k"), ("k", "ck"), ("x", "ks"), ("qu", "kw"), ("y", "ie"),
           ("i", "y"), ("oo", "u"), ("ee", "ea"), ("v", "w"), ("z", "s"), ("s", "z"))  # fmt: skip


def _mapped(table: dict[str, str], most: int = 99) -> Trick:
    def written(random: Random, name: str) -> str | None:
        places = [i for i, char in enumerate(name) if char.lower() in table]
        if not places:
            return None
        chosen = set(random.sample(places, min(most, len(places))))
        return "".join(table[char.lower()] if i in chosen else char for i, char in enumerate(name))

    return written


def _styled(first_capital: int, first_small: int) -> Trick:
    def written(_: Random, name: str) -> str:
        made = []
        for char in name:
            base = first_capital - 65 if "A" <= char <= "Z" else first_small - 97 if "a" <= char <= "z" else 0
            made.append(chr(base + ord(char)) if base else char)
        return "".join(made)

    return written


def _spoken(table: dict[str, str]) -> Trick:
    def written(_: Random, name: str) -> str | None:
        left, made = name.lower(), ""
        while left:
            size = next((n for n in (3, 2, 1) if left[:n] in table), 0)
            made, left = made + (table[left[:size]] if size else left[:1]), left[size or 1 :]
        return made.capitalize() if all(ord(char) > 127 or char == " " for char in made) else None

    return written


def _inner(random: Random, name: str) -> int:
    within = [i for i in range(1, len(name) - 1) if name[i].isalpha() and name[i - 1].isalpha()]
    return random.choice(within or [1])


def _masked(sign: str, many: int = 1) -> Trick:
    def written(random: Random, name: str) -> str:
        at = _inner(random, name)
        return name[:at] + sign * min(many, len(name) - 1 - at) + name[at + many :]

    return written


def _between(signs: str) -> Trick:
    return lambda random, name: random.choice(signs).join(char for char in name if char != " ")


def _dropped(random: Random, name: str) -> str:
    at = _inner(random, name)
    return name[:at] + name[at + 1 :]


def _swapped(random: Random, name: str) -> str | None:
    at = _inner(random, name)
    made = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return made if made != name and name[at + 1].isalpha() else None


def _pressed(random: Random, name: str) -> str | None:
    at = _inner(random, name)
    near = _KEYS.get(name[at].lower())
    return name[:at] + random.choice(near) + name[at + 1 :] if near else None


def _twice(random: Random, name: str) -> str:
    at = _inner(random, name)
    return name[:at] + name[at] * random.choice((2, 3, 4)) + name[at + 1 :]


def _by_ear(random: Random, name: str) -> str | None:
    fit = [(old, new) for old, new in _BY_EAR if old in name.lower()[1:]]
    if not fit:
        return None
    old, new = random.choice(fit)
    made = name.lower()
    return (made[0] + made[1:].replace(old, new, 1)).title()


def _no_vowels(_: Random, name: str) -> str | None:
    made = "".join(char for i, char in enumerate(name) if i == 0 or char.lower() not in "aeiou")
    return made if len(made) > 3 and made != name else None


def _hidden(random: Random, name: str) -> str:
    at = _inner(random, name)
    return name[:at] + random.choice("\u200b\u200d\u2060\ufeff\u00ad") + name[at:]


def _reordered(_: Random, name: str) -> str:
    return f"\u202e{name[::-1]}\u202c"


def _upside_down(_: Random, name: str) -> str | None:
    made = "".join(_TURNED.get(char, char) for char in name.lower()[::-1])
    return made if name.replace(" ", "").isalpha() else None


def _glued(random: Random, name: str) -> str | None:
    made = name.replace(" ", "").lower()
    before, after = random.choice((("super", ""), ("", "store"), ("", "fans"), ("the", ""), ("", "2025"), ("hot", "")))
    return f"{before}{made}{after}" if made.isalnum() else None


def _cut(random: Random, name: str) -> str | None:
    keep = max(4, (len(name) + 1) // 2)
    return name[:keep] + random.choice(("~", "～", "**", "...")) if keep < len(name) - 1 else None


def _both(one: Trick, two: Trick) -> Trick:
    def written(random: Random, name: str) -> str | None:
        made = one(random, name)
        return two(random, made) if made else None

    return written


_cyrillic, _digits = _mapped(_CYRILLIC, 2), _mapped(_DIGITS, 2)
#: Families, and in each the ways of writing.
TRICKS: dict[str, dict[str, Trick]] = {
    "letters of other alphabets": {
        "one or two Cyrillic": _cyrillic, "all Cyrillic": _mapped(_CYRILLIC), "Greek": _mapped(_GREEK, 2),
    },
    "styled letters": {
        "bold": _styled(0x1D400, 0x1D41A), "double-struck sans": _styled(0x1D5A0, 0x1D5BA),
        "fullwidth bold italic": _styled(0x1D468, 0x1D482), "circled": _styled(0x24B6, 0x24D0),
        "small capitals": _mapped(_SMALL), "raised": _mapped(_RAISED, 3),
    },
    "digits and signs": {"digits": _digits, "signs": _mapped(_SIGNS, 2), "both": _both(_digits, _mapped(_SIGNS, 1))},
    "masked": {
        "an asterisk": _masked("*"), "two": _masked("*", 2), "a hash": _masked("#"), "an emoji": _masked("🌸"),
        "the end": _cut,
    },
    "signs between": {"dots": _between("."), "mixed": _between("-_·|/"), "spaces": _between(" ")},
    "unseen": {"a zero width": _hidden, "reordered": _reordered},
    "turned": {"upside down": _upside_down, "backwards": lambda _, name: name.lower()[::-1]},
    "typing errors": {"dropped": _dropped, "swapped": _swapped, "a key beside": _pressed, "repeated": _twice},
    "by ear": {"another spelling": _by_ear, "no vowels": _no_vowels},
    "glued": {"to a word or a number": _glued},
    "another script": {"Cyrillic, by sound": _spoken(_SPOKEN_RU), "Greek, by sound": _spoken(_SPOKEN_EL)},
    "two at once": {
        "digits and Cyrillic": _both(_digits, _cyrillic),
        "dropped and bold": _both(_dropped, _styled(0x1D400, 0x1D41A)),
        "dots and Cyrillic": _both(_cyrillic, _between(".")), "repeated and digits": _both(_twice, _digits),
        "swapped and unseen": _both(_swapped, _hidden),
    },
}  # fmt: skip
