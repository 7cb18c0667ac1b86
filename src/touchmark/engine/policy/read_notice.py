"""
Finds the elements of a notice under 17 U.S.C. 512(c)(3) in plain text, such as a letter, and says what it did not find.

It reads what is written and proves nothing: whether a signature is somebody's, or a statement true, is not in the text.
Blanks that a model letter leaves to be filled in are no content. Pure.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import Element
from touchmark.engine.terms import RightKind

#: So much of a text is read: letters are shorter, and what is not is no letter.
LONGEST = 50_000
LONGEST_VALUE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """An element as the text gives it, and where: half-open, in code points."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The elements that were found by their names, every address of a listing, and what was not found."""

    found: Mapping[str, Found]
    addresses: tuple[str, ...]
    missing: tuple[Element, ...]


def read(text: str) -> Reading:
    """Read a text as a notice of infringed copyright in the United States."""
    text = text[:LONGEST]
    addresses = tuple(dict.fromkeys(match["url"].rstrip(".,;:!?)]}>'\"”") for match in _URL.finditer(text)))
    found = dict(_elements(text))
    asked = regimes()["us"].document("notice", kind=RightKind.COPYRIGHT)
    return Reading(found, addresses, tuple(element for element in asked if element.name not in found))


def _elements(text: str) -> Iterator[tuple[str, Found]]:
    for name, find in _FINDERS.items():
        if found := find(text):
            yield name, found
    for name, statement in _STATEMENTS.items():
        if found := _said(text, statement):
            yield name, found


_URL = re.compile(r"(?P<url>https?://[^\s<>\"]{4,2000})", re.IGNORECASE)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?![\w-])")
_PHONE = re.compile(
    r"(?:(?:tele)?phone|tel|mobile|cell)\b[^\d+(\n]{0,20}(?P<one>\+?[\d(][\d ().\-/]{5,24}\d)"
    r"|(?P<two>\+\d[\d ().\-/]{6,24}\d)",
    re.IGNORECASE,
)
#: No two parts of it take the same signs, one behind the other: a page of blanks would be tried in every way to cut it.
_LABELLED = r"^[ \t>*\-\d.)(]*(?:{words})[ \t]*(?:\([^)\n]*\)[ \t]*)?[:：][ \t]*(?P<value>[^\n]+)"
_NAME = re.compile(_LABELLED.format(words=r"(?:your |my |full |printed |contact )?name"), re.IGNORECASE | re.MULTILINE)
_I_AM = re.compile(r"\b(?:[Mm]y name is|I,|I am)[ \t]+(?P<value>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3})\b")
_SIGNED = re.compile(
    _LABELLED.format(words=r"(?:electronic |digital |physical )?signature|signed(?: by)?")
    + r"|^[ \t]*/s/[ \t]*(?P<slashed>[^\n]+)",
    re.IGNORECASE | re.MULTILINE,
)
_CLOSED = re.compile(
    r"^[ \t]*(?:sincerely|(?:kind |best |with )*regards|yours (?:faithfully|sincerely|truly)|respectfully)"
    r"[^\n]{0,20}\n+"
    r"[ \t]*(?P<value>[^\W\d_][^\n@:]{2,60})$",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(
    _LABELLED.format(words=r"(?:my |postal |mailing |street |physical )?address")
    + r"(?P<more>(?:\n[ \t]*[^\n:@]{3,80}$){0,4})",
    re.IGNORECASE | re.MULTILINE,
)
_STREET = re.compile(
    r"^[ \t]*(?P<value>\d{1,6}[\w \t.,'’/#-]{3,80}\b(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd"
    r"|way|court|ct|place|pl|square|sq)\b[^\n]*(?:\n[ \t]*[^\n:@]{3,80}$){0,2})",
    re.IGNORECASE | re.MULTILINE,
)
_WORK = re.compile(
    _LABELLED.format(
        words=r"(?:the |my |our )?(?:copyrighted |original |infringed ){0,4}works?(?: infringed| copied)?"
        r"|title of the work"
    ),
    re.IGNORECASE | re.MULTILINE,
)
_WORK_SAID = re.compile(
    r"\b(?P<value>(?:copyrighted |original ){0,4}(?:work|photo(?:graph)?|image|picture|illustration|painting|drawing"
    r"|text|book|video|film|song|software|design|pattern)s? (?:is |are )?(?:entitled|titled|called|known as|named)"
    r" [^.\n]{2,300})",
    re.IGNORECASE,
)

#: What a model letter leaves to be filled in.
_BLANK = re.compile(
    r"^[\W_]*$|^[\[<{(].*[\]>})]$|_{3,}|\.{4,}|\b(?:insert|your|xxx+)\b.{0,20}\b(?:here|name|address|signature)\b",
    re.IGNORECASE,
)


def _valued(text: str, *patterns: re.Pattern[str]) -> Found | None:
    """Give the first value that is more than a blank to be filled in."""
    for pattern in patterns:
        for match in pattern.finditer(text):
            name = next(group for group in ("value", "slashed", "one", "two") if match.groupdict().get(group))
            value = match[name] + (match.groupdict().get("more") or "")
            kept = " ".join(value.split())[:LONGEST_VALUE]
            if kept and not _BLANK.search(kept):
                return Found(kept, match.start(name), match.start(name) + len(value))
    return None


def _whole(text: str, pattern: re.Pattern[str]) -> Found | None:
    match = pattern.search(text)
    return Found(match.group(), match.start(), match.end()) if match else None


def _signature(text: str) -> Found | None:
    return _valued(text, _SIGNED, _CLOSED)


_FINDERS: Mapping[str, Callable[[str], Found | None]] = {
    "signature": _signature,
    "work": lambda text: _valued(text, _WORK, _WORK_SAID),
    "locations": lambda text: _whole(text, _URL),
    "name": lambda text: _valued(text, _NAME, _I_AM) or _signature(text),
    "address": lambda text: _valued(text, _ADDRESS, _STREET),
    "phone": lambda text: _valued(text, _PHONE),
    "email": lambda text: _whole(text, _EMAIL),
}

#: What a sentence must say, each, to make a statement of the law; and what unmakes it.
_STATEMENTS = {
    "statement_good_faith": (
        r"good[ -]faith",
        r"belie(?:f|ve)",
        r"(?:not|un|never|without)[ -]?(?:been )?(?:authori[sz]|permi|licen)",
    ),
    "statement_accuracy": (
        r"information|notice|notification|statements?",
        r"\b(?:is|are|be)\b[^.]{0,40}(?:accurate|correct)",
    ),
    "statement_authority": (r"penalt(?:y|ies) of perjury", r"authori[sz]ed|authority|\bowner\b", r"own|behalf|act"),
}
_DENIED = re.compile(
    r"\b(?:do not|don't|don’t|cannot|can't|no longer|refuse to)\b[^.]{0,40}\b(?:have|believe|state|swear|declare)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:\n(?!\s*\n)[^.!?\n]+)*[.!?]?")


def _said(text: str, must: tuple[str, ...]) -> Found | None:
    for match in _SENTENCE.finditer(text):
        said = " ".join(match.group().split())
        if all(re.search(word, said, re.IGNORECASE) for word in must) and not _DENIED.search(said):
            return Found(said[:LONGEST_VALUE], match.start(), match.end())
    return None
