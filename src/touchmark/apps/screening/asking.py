"""Screening an offer before it is published: the same findings as the catalogue's, at once, and nothing is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import pyarrow as pa

from touchmark.apps.catalog import queries as catalog
from touchmark.apps.lately import Lately
from touchmark.apps.rules import queries as rules
from touchmark.apps.screening.actions import Row, Tools
from touchmark.apps.screening.looking import looks
from touchmark.apps.screening.together import Together
from touchmark.engine.screening.image.unreadable import UnreadableImage
from touchmark.engine.screening.rules.judge import by_rules
from touchmark.engine.screening.rules.rule import Rule
from touchmark.engine.screening.schemas import LISTINGS
from touchmark.engine.screening.screen import screen


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer in the columns of the contract, by name; ``images`` are the names of ``pictures``."""

    marketplace: str
    columns: Mapping[str, Any]
    pictures: Mapping[str, bytes]
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What is found in an offer, in the columns of the contract, and by what it was screened."""

    findings: Sequence[Row]
    assessment: Row
    snapshot_id: str
    model_version: str


def _screened(offers: Sequence[Offer]) -> list[Answer]:
    tools, written = _in_force(max(offer.at for offer in offers).date())
    rows = [_row(number, offer) for number, offer in enumerate(offers)]
    batch = pa.RecordBatch.from_arrays([_column(rows, field) for field in LISTINGS], schema=LISTINGS)
    sellers = catalog.sellers_named((offer.marketplace, str(offer.columns.get("seller_id") or "")) for offer in offers)
    pictures = {
        f"{number}/{name}": data for number, offer in enumerate(offers) for name, data in offer.pictures.items()
    }
    findings, assessments = screen(batch, Given(pictures), tools.snapshot, tools.model, sellers=sellers, looks=looks())
    assessed = by_rules(batch, sellers, findings, assessments, written) if written else assessments
    found: list[list[Row]] = [[] for _ in offers]
    for finding in findings.to_pylist() if len(findings) else ():
        found[finding["row"] - 1].append(_as_asked(finding))
    return [
        Answer(found[number], assessment, tools.snapshot.id, tools.model.version)
        for number, assessment in enumerate(assessed.to_pylist())
    ]


def _looked_up(on: date) -> tuple[Tools, tuple[Rule, ...]]:
    return Tools.in_force(datetime.combine(on, time.min, UTC)), rules.in_force().rules


_in_force = Lately(_looked_up)

#: Screen one offer; those that several threads ask for at the same time are screened together.
ask = Together(_screened)


def _row(number: int, offer: Offer) -> dict[str, Any]:
    """Write an offer as a row of a batch; its pictures go by names that no other offer has."""
    images = [f"{number}/{name}" for name in offer.pictures] or None
    own = {name: value for name, value in offer.columns.items() if name in LISTINGS.names}
    return {"listing_id": "", **own, "row": number + 1, "marketplace": offer.marketplace, "images": images}


def _column(rows: Sequence[Mapping[str, Any]], field: "pa.Field[Any]") -> Any:
    return pa.array([row.get(field.name) for row in rows], field.type)


def _as_asked(finding: Row) -> dict[str, Any]:
    image = finding["image"]
    return {**finding, "image": image.partition("/")[2] if image else None}


class Given:
    """The pictures that came with the offers."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        self._pictures = pictures

    def __call__(self, name: str, /) -> bytes:
        if name not in self._pictures:
            raise UnreadableImage("missing")
        return self._pictures[name]
