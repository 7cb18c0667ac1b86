"""
Which local name of a brand is its own name by sound (Беринг of Bering), and not a translation (Дом of House).

Consonants of other scripts are told by the names that Unicode gives to their letters, and compared roughly: enough to
keep translations out, and no transliteration that an engine could be tuned to.
"""

import re
import unicodedata
from difflib import SequenceMatcher

#: Consonants that are written for one another, by sound.
_LIKE = str.maketrans("cqxgjzvwpydhr", "kkskssbbbitl" + "l")
LEAST_LIKE = 0.72
SCRIPT_OF = {
    "CYRILLIC": "ru",
    "KATAKANA": "ja",
    "HIRAGANA": "ja",
    "HANGUL": "ko",
    "ARABIC": "ar",
    "THAI": "th",
    "HEBREW": "he",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "DEVANAGARI": "hi",
    "GREEK": "el",
}
_FIRST = "g gg n d dd r m b bb s ss - j jj c k t p h"
_LAST = " g gg gs n nj nh d l lg lm lb ls lt lp lh m b bs s ss - j c k t p h"
_HANGUL = (tuple(_FIRST.split()), tuple(_LAST.split(" ")))


def by_sound(latin: str, others: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Those names that sound like the Latin one, each with the key of its script."""
    wanted = _skeleton(latin)
    kept = {}
    for name in others.values():
        script = _script(name)
        if script and len(wanted) >= 3 and SequenceMatcher(None, wanted, _skeleton(name)).ratio() >= LEAST_LIKE:
            kept.setdefault(script, name)
    return tuple(sorted(kept.items()))


def _script(name: str) -> str | None:
    """The script of a name that is in one script only."""
    scripts = {unicodedata.name(c, "?").split()[0] for c in name if c.isalpha() and c != "ー"}
    if scripts == {"HIRAGANA", "KATAKANA"}:
        return None
    return SCRIPT_OF.get(scripts.pop()) if len(scripts) == 1 else None


def _skeleton(name: str) -> str:
    """The consonants of a name, like ones alike, none twice in a row."""
    read = "".join(map(_read, unicodedata.normalize("NFC", name.lower())))
    read = read.replace("ph", "f").replace("th", "t").replace("sh", "s").replace("ch", "k").replace("ts", "s")
    consonants = re.sub(r"[^bcdfgjklmnpqrstvxz]", "", read).translate(_LIKE)
    return re.sub(r"(.)\1+", r"\1", consonants)


def _read(char: str) -> str:
    if 0xAC00 <= ord(char) <= 0xD7A3:
        place = ord(char) - 0xAC00
        return _HANGUL[0][place // 588] + "a" + _HANGUL[1][place % 28]
    if char.isascii():
        return char
    words = unicodedata.name(char, "").replace(" CHARACTER", " LETTER").split(" LETTER ")
    sound = words[-1].lower().replace("small ", "").replace("capital ", "") if len(words) > 1 else ""
    return _shortened(words[0], sound)


def _shortened(script: str, sound: str) -> str:
    """What a letter is read as: its name in kana, the first consonant of its name elsewhere."""
    if script in ("KATAKANA", "HIRAGANA"):
        return sound
    if sound.startswith(("short i", "hard sign", "soft sign", "vowel", "sara", "mai")):
        return ""
    return re.sub(r"^(sh|kh|ts|zh|[^aeiou]?).*$", r"\1", sound.replace("soft ", ""))
