"""Certified out-of-court bodies, as dated data: which of them somebody can turn to, in which language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.policy.load import UnusablePolicy

#: The regime under which bodies are certified (Digital Services Act, art. 21).
CERTIFIES = "eu"
#: What a body must say of itself.
NEEDED = ("id", "name", "country", "coordinator", "certified_from", "url", "source")


class NoSuchBody(TouchmarkError):
    """No certified body of this id is known."""


@dataclass(frozen=True, slots=True)
class Body:
    """
    A body, by whom and for how long it is certified, in which languages it works: none, where that is not known.

    ``marketplaces`` is False where its field is known to be another kind of platform; ``not_verified`` names what the
    source does not bear out.
    """

    id: str
    name: str
    country: str
    coordinator: str
    certified_from: date
    certified_until: date | None
    languages: tuple[str, ...]
    fields: tuple[str, ...]
    fee: str
    url: str
    source: str
    marketplaces: bool
    not_verified: tuple[str, ...]

    def certified_on(self, day: date) -> bool:
        """Whether it is certified on a day, as far as is known."""
        return self.certified_from <= day and (self.certified_until is None or day <= self.certified_until)

    def speaks(self, language: str) -> bool:
        """Whether it works in a language, or that is not known."""
        return not self.languages or language.partition("-")[0] in self.languages


@cache
def bodies() -> tuple[Body, ...]:
    """
    Give all bodies.

    :raises UnusablePolicy: if one lacks something, or two share an id
    """
    text = (resources.files("touchmark.engine.policy") / "bodies.toml").read_text(encoding="utf-8")
    found = tuple(body_of(row) for row in tomllib.loads(text)["body"])
    if len({one.id for one in found}) < len(found):
        raise UnusablePolicy("bodies.toml: two bodies share an id.")
    return found


def body_of(row: Mapping[str, Any]) -> Body:
    """
    Build one body from the file.

    :raises UnusablePolicy: if it lacks something
    """
    if missing := [name for name in NEEDED if not row.get(name)]:
        raise UnusablePolicy(f"bodies.toml: {row.get('id')} lacks: {', '.join(missing)}.")
    return Body(
        **{name: row[name] for name in NEEDED},
        certified_until=row.get("certified_until"),
        languages=tuple(row.get("languages", ())),
        fields=tuple(row.get("fields", ())),
        fee=row.get("fee", ""),
        marketplaces=row.get("marketplaces", True),
        not_verified=tuple(row.get("not_verified", ())),
    )


def body(id: str) -> Body:
    """
    Give a body by its id, certified or not any more.

    :raises NoSuchBody: if none has it
    """
    found = next((one for one in bodies() if one.id == id), None)
    if found is None:
        raise NoSuchBody(f"No out-of-court body '{id}' is known here.")
    return found


def fit_for(language: str, *, on: date) -> tuple[Body, ...]:
    """
    Give the bodies to which somebody who reads a language can turn on a day, those whose field it is first.

    One whose language or field is not known is among them: nobody is kept from a body by what we do not know.
    """
    found = [one for one in bodies() if one.certified_on(on) and one.speaks(language)]
    return tuple(sorted(found, key=lambda one: (not one.marketplaces, not one.languages, one.name)))


def named_bodies(regime: str, language: str, *, on: date) -> dict[str, Any]:
    """Give, as letters hold it, whom a reader of a language can turn to; nothing where the law certifies none."""
    if regime != CERTIFIES:
        return {}
    told = [
        {
            "name": one.name,
            "country": one.country,
            "url": one.url,
            "languages": list(one.languages),
            "marketplaces": one.marketplaces,
        }
        for one in fit_for(language, on=on)
    ]
    return {"bodies": told}
