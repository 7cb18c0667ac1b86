"""How names are hidden in ``ferry``, in Latin letters: a name as written, or None where it cannot be so."""

from collections.abc import Callable, Mapping
from random import Random

Way = Callable[[Random, str], str | None]

_CYRILLIC = dict(zip("acehijkmopstxyABCEHKMOPTXY", "асеһіјкморѕтхуАВСЕНКМОРТХУ", strict=True))
_CHEROKEE = dict(zip("abcdeghijklmoprstvwyz", "ꭺᏼꮯꭰꭼꮐꮋꮖꭻꮶꮮꮇഠꮲꭱꮪꭲꮩꮃꭹꮓ", strict=True))
_LATIN = dict(zip("abcdefghijklmnoprstuvwyz", "ạḅƈḋẹƒɠḥịʝķḷṃṇơṗṛṣṭụṿẉỵẓ", strict=True))
_TURNED = dict(zip("abcdefghijklmnopqrstuvwxyz", "ɐqɔpǝɟƃɥᴉɾʞʅɯuodbɹsʇnʌʍxʎz", strict=True))
_SMALL = dict(zip("abcdefghijklmnoprtuvwz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡᴢ", strict=True))
_RAISED = dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
_DIGITS = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7", "l": "1", "b": "8", "g": "9"}
_SIGNS = {"a": "@", "c": "(", "e": "€", "i": "!", "l": "|", "s": "$", "x": "×", "t": "+", "o": "°", "h": "#"}
_PICTURES = {"o": "🍩", "i": "🕯️", "a": "🅰️", "b": "🅱️", "s": "💲", "x": "❎", "t": "✝️", "v": "✅", "e": "📧", "u": "⛎"}
_THINGS = {"hunter": "🏹", "cherry": "🍒", "black": "⚫", "diamond": "💎", "royal": "👑", "lotus": "🪷", "ninja": "🥷"}
_KEYS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wqrtyuioipsadfghjkkxzvcnbn", strict=True))
_HEARD: tuple[tuple[str, str], ...] = (
    *(("x", "ks"), ("qu", "kw"), ("ch", "tsh"), ("sch", "sh"), ("ph", "f"), ("ck", "kk"), ("oo", "u"), ("ee", "ea")),
    *(("ow", "au"), ("ai", "ay"), ("ei", "ai"), ("ie", "y"), ("eu", "oi"), ("ss", "s"), ("ll", "l"), ("tt", "t")),
    *(("c", "k"), ("k", "c"), ("z", "ts"), ("s", "z"), ("v", "w"), ("w", "v"), ("y", "i"), ("j", "y"), ("f", "ph")),
)
_VOWELS = "aeiou"
_BEFORE, _BEHIND = ("real", "best", "orig", "top", "my", "super"), ("lovers", "deals", "club", "official", "4u", "xl")


def _random(random: Random, name: str, fits: Callable[[int], bool]) -> int | None:
    places = [at for at in range(len(name)) if fits(at)]
    return random.choice(places) if places else None


def _letters(table: Mapping[str, str], share: float) -> Way:
    """So many of the letters that a table has."""

    def written(random: Random, name: str) -> str | None:
        held = [at for at, letter in enumerate(name) if letter in table or letter.lower() in table]
        chosen = set(random.sample(held, max(1, round(share * len(held))))) if held else set()
        made = "".join(
            table.get(letter, table.get(letter.lower(), letter)) if at in chosen else letter
            for at, letter in enumerate(name)
        )
        return made if chosen else None

    return written


def _inner(name: str) -> list[int]:
    """Places within words: with a letter on both sides."""
    return [at for at in range(1, len(name) - 1) if name[at - 1 : at + 2].isalpha()]


def _stars(signs: str, many: int) -> Way:
    """So many letters within words, each by one sign."""

    def written(random: Random, name: str) -> str | None:
        places = _inner(name)
        if len(name) < 4 + many or len(places) < many:
            return None
        sign, chosen = random.choice(signs), set(random.sample(places, many))
        return "".join(sign if at in chosen else letter for at, letter in enumerate(name))

    return written


def _one_for_all(random: Random, name: str) -> str | None:
    """One star for two or three letters within a name."""
    many = random.choice((2, 3))
    at = _random(random, name, lambda place: 2 <= place <= len(name) - many - 1)
    return name[:at] + "*" + name[at + many :] if at and len(name) >= many + 4 else None


def _hollow(random: Random, name: str) -> str | None:
    """The first half and the last letter, as many stars as letters between."""
    seen = (len(name) + 1) // 2
    made = name[: seen - 1] + random.choice("*•") * (len(name) - seen) + name[-1]
    return made if len(name) > 5 and name.isalpha() else None


def _ends_of_words(random: Random, name: str) -> str | None:
    """Of each word of a name the first and last two letters: L**is V****on."""
    sign = random.choice("*_")
    made = " ".join(w[:2] + sign * (len(w) - 4) + w[-2:] if len(w) > 5 else w for w in name.split())
    return made if sign in made else None


def _trailing(random: Random, name: str) -> str | None:
    keep = -(-2 * len(name) // 3)
    return name[:keep] + random.choice(("*" * (len(name) - keep), "...", "~~")) if len(name) > 5 else None


def _dropped(random: Random, name: str) -> str | None:
    at = _random(random, name, lambda place: place in _inner(name))
    return name[:at] + name[at + 1 :] if at and len(name) > 4 else None


def _doubled(random: Random, name: str) -> str | None:
    at = _random(random, name, lambda place: place in _inner(name))
    return name[: at + 1] + name[at:] if at else None


def _beside(random: Random, name: str) -> str | None:
    at = _random(random, name, lambda place: place in _inner(name) and name[place].lower() in _KEYS)
    return name[:at] + _KEYS[name[at].lower()] + name[at + 1 :] if at else None


def _exchanged(random: Random, name: str) -> str | None:
    at = _random(random, name, lambda place: place in _inner(name) and name[place + 1].lower() != name[place].lower())
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :] if at else None


def _vowels(many: int) -> Way:
    def written(random: Random, name: str) -> str | None:
        places = [at for at, letter in enumerate(name) if letter.lower() in _VOWELS]
        if len(places) < many or len(name) < 4 + many:
            return None
        made = list(name)
        for at in random.sample(places, many):
            other = random.choice([vowel for vowel in _VOWELS if vowel != name[at].lower()])
            made[at] = other.upper() if name[at].isupper() else other
        return "".join(made)

    return written


def _heard(many: int) -> Way:
    def written(random: Random, name: str) -> str | None:
        made = name.lower()
        fit = [(old, new) for old, new in _HEARD if old in made]
        for old, new in random.sample(fit, min(many, len(fit))):
            made = made.replace(old, new, 1)
        return made.title() if len(fit) >= many and made != name.lower() else None

    return written


def _mute(_: Random, name: str) -> str | None:
    made = "".join(c for at, c in enumerate(name) if at == 0 or name[at - 1] == " " or c.lower() not in _VOWELS)
    return made if sum(map(str.isalpha, made)) >= 4 and made != name else None


def _joined(signs: tuple[str, ...]) -> Way:
    return lambda random, name: random.choice(signs).join(name.replace(" ", ""))


def _one_sign(random: Random, name: str) -> str | None:
    at = _random(random, name, lambda place: place in _inner(name))
    return name[:at] + random.choice("'`,;/\\=<") + name[at:] if at else None


def _mathematical(base: int) -> Way:
    def written(_: Random, name: str) -> str | None:
        return "".join(chr(base + ord(c) - 97) if "a" <= c <= "z" else c for c in name.lower())

    return written


def _upside_down(_: Random, name: str) -> str | None:
    return "".join(_TURNED.get(letter, letter) for letter in reversed(name.lower()))


def _override(random: Random, name: str) -> str | None:
    opens, closes = random.choice((("\u202e", "\u202c"), ("\u2067\u202e", "\u202c\u2069")))
    return f"{opens}{name[::-1]}{closes}"


def _unseen(random: Random, name: str) -> str | None:
    return random.choice(("\u200b", "\u2060", "\u00ad", "\ufeff", "\u200d")).join(name)


def _around(random: Random, name: str) -> str | None:
    whole = name.replace(" ", "").lower()
    made = (random.choice(_BEFORE) + whole, whole + random.choice(_BEHIND), f"{whole}{random.randint(10, 99)}")
    return random.choice(made)


def _tag(random: Random, name: str) -> str | None:
    return random.choice(("#{}style", "@{}_store", "{}.shop", "#new{}")).format(name.replace(" ", "").lower())


def _thing(_: Random, name: str) -> str | None:
    word = next((word for word in _THINGS if word in name.lower() and word != name.lower()), None)
    at = name.lower().index(word) if word else 0
    return name[:at] + _THINGS[word] + name[at + len(word) :] if word else None


def _both(one: Way, two: Way) -> Way:
    def written(random: Random, name: str) -> str | None:
        made = one(random, name)
        return two(random, made) if made else None

    return written


WAYS: dict[str, dict[str, Way]] = {
    "covered": {
        "one letter": _stars("*＊#✶", 1), "two letters": _stars("*•_", 2), "one sign for several": _one_for_all,
        "hollow": _hollow, "ends of words": _ends_of_words, "the end": _trailing, "a picture": _stars("🌟🔥💖", 1),
    },
    "signs for letters": {
        "digits": _letters(_DIGITS, 0.6), "signs": _letters(_SIGNS, 0.5), "pictures": _letters(_PICTURES, 0.7),
        "a picture for a word": _thing,
    },
    "other letters": {
        "Cyrillic": _letters(_CYRILLIC, 0.5), "Cherokee": _letters(_CHEROKEE, 0.6), "dotted": _letters(_LATIN, 0.7),
        "small capitals": _letters(_SMALL, 1), "raised": _letters(_RAISED, 1),
        "bold script": _mathematical(0x1D4EA), "fraktur": _mathematical(0x1D586), "circled": _mathematical(0x24D0),
    },
    "turned": {"upside down": _upside_down, "override": _override, "backwards": lambda _, name: name[::-1]},
    "unseen": {"characters": _unseen},
    "keys": {"dropped": _dropped, "doubled": _doubled, "beside": _beside, "exchanged": _exchanged},
    "vowels": {"one": _vowels(1), "two": _vowels(2), "none": _mute},
    "by ear": {"one": _heard(1), "two": _heard(2)},
    "signs between": {"all letters": _joined((".", "-", "·", "|", "~")), "a picture": _joined(("✨", "💎")),
                      "blanks": _joined((" ", "\u2009", "\u00a0")), "one": _one_sign},
    "glued": {"to words": _around, "a tag": _tag},
    "two at once": {
        "a star and a digit": _both(_stars("*", 1), _letters(_DIGITS, 0.3)),
        "dropped and Cyrillic": _both(_dropped, _letters(_CYRILLIC, 0.3)),
        "a vowel and bold": _both(_vowels(1), _mathematical(0x1D4EA)),
        "heard and signs between": _both(_heard(1), _joined((".", "-"))),
        "exchanged and a digit": _both(_exchanged, _letters(_DIGITS, 0.3)),
        "glued and a star": _both(_stars("*", 1), _around),
        "doubled and unseen": _both(_doubled, _unseen),
        "a vowel and a digit": _both(_vowels(1), _letters(_DIGITS, 0.3)),
        "heard and glued": _both(_heard(1), _around),
    },
}  # fmt: skip
