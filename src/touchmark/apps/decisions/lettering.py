"""
What letters a name is written with: no shopper tells a Cyrillic а from a Latin one, nor does whoever gets the letter.

Told are the letters of a word that come from an alphabet, or a fancy form of one, in which the mark is not written.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: By the first word of a character's name in Unicode, which is its alphabet, or what was made of it.
ALPHABETS: dict[str, Promise] = {
    "CYRILLIC": gettext_lazy("Cyrillic"),
    "GREEK": gettext_lazy("Greek"),
    "ARMENIAN": gettext_lazy("Armenian"),
    "CHEROKEE": gettext_lazy("Cherokee"),
    "COPTIC": gettext_lazy("Coptic"),
    "LISU": gettext_lazy("Lisu"),
    "HEBREW": gettext_lazy("Hebrew"),
    "ARABIC": gettext_lazy("Arabic"),
    "FULLWIDTH": gettext_lazy("wide"),
    "MATHEMATICAL": gettext_lazy("mathematical"),
    "CIRCLED": gettext_lazy("circled"),
    "SQUARED": gettext_lazy("squared"),
}
#: More letters than these are not listed one by one.
MOST = 6


def told(surface: str, mark: str) -> str:
    """Say which letters of a surface are of another alphabet than the mark; blank where none is, or none is known."""
    own = {_alphabet(letter) for letter in mark}
    foreign = [
        letter for letter in dict.fromkeys(surface) if (kind := _alphabet(letter)) in ALPHABETS and kind not in own
    ]
    by_kind = groupby(sorted(foreign, key=_alphabet), key=_alphabet)
    return " ".join(_sentence(kind, list(letters)) for kind, letters in by_kind)


def _sentence(kind: str, letters: list[str]) -> str:
    shown = " ".join(letters[:MOST]) + (" …" if len(letters) > MOST else "")
    return _("The letters {letters} are {alphabet} ones.").format(letters=shown, alphabet=ALPHABETS[kind])


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
