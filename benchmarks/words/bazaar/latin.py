"""How names in Latin letters are hidden in ``bazaar``: each way gives a name as written, or None where it cannot."""

from collections.abc import Callable, Mapping
from random import Random

Way = Callable[[Random, str], str | None]

VOWELS = "aeiou"
_LOOKS = {
    "Cyrillic": dict(zip("aceopxyikmthbjs", "асеорхуікмтһЬјѕ", strict=True)),
    "Greek": dict(zip("aoiuvnkptxyeb", "αοιυνηκρτχγεβ", strict=True)),
    "small capitals": dict(zip("abcdefghijklmnoprstuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", strict=True)),
    "superscript": dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)),
    "upside-down": dict(zip("abcdefghijklmnopqrtuvwy", "ɐqɔpǝɟƃɥᴉɾʞʅɯuodbɹʇnʌʍʎ", strict=True)),
    "mirrored": dict(zip("abcdegjlnpqrsz", "ɒdɔbɘǫꞁ|ᴎqpɿƨƹ", strict=True)),
    "stroked": dict(zip("abcdehilotuz", "ⱥƀȼđɇħɨłøŧʉƶ", strict=True)),
    "circled": {chr(97 + i): chr(0x24D0 + i) for i in range(26)},
    "squared": {chr(97 + i): chr(0x1F130 + i) for i in range(26)},
    "flags": {chr(97 + i): chr(0x1F1E6 + i) for i in range(26)},
    "fullwidth": {chr(97 + i): chr(0xFF41 + i) for i in range(26)},
    "double-struck": {chr(97 + i): chr(0x1D552 + i) for i in range(26)},
    "Fraktur": {chr(97 + i): chr(0x1D586 + i) for i in range(26)},
    "monospace": {chr(97 + i): chr(0x1D68A + i) for i in range(26)},
}
_DIGITS = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7", "b": "8", "g": "9", "z": "2", "l": "1"}
_COINS = {"a": "@", "s": "$", "e": "€", "i": "!", "o": "°", "c": "(", "l": "|", "y": "¥", "t": "+", "h": "#"}
_EMOJI = {"o": "🍩", "a": "🅰️", "b": "🅱️", "p": "🅿️", "i": "ℹ️", "x": "✖️", "m": "Ⓜ️", "c": "🌙", "s": "💲", "t": "✝️"}
_BUILT = {"k": "|<", "h": "|-|", "d": "|)", "n": "|\\|", "v": "\\/", "m": "|v|", "w": "\\^/", "u": "|_|", "l": "|_"}
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_HEARD = (("c", "k"), ("k", "c"), ("ph", "f"), ("s", "z"), ("z", "s"), ("y", "i"), ("i", "y"), ("x", "ks"),
          ("qu", "kw"), ("ss", "s"), ("ll", "l"), ("nn", "n"), ("tt", "t"), ("v", "w"), ("w", "v"), ("ch", "sh"),
          ("ei", "ai"), ("ou", "oo"), ("th", "t"), ("g", "j"), ("ck", "k"))  # fmt: skip
_GENERIC = ("bag", "shop", "store", "official", "fans", "outlet", "deal", "style", "new", "top", "hot", "luxury")
_UNSEEN = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f")


def inner(random: Random, name: str, many: int = 1) -> list[int]:
    """Places of letters that are neither first nor last of a word."""
    fit = [i for i in range(1, len(name) - 1) if name[i - 1 : i + 2].isalpha()]
    return sorted(random.sample(fit, min(many, len(fit))))


def swapped(name: str, places: list[int], to: Callable[[str], str]) -> str | None:
    """A name with some characters given otherwise."""
    made = "".join(to(char) if i in places else char for i, char in enumerate(name))
    return made if places and made != name else None


def _table(table: Mapping[str, str], share: float) -> Way:
    def written(random: Random, name: str) -> str | None:
        low = name.lower()
        fit = [i for i, char in enumerate(low) if char in table]
        chosen = random.sample(fit, max(1, round(len(fit) * share))) if fit else []
        return swapped(low if share == 1 else name, chosen, lambda char: table[char.lower()])

    return written


def _whole(table: Mapping[str, str], turn: bool = False) -> Way:
    def written(_: Random, name: str) -> str | None:
        low = name.lower()
        known = sum(char in table for char in low) >= 0.6 * sum(map(str.isalpha, low))
        made = "".join(table.get(char, char) for char in low)
        return (made[::-1] if turn else made) if known and low.isascii() else None

    return written


def _masked(many: int, signs: str = "*") -> Way:
    return lambda random, name: (
        swapped(name, inner(random, name, many), lambda _: random.choice(signs)) if len(name) > 4 else None
    )


def _no_vowels_seen(random: Random, name: str) -> str | None:
    fit = [i for i in inner(random, name, 99) if name[i].lower() in VOWELS]
    return swapped(name, fit, lambda _: "*") if len(fit) < len(name) / 2 else None


def _middle(random: Random, name: str) -> str | None:
    """Stars over the middle, half of the letters still seen."""
    if len(name) < 6 or " " in name:
        return None
    left = (len(name) // 2 + 1) // 2
    right = len(name) // 2 - left + len(name) % 2
    stars = len(name) - left - right
    return name[:left] + "*" * random.choice((stars, stars, 3)) + name[-right:]


def _cut(random: Random, name: str) -> str | None:
    keep = -(-len(name) * 2 // 3)
    return name[:keep] + random.choice(("～", "~", "*", "***", "…", "..")) if len(name) - keep > 1 else None


def _key(random: Random, char: str) -> str:
    row = next((row for row in _KEYS if char.lower() in row), char.lower())
    at = row.find(char.lower())
    return random.choice([row[i] for i in (at - 1, at + 1) if 0 <= i < len(row)] or [char])


def _dropped(random: Random, name: str) -> str | None:
    at = inner(random, name)
    return name[: at[0]] + name[at[0] + 1 :] if at and len(name) > 4 else None


def _crossed(random: Random, name: str) -> str | None:
    fit = [i for i in inner(random, name, 99) if name[i + 1].isalpha() and name[i].lower() != name[i + 1].lower()]
    at = random.choice(fit) if fit else 0
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :] if fit else None


def _added(random: Random, name: str) -> str | None:
    at = inner(random, name)
    return name[: at[0]] + _key(random, name[at[0]]) + name[at[0] :] if at else None


def _vowels(many: int) -> Way:
    def written(random: Random, name: str) -> str | None:
        fit = [i for i, char in enumerate(name) if i and char.lower() in VOWELS]
        if len(fit) < many or len(name) < 5:
            return None
        return swapped(name, random.sample(fit, many), lambda c: random.choice(VOWELS.replace(c.lower(), "")))

    return written


def _ear(many: int) -> Way:
    def written(random: Random, name: str) -> str | None:
        made, fit = name.lower(), [pair for pair in _HEARD if pair[0] in name.lower()]
        for old, new in random.sample(fit, min(many, len(fit))):
            made = made.replace(old, new, 1)
        return made.capitalize() if len(fit) >= many and made != name.lower() else None

    return written


def _repeat(random: Random, name: str) -> str | None:
    at = inner(random, name)
    return name[: at[0]] + name[at[0]] * random.choice((2, 3, 5)) + name[at[0] + 1 :] if at else None


def _between(*signs: str) -> Way:
    return lambda random, name: random.choice(signs).join(name.replace(" ", "")) if len(name) > 3 else None


def _broken(*signs: str) -> Way:
    def written(random: Random, name: str) -> str | None:
        at = inner(random, name)
        return name[: at[0] + 1] + random.choice(signs) + name[at[0] + 1 :] if at and len(name) > 4 else None

    return written


def _glued(how: str) -> Way:
    def written(random: Random, name: str) -> str | None:
        word, other = name.replace(" ", "").lower(), random.choice(_GENERIC)
        forms = {
            "behind": word + other,
            "before": other + word,
            "camel": word.capitalize() + other.capitalize(),
            "hash": f"#{word}{other}",
            "site": f"{word}-{other}.com",
            "number": f"{word}{random.choice((1, 24, 88, 2025))}",
        }
        return forms[how] if len(word) > 4 and word.isascii() else None

    return written


def _unseen(random: Random, name: str) -> str | None:
    places = inner(random, name, 2)
    return swapped(name, places, lambda char: char + random.choice(_UNSEEN))


def _entity(random: Random, name: str) -> str | None:
    form = random.choice(("&#{};", "&#x{:x};"))
    return swapped(name, inner(random, name), lambda char: form.format(ord(char)))


def _tags(random: Random, name: str) -> str | None:
    tag = random.choice(("b", "i", "span"))
    return swapped(name, inner(random, name), lambda char: f"<{tag}></{tag}>{char}")


def _bidi(random: Random, name: str) -> str | None:
    return random.choice((f"\u202e{name[::-1]}\u202c", f"\u2067\u202e{name[::-1]}\u202c\u2069"))


def _marks(random: Random, name: str) -> str | None:
    return swapped(name, inner(random, name, 3), lambda char: char + random.choice("\u0336\u0332\u0323\u0308\u030a"))


def both(one: Way, two: Way) -> Way:
    """One trick after the other."""

    def written(random: Random, name: str) -> str | None:
        made = one(random, name)
        twice = two(random, made) if made else None
        return twice if twice != made else None

    return written


_ONE_STAR, _HALF = _masked(1), _masked(2, "*_•#")
_DIGIT, _CYRILLIC = _table(_DIGITS, 0.6), _table(_LOOKS["Cyrillic"], 0.6)

WAYS: dict[str, dict[str, Way]] = {
    "covered": {"one": _ONE_STAR, "two": _HALF, "vowels": _no_vowels_seen, "middle": _middle, "end": _cut,
                "emoji": _masked(1, "🔥💎✨🌸🍀")},
    "signs for letters": {"digits": _DIGIT, "coins": _table(_COINS, 0.6), "emoji": _table(_EMOJI, 0.5),
                          "built": _table(_BUILT, 0.4)},
    "alphabets": {
        **{name: _table(_LOOKS[name], 0.6) for name in ("Cyrillic", "Greek", "stroked")},
        **{name: _whole(_LOOKS[name]) for name in ("small capitals", "superscript", "circled", "squared", "flags",
                                                   "fullwidth", "double-struck", "Fraktur", "monospace")},
        "combining": _marks,
    },
    "turned": {"upside-down": _whole(_LOOKS["upside-down"], turn=True), "mirrored": _whole(_LOOKS["mirrored"]),
               "mirrored and back": _whole(_LOOKS["mirrored"], turn=True),
               "backwards": lambda _, name: name[::-1].lower() if len(name) > 5 else None, "controls": _bidi},
    "unseen": {"zero width": _unseen, "entities": _entity, "tags": _tags},
    "keys": {"crossed": _crossed, "dropped": _dropped, "neighbour": lambda r, n: (
        swapped(n, inner(r, n), lambda char: _key(r, char)) if len(n) > 4 else None), "added": _added},
    "vowels": {"one": _vowels(1), "two": _vowels(2)},
    "by ear": {"one": _ear(1), "two": _ear(2)},
    "repeated": {"a letter": _repeat},
    "apart": {"spaces": _between(" "), "signs": _between(".", "-", "_", "·", "|", "*"),
              "broken": _broken("-", ".", "/", "_", "'", " . "), "a space": lambda r, n: (
                  _broken(" ")(r, n) if len(n) > 7 and " " not in n else None)},
    "glued": {how: _glued(how) for how in ("behind", "before", "camel", "hash", "site", "number")},
    "two at once": {
        "a digit, glued": both(_DIGIT, _glued("behind")), "a star, glued": both(_ONE_STAR, _glued("before")),
        "apart and Cyrillic": both(_CYRILLIC, _between(".", " ")), "crossed and a digit": both(_crossed, _DIGIT),
        "repeated and a star": both(_repeat, _ONE_STAR), "dropped, glued": both(_dropped, _glued("camel")),
        "heard and a sign": both(_ear(1), _table(_COINS, 0.4)),
        "unseen and Greek": both(_table(_LOOKS["Greek"], 0.5), _unseen),
        "full width, apart": both(_whole(_LOOKS["fullwidth"]), _between("-")),
    },
}  # fmt: skip
