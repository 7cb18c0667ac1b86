"""Taking personal data out of texts: names that are known, addresses by e-mail, telephone and account numbers."""

import re
from collections.abc import Iterable

GONE = "[redacted]"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"\bhttps?://\S+", re.IGNORECASE)
#: Telephones with their country, and ten digits or more with what people write between them: telephones, accounts,
#: identity cards. Numbers of laws, of registered rights and days are shorter.
_PLUS = re.compile(r"(?<!\w)\+\d(?:[ ()-]{0,2}\d){6,}")
_NUMBER = re.compile(r"(?<![\w-])\d(?:[ ()-]{0,2}\d){9,}[Xx]?(?![\w-])")
#: Words of a name that say nothing about a person.
_SHORTEST = 3


def redacted(text: str, *, names: Iterable[str] = ()) -> str:
    """
    Give a text without the names of people and organisations that are passed, and without what looks like a way to
    reach or to identify somebody.

    :param names: as they are known; each is taken out whole, whatever its case and spacing
    """
    for found in (_URL, _EMAIL, _PLUS, _NUMBER):
        text = found.sub(GONE, text)
    for name in sorted({" ".join(name.split()) for name in names}, key=len, reverse=True):
        if len(name) >= _SHORTEST:
            text = _of(name).sub(GONE, text)
    return text


def _of(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in name.split())
    edge = r"\b" if name.isascii() else ""
    return re.compile(f"{edge}{words}{edge}", re.IGNORECASE)
