"""Rows of a file as contents of listings: what the columns say, with the pictures that came along."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from touchmark.apps.blobs.named import Named, keep_named
from touchmark.apps.catalog.addresses import key_of
from touchmark.apps.catalog.content import LARGEST_PRICE, STEP, ListingContent, Picture
from touchmark.apps.catalog.kinds import ListingKind
from touchmark.apps.catalog.marketplaces import Marketplaces
from touchmark.apps.catalog.models import Marketplace
from touchmark.engine.screening.image.unreadable import ImageBytes
from touchmark.engine.screening.intake import within_calendar
from touchmark.engine.screening.problems import Problem

LONGEST_ID = 200
#: What the column ``publication`` says of a listing that is not to be published before somebody has looked.
PENDING = "pending"
#: Columns beside the contract's that say something here; the rest is kept aside.
OURS = frozenset({"publication", "kind", "videos"})
#: So many videos of a listing are kept.
MOST_VIDEOS = 20
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One row that is to be taken in: which listing of which marketplace, and what it says."""

    row: int
    marketplace: Marketplace
    listing_id: str
    content: ListingContent
    pending: bool = False  # it is not published yet: the marketplace waits for a word

    @property
    def key(self) -> tuple[int, str]:
        """What a listing is known by."""
        return self.marketplace.pk, self.listing_id

    @property
    def lacks_pictures(self) -> bool:
        """Whether the bytes of some picture did not come."""
        return any(picture.sha256 is None for picture in self.content.pictures)

    def holding_on_to(self, stored: Mapping[str, Picture]) -> "Incoming":
        """The same, with the pictures that stand here under their names, where the bytes did not come this time."""
        pictures = tuple(
            stored.get(picture.name, picture) if picture.sha256 is None else picture
            for picture in self.content.pictures
        )
        return replace(self, content=replace(self.content, pictures=pictures))


def read(
    rows: pa.RecordBatch,
    extra: pa.RecordBatch | None,
    marketplaces: Marketplaces,
    images: ImageBytes,
    *,
    at: datetime,
) -> tuple[list[Incoming], list[Problem]]:
    """Read a batch in the columns of ``schemas.LISTINGS``, keep its pictures, and say what was wrong, row by row."""
    rows, problems = within_calendar(rows)
    unheld = _by_row(problems)
    found = rows.to_pylist()
    unknown: Sequence[Row] = extra.to_pylist() if extra is not None else [{}] * len(found)
    meant = [(row, more, marketplaces.of(row["marketplace"])) for row, more in zip(found, unknown, strict=True)]
    problems += [problem for row, _, market in meant for problem in _refusals(row, market, marketplaces)]
    out = {problem.row for problem in problems if problem.severity == "refused"}
    kept = [(row, more, market) for row, more, market in meant if market is not None and row["row"] not in out]
    pictures = keep_named((name for row, _, _ in kept for name in row["images"] or ()), images, at=at)
    incoming = []
    for row, more, market in kept:
        pending = more.get("publication") == PENDING
        content, warnings = _content(row, more, pictures, unheld.get(row["row"], ()))
        incoming.append(Incoming(row["row"], market, row["listing_id"], content, pending))
        problems += warnings
    return incoming, problems


def _by_row(problems: Iterable[Problem]) -> dict[int, list[Problem]]:
    found: dict[int, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.row, []).append(problem)
    return found


def _refusals(row: Row, market: Marketplace | None, marketplaces: Marketplaces) -> Iterable[Problem]:
    if market is None:
        yield marketplaces.unknown(row)
    if len(row["listing_id"]) > LONGEST_ID:
        reason = f"longer than {LONGEST_ID} characters"
        yield Problem(row["row"], "listing_id", row["listing_id"][:LONGEST_ID], reason, "give a shorter one", "refused")


def _content(
    row: Row, more: Row, pictures: Mapping[str, Named], unheld: Sequence[Problem]
) -> tuple[ListingContent, list[Problem]]:
    warnings: list[Problem] = []
    price, seller_id = _price(row, warnings), _seller_id(row, warnings)
    kind, videos = _kind(row, more, warnings), _videos(row, more, warnings)
    unreadable = {*(row["unreadable"] or ()), *(problem.column for problem in (*unheld, *warnings))}
    content = ListingContent(
        title=row["title"],
        seller_id=seller_id,
        description=row["description"] or "",
        brand=row["brand"] or "",
        category=row["category"] or "",
        price=price,
        currency=row["currency"] or "",
        condition=row["condition"] or "",
        gtin=row["gtin"] or "",
        url=row["url"] or "",
        attributes=row["attributes"] or "",
        offered_in=tuple(row["offered_in"] or ()),
        ships_from=row["ships_from"] or "",
        published_at=row["published_at"],
        first_sold_at=row["first_sold_at"],
        unreadable=tuple(sorted(unreadable)),
        pictures=tuple(_picture(name, pictures[name]) for name in row["images"] or ()),
        kind=kind,
        videos=videos,
        quantity=row["quantity"],
        sold_count=row["sold_count"],
        views=row["views"],
        extra={name: value for name, value in more.items() if name not in OURS and value is not None},
    )
    return content, [*warnings, *_picture_warnings(row, pictures)]


def _price(row: Row, warnings: list[Problem]) -> Decimal | None:
    if row["price"] is None:
        return None
    price = Decimal(str(row["price"]))
    if price < LARGEST_PRICE:
        return price.quantize(STEP)
    remedy = "write the price of one piece"
    warnings.append(Problem(row["row"], "price", str(row["price"]), "more than any price", remedy))
    return None


def _seller_id(row: Row, warnings: list[Problem]) -> str:
    seller_id: str = row["seller_id"] or ""
    if len(seller_id) <= LONGEST_ID:
        return seller_id
    reason = f"longer than {LONGEST_ID} characters"
    warnings.append(Problem(row["row"], "seller_id", seller_id[:LONGEST_ID], reason, "give a shorter one"))
    return ""


def _kind(row: Row, more: Row, warnings: list[Problem]) -> str:
    """Read what the page is; a word that is not known leaves it an offer."""
    said = str(more.get("kind") or ListingKind.OFFER).strip().lower()
    if said in ListingKind:
        return said
    remedy = f"write one of: {', '.join(ListingKind.values)}"
    warnings.append(Problem(row["row"], "kind", said[:LONGEST_ID], "no kind of page that we know", remedy))
    return ListingKind.OFFER


def _videos(row: Row, more: Row, warnings: list[Problem]) -> tuple[str, ...]:
    """Read the addresses of videos, each once: parted by ``|``, or a list."""
    said = _parted(str(more.get("videos") or "").strip())
    wrong = next((name for name in said if not key_of(name)), None)
    if wrong is not None or len(said) > MOST_VIDEOS:
        remedy = f"give web addresses, {MOST_VIDEOS} at most"
        warnings.append(Problem(row["row"], "videos", (wrong or "")[:LONGEST_ID], "not a list of addresses", remedy))
    return tuple(name for name in said if key_of(name))[:MOST_VIDEOS]


def _parted(text: str) -> list[str]:
    try:
        read = json.loads(text) if text.startswith("[") else text.split("|")
    except (ValueError, RecursionError):
        return [text]
    return list(dict.fromkeys(name for one in read if (name := str(one).strip())))


def _picture(name: str, named: Named) -> Picture:
    return Picture(
        name,
        named.blob.sha256 if named.blob else None,
        named.refusal.code if named.refusal else "",
    )


def _picture_warnings(row: Row, pictures: Mapping[str, Named]) -> Iterable[Problem]:
    for name in dict.fromkeys(row["images"] or ()):
        refusal = pictures[name].refusal
        if refusal is not None:
            yield Problem(row["row"], "images", name, refusal.sentence, refusal.remedy)
