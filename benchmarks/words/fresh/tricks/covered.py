"""Letters covered: by stars and other signs, within and at the end, by an emoji."""

from random import Random

from benchmarks.words.fresh.tricks.way import by_table, of_name, within

MASKED = "masked letters"
EMOJI = "emoji in or for letters"

_COVERS = "-_.·•°xX#~^+=◦▪"


@of_name(MASKED, "a star for a vowel")
def vowel(random: Random, name: str) -> str | None:
    """Ch*pard."""
    at = within(name, vowels=True)
    return _covered(name, [random.choice(at)], "*") if at else None


@of_name(MASKED, "a star for a consonant")
def consonant(random: Random, name: str) -> str | None:
    """Pan*ora."""
    at = [i for i in within(name) if i not in within(name, vowels=True)]
    return _covered(name, [random.choice(at)], "*") if at else None


@of_name(MASKED, "stars for two letters, as many", least=6)
def two(random: Random, name: str) -> str | None:
    """Mich**in."""
    at = within(name)
    begin = random.choice([i for i in at if i + 1 in at] or [0])
    return _covered(name, [begin, begin + 1], "*") if begin else None


@of_name(MASKED, "every vowel within, of two to four", least=7)
def all_vowels(random: Random, name: str) -> str | None:
    """L*ngch*mp."""
    at = within(name, vowels=True)
    return _covered(name, at, random.choice("**-_.")) if 2 <= len(at) <= 4 and len(at) * 2 <= len(name) else None


@of_name(MASKED, "another sign for one letter")
def sign(random: Random, name: str) -> str | None:
    """T_ssot, Tis•ot."""
    at = within(name)
    return _covered(name, [random.choice(at)], random.choice(_COVERS)) if at else None


@of_name(MASKED, "one or two letters under three stars or one", least=7)
def uneven(random: Random, name: str) -> str | None:
    """Long***amp, Cas*ol."""
    at = within(name)
    long = random.choice((1, 2))
    begin = random.choice([i for i in at if i + long - 1 in at] or [0])
    mask = "***" if random.random() < 0.5 else "*" if long == 2 else "**"
    return name[:begin] + mask + name[begin + long :] if begin else None


@of_name(MASKED, "the last one or two", least=6)
def end(random: Random, name: str) -> str | None:
    """Chopa**."""
    count = random.choice((1, 2)) if len(name) > 6 else 1
    return name[:-count] + random.choice("**~-") * count if name[-count:].isalpha() else None


@of_name(MASKED, "a letter in each word", least=9)
def each_word(random: Random, name: str) -> str | None:
    """Chr*stian Loub*utin."""
    words = name.split()
    made = [vowel(random, word) for word in words]
    return " ".join(map(str, made)) if len(words) > 1 and all(made) else None


@of_name(MASKED, "an emoji over a letter")
def emoji(random: Random, name: str) -> str | None:
    """Sei🙈o."""
    at = within(name)
    return _covered(name, [random.choice(at)], random.choice("🙈🤫⬛❌⭐🌹🔥💕")) if at else None


def _covered(name: str, places: list[int], cover: str) -> str:
    return "".join(cover if i in places else c for i, c in enumerate(name))


_FOR_LETTERS = {
    "a": "🅰️",
    "b": "🅱️",
    "o": "⭕",
    "p": "🅿️",
    "i": "ℹ️",
    "m": "Ⓜ️",
    "s": "💲",
    "x": "✖️",
    "t": "✝️",
    "v": "✅",
    "c": "☪️",
}


@of_name(EMOJI, "emoji shaped like letters")
def shaped(random: Random, name: str) -> str | None:
    """P🅰️nd⭕ra."""
    return by_table(random, name, _FOR_LETTERS, random.choice((1, 1, 2)))


@of_name(EMOJI, "a heart or a ball for o", least=5)
def ball(random: Random, name: str) -> str | None:
    """C❤️lumbia."""
    at = [i for i in within(name) if name[i].lower() == "o"]
    return _covered(name, at[:1], random.choice(("❤️", "⚽", "🌕", "🔴", "🍩", "🟠"))) if at else None


@of_name(EMOJI, "one between all letters")
def between(random: Random, name: str) -> str:
    """S✨e✨i✨k✨o."""
    return random.choice("✨💫🖤👑🌟🦋").join(name.replace(" ", ""))


@of_name(EMOJI, "one between two halves", least=6)
def halves(random: Random, name: str) -> str:
    """Pan🌟dora."""
    at = random.randrange(2, len(name) - 2)
    return f"{name[:at].rstrip()}{random.choice('🌟💖👠⌚👜🐅')}{name[at:].lstrip()}"


@of_name(EMOJI, "flags of letters")
def flags(random: Random, name: str) -> str | None:
    """🇸 🇪 🇮 🇰 🇴, the blank keeping them from making flags."""
    made = [chr(0x1F1E6 + ord(c) - 97) for c in name.lower() if "a" <= c <= "z"]
    return random.choice((" ", "\u200b")).join(made)
