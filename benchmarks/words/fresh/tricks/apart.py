"""Letters kept apart, by what is seen and by what is not; digits and signs for letters; escapes; other directions."""

from random import Random

from benchmarks.words.fresh.tricks.way import by_table, of_name, within

APART = "letters apart"
LEET = "digits and signs for letters"
UNSEEN = "unseen characters"
DIRECTION = "other directions"
ESCAPED = "escapes"

_DIGITS = {"a": "4", "b": "8", "e": "3", "g": "9", "i": "1", "l": "1", "o": "0", "s": "5", "t": "7", "z": "2"}
_SIGNS = {"a": "@", "s": "$", "i": "!", "e": "€", "c": "©", "l": "|", "t": "+", "o": "°", "h": "#", "x": "×"}
_CASES = {"l": "I", "i": "l", "I": "l", "o": "0", "O": "0", "L": "l"}
_CLUSTERS = {"m": "rn", "w": "vv", "d": "cl"}


@of_name(LEET, "a digit or two")
def digits(random: Random, name: str) -> str | None:
    """P4ndor4."""
    return by_table(random, name, _DIGITS, random.choice((1, 1, 2)))


@of_name(LEET, "a sign or two")
def signs(random: Random, name: str) -> str | None:
    """P@ndora, Ti$$ot."""
    return by_table(random, name, _SIGNS, random.choice((1, 1, 2)))


@of_name(LEET, "all vowels")
def vowels(random: Random, name: str) -> str | None:
    """P4nd0r4."""
    vowel = {k: v for k, v in (_DIGITS | ({"a": "@"} if random.random() < 0.4 else {})).items() if k in "aeio"}
    return by_table(random, name, vowel, len(name))


@of_name(LEET, "small l, big I, nought")
def cases(random: Random, name: str) -> str | None:
    """MicheIin."""
    return by_table(random, name, _CASES, random.choice((1, 2)))


@of_name(LEET, "two letters that look like one", least=6)
def clusters(random: Random, name: str) -> str | None:
    """Panclora."""
    return by_table(random, name.lower(), _CLUSTERS, 1)


@of_name(LEET, "digits and signs at once", least=6)
def mixed(random: Random, name: str) -> str | None:
    """P@nd0ra."""
    first = by_table(random, name, _SIGNS, 1)
    return by_table(random, first, _DIGITS, 1) if first else None


@of_name(APART, "blanks between all")
def blanks(random: Random, name: str) -> str:
    """P a n d o r a."""
    return random.choice((" ", " ", "\u00a0", "  ", "\u2009", "\u3000")).join(name.replace(" ", ""))


@of_name(APART, "one sign between all")
def sign_between(random: Random, name: str) -> str:
    """P.a.n.d.o.r.a."""
    return random.choice("..--__·|/~•:'").join(name.replace(" ", ""))


@of_name(APART, "one sign within")
def one_within(random: Random, name: str) -> str | None:
    """Pan.dora."""
    at = random.choice([i for i in within(name) if i > 1] or [0])
    return name[:at] + random.choice("..--_/|'’`~") + name[at:] if at else None


@of_name(APART, "two pieces", least=6)
def two_pieces(random: Random, name: str) -> str | None:
    """Pan dora."""
    at = random.randrange(3, len(name) - 2)
    return f"{name[:at]} {name[at:]}" if " " not in name else None


@of_name(APART, "three pieces", least=8)
def three_pieces(random: Random, name: str) -> str:
    """Sen-nhei-ser."""
    third = len(name) // 3
    joint = random.choice((" ", "-", ".", "_"))
    return joint.join((name[:third], name[third : 2 * third], name[2 * third :]))


@of_name(APART, "signs and blanks as they come")
def anyhow(random: Random, name: str) -> str:
    """P. a-n d.o_r a."""
    kept = name.replace(" ", "")
    return "".join(c + (random.choice((" ", ".", "-", "_", "/", ". ", "")) if c != kept[-1] else "") for c in kept)


@of_name(APART, "brackets around a part")
def brackets(random: Random, name: str) -> str:
    """P(a)ndora, [Pan]dora."""
    begin = random.randrange(len(name) - 2)
    end = random.randrange(begin + 1, len(name) - 1)
    opening, closing = random.choice(("()", "[]", "【】", "{}", "<>"))
    return f"{name[:begin]}{opening}{name[begin:end]}{closing}{name[end:]}"


@of_name(UNSEEN, "of no width")
def no_width(random: Random, name: str) -> str:
    """P, then what nobody sees, then andora."""
    sign = random.choice("\u200b\u200c\u200d\u2060\u00ad\ufeff")
    if random.random() < 0.5:
        return sign.join(name)
    at = random.randrange(1, len(name))
    return name[:at] + sign + name[at:]


@of_name(UNSEEN, "struck through or underlined")
def struck(random: Random, name: str) -> str:
    """P̶a̶n̶d̶o̶r̶a̶."""
    return "".join(c + random.choice(("\u0336", "\u0332", "\u0333", "\u0338")[:2]) for c in name)


@of_name(UNSEEN, "dots and hats on letters")
def marks(random: Random, name: str) -> str:
    """Pȧṅdȯra."""
    at = random.sample(range(len(name)), random.choice((1, 2, len(name))))
    return "".join(
        c + random.choice("\u0307\u0323\u0302\u0308\u0331\u030a") if i in at else c for i, c in enumerate(name)
    )


@of_name(UNSEEN, "rarer ones")
def rare(random: Random, name: str) -> str:
    """A filler, a selector or a sign of mathematics."""
    sign = random.choice("\ufe0e\ufe0f\u2061\u2062\u2063\u034f\u3164\u115f\uffa0\u180e\U000e0020\U000e0101")
    at = random.randrange(1, len(name))
    return name[:at] + sign + name[at:] if random.random() < 0.6 else sign.join(name)


@of_name(DIRECTION, "all of it, turned for the reader")
def overridden(random: Random, name: str) -> str:
    """Stored backwards, shown as it should be."""
    opening, closing = random.choice((("\u202e", "\u202c"), ("\u2067\u202e", "\u202c\u2069"), ("\u202e", "")))
    return f"{opening}{name[::-1]}{closing}" if closing else f"{opening}{name[::-1]}\u202c"


@of_name(DIRECTION, "a part of it", least=6)
def partly(random: Random, name: str) -> str:
    """The middle stored backwards."""
    begin = random.randrange(1, len(name) - 3)
    end = random.randrange(begin + 2, len(name))
    return f"{name[:begin]}\u202e{name[begin:end][::-1]}\u202c{name[end:]}"


@of_name(DIRECTION, "marks of direction within")
def marked(random: Random, name: str) -> str:
    """Marks that turn nothing."""
    at = random.randrange(1, len(name))
    return name[:at] + random.choice("\u200e\u200f\u2066\u2069\u061c") + name[at:]


@of_name(ESCAPED, "entities")
def entities(random: Random, name: str) -> str:
    """P&#97;ndora."""
    at = random.sample(range(len(name)), random.choice((1, 1, 2, len(name))))
    form = random.choice(("&#{};", "&#x{:X};", "&#{:04d};"))
    return "".join(form.format(ord(c)) if i in at else c for i, c in enumerate(name))


@of_name(ESCAPED, "soft breaks as entities")
def breaks(random: Random, name: str) -> str:
    """Pan&shy;dora."""
    at = random.randrange(2, len(name) - 1)
    return name[:at] + random.choice(("&shy;", "&zwj;", "&#8203;", "<wbr>")) + name[at:]
