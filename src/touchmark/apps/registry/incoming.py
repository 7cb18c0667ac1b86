"""Rows of a file as contents of rights: what the columns say, with the pictures that came along."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from touchmark.apps.blobs.named import Named, keep_named
from touchmark.apps.registry.content import LARGEST_PRICE, RightContent
from touchmark.apps.registry.models import Right
from touchmark.engine.screening.image.unreadable import ImageBytes
from touchmark.engine.screening.intake import within_calendar
from touchmark.engine.screening.problems import Problem
from touchmark.engine.terms import OfficeStatus, RightKind

LONGEST_ID = 200
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One row: the name of its right, what it says, and what was wrong with it. A refused row says nothing."""

    row: int
    right_id: str
    content: RightContent | None
    problems: tuple[Problem, ...] = ()

    def holding_on_to(self, stored: Right) -> "Incoming":
        """The same, with the picture that stands here under the same name, where its bytes did not come this time."""
        content = self.content
        if content is None or content.image or not content.image_name or content.image_name != stored.image_name:
            return self
        return replace(self, content=replace(content, image=stored.image_id))


def read(rows: pa.RecordBatch, extra: pa.RecordBatch | None, images: ImageBytes, *, at: datetime) -> list[Incoming]:
    """Read a batch in the columns of ``schemas.RIGHTS``, keep its pictures, and say what was wrong, row by row."""
    rows, outside = within_calendar(rows)
    found = rows.to_pylist()
    unknown = extra.to_pylist() if extra is not None else [{}] * len(found)
    pictures = keep_named((row["image"] for row in found if row["image"]), images, at=at)
    return [_read(row, more, pictures, outside) for row, more in zip(found, unknown, strict=True)]


def _read(row: Row, extra: Row, pictures: Mapping[str, Named], outside: list[Problem]) -> Incoming:
    refusals = tuple(_refusals(row))
    if refusals:
        return Incoming(row["row"], row["right_id"], None, refusals)
    problems = [problem for problem in outside if problem.row == row["row"]]
    picture = pictures.get(row["image"] or "")
    if picture is not None and picture.refusal is not None:
        problems.append(Problem(row["row"], "image", row["image"], picture.refusal.sentence, picture.refusal.remedy))
    content = RightContent(
        kind=RightKind(row["kind"]),
        text=_text(row["text"]),
        aliases=tuple(row["aliases"] or ()),
        owner=_text(row["owner"]),
        brand=_text(row["brand"])[:300],
        office=_text(row["office"]),
        number=_text(row["number"]),
        nice_classes=tuple(row["nice_classes"] or ()),
        territories=tuple(row["territories"] or ()),
        office_status=_office_status(row, problems),
        registered_on=row["registered_on"],
        expires_on=row["expires_on"],
        image=picture.blob.sha256 if picture and picture.blob else None,
        image_name=row["image"] or "",
        reference_price=_price(row, problems),
        currency=_text(row["currency"]),
        authorised_sellers=tuple(row["authorised_sellers"] or ()),
        extra={name: value for name, value in extra.items() if value is not None},
    )
    return Incoming(row["row"], row["right_id"], content, tuple(problems))


def _refusals(row: Row) -> Iterator[Problem]:
    if len(row["right_id"]) > LONGEST_ID:
        reason = f"longer than {LONGEST_ID} characters"
        yield Problem(row["row"], "right_id", row["right_id"], reason, "give it a shorter name", "refused")
    if row["kind"] not in list(RightKind):
        remedy = f"write one of {', '.join(RightKind)}"
        yield Problem(row["row"], "kind", row["kind"], "not a known word", remedy, "refused")
    if not _text(row["text"]) and not row["image"]:
        yield Problem(row["row"], "text", None, "neither text nor image", "give a text or an image", "refused")


def _text(value: str | None) -> str:
    return (value or "").strip()


def _office_status(row: Row, problems: list[Problem]) -> OfficeStatus:
    """A word that we do not know is no registration: the right is kept and not screened for until it is corrected."""
    word = _text(row["status"]).lower()
    if not word or word in list(OfficeStatus):
        return OfficeStatus(word or OfficeStatus.REGISTERED)
    reason = "not a known word; the right is taken as applied for, and not screened for"
    problems.append(Problem(row["row"], "status", row["status"], reason, f"write one of {', '.join(OfficeStatus)}"))
    return OfficeStatus.APPLIED


def _price(row: Row, problems: list[Problem]) -> Decimal | None:
    if row["reference_price"] is None:
        return None
    price = Decimal(str(row["reference_price"]))
    if price < LARGEST_PRICE:
        return price.quantize(Decimal("0.0001"))
    problems.append(
        Problem(row["row"], "reference_price", str(price), "more than any price", "write the price of one piece")
    )
    return None
