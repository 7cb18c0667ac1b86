"""Reading the register across tenants, for screening and for the desk."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import pyarrow as pa
from django.db.models import Q, QuerySet

from touchmark.apps.registry.models import Brand, Register, Right
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.right import RightStatus
from touchmark.engine.screening.compare.permission import permission
from touchmark.engine.screening.schemas import RIGHTS

#: So many rights are held as rows at a time while they are put into columns.
CHUNK = 5_000

#: The columns of ``schemas.RIGHTS`` after ``row``, as the database names them.
_COLUMNS = {
    "right_id": "right_id",
    "kind": "kind",
    "text": "text",
    "aliases": "aliases",
    "owner": "owner",
    "brand": "brand__name",
    "office": "office",
    "number": "number",
    "nice_classes": "nice_classes",
    "territories": "territories",
    "status": "office_status",
    "registered_on": "registered_on",
    "expires_on": "expires_on",
    "image": "image_id",
    "reference_price": "reference_price",
    "currency": "currency",
    "authorised_sellers": "authorised_sellers",
}


def same_as(right: Right) -> list[int]:
    """
    Give the other verified entries of the very same right: of its kind, under its number at its office.

    One that was never verified proves nothing, so it is the same as no other.
    """
    if right.status != RightStatus.VERIFIED or not right.number or not right.office:
        return []
    same = Right.objects.filter(number=right.number, office=right.office, kind=right.kind, status=RightStatus.VERIFIED)
    return list(same.exclude(pk=right.pk).values_list("pk", flat=True))


def verified_table(*, since: int = 0, only: Collection[str] | None = None) -> pa.Table:
    """
    Give the verified rights in the columns of ``schemas.RIGHTS``, by ``right_id``; ``image`` is the picture's digest.

    A right whose only claim is a picture that never came is left out: there is nothing to look for.

    :param since: an edition of the register; only what came into its verified part, or changed there, after it
    :param only: the ``right_id`` of those that are wanted, if not all
    """
    verified = Right.objects.filter(status=RightStatus.VERIFIED, edition__gte=since and since + 1)
    claimed = verified.exclude(Q(text="") & Q(image=None))
    if only is not None:
        claimed = claimed.filter(right_id__in=only)
    rows = claimed.order_by("right_id").values_list(*_COLUMNS.values()).iterator(chunk_size=CHUNK)
    return pa.Table.from_batches(_batches(rows), RIGHTS)


def changed_since(edition: int) -> frozenset[str]:
    """Give the ``right_id`` of every right that came into the verified part of the register, or left it, since then."""
    return frozenset(Right.objects.filter(edition__gt=edition).values_list("right_id", flat=True))


def count_since(edition: int) -> int:
    """Give how many rights came into the verified part of the register, or left it, since then."""
    return Right.objects.filter(edition__gt=edition).count()


def turning_between(since: date, until: date) -> frozenset[str]:
    """Give the ``right_id`` of every verified right that begins or ends between two days, the later one included."""
    begun = Q(registered_on__gt=since, registered_on__lte=until)
    ended = Q(expires_on__gte=since, expires_on__lt=until)
    turning = Right.objects.filter(begun | ended, status=RightStatus.VERIFIED)
    return frozenset(turning.values_list("right_id", flat=True))


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[pa.RecordBatch]:
    first = 1
    while chunk := list(islice(rows, CHUNK)):
        columns = {name: list(values) for name, values in zip(_COLUMNS, zip(*chunk, strict=True), strict=True)}
        columns["row"] = list(range(first, first + len(chunk)))
        columns["reference_price"] = [None if price is None else float(price) for price in columns["reference_price"]]
        yield pa.record_batch([_array(columns[field.name], field) for field in RIGHTS], schema=RIGHTS)
        first += len(chunk)


def _array(values: list[Any], field: "pa.Field[Any]") -> "pa.Array[Any]":
    """Blank texts and empty lists are missing values."""
    array: pa.Array[Any] = pa.array([None if value == "" or value == [] else value for value in values], field.type)
    return array


def version() -> str:
    """Give the name of the state that the verified part of the register is in: the same name, the same rights."""
    return str(edition())


@dataclass(frozen=True, slots=True)
class Edition:
    """A state of the verified part of the register; its text is its name."""

    number: int = 0
    state: str = ""

    def __str__(self) -> str:
        return f"{self.number}-{self.state}" if self.state else "0"


def edition() -> Edition:
    """Give the state that the verified part of the register is in."""
    found = Register.objects.filter(pk=1).first()
    return Edition(found.edition, found.state) if found else Edition()


def waiting() -> QuerySet[Right]:
    """Give the rights that wait for a reviewer, the longest-waiting first."""
    submitted = Right.objects.filter(status=RightStatus.SUBMITTED)
    return submitted.select_related("holder", "brand", "image").order_by("submitted_at", "id")


def like(right: Right) -> QuerySet[Right]:
    """Give the other rights that say the same words, or have the same number at the same office, whoever holds them."""
    same = Q(text__iexact=right.text) if right.text else Q(pk=None)
    if right.number:
        same |= Q(number__iexact=right.number, office__iexact=right.office)
    others = Right.objects.filter(same).exclude(pk=right.pk).exclude(status=RightStatus.WITHDRAWN)
    return others.select_related("holder", "brand", "image").order_by("submitted_at", "id")


def can_ground(right: Right, *, seller: tuple[str, str]) -> bool:
    """
    Whether a decision without a person can rest on a right as it is now.

    It must be verified, and name neither the marketplace's seller nor, whatever its conditions, permit it anything.
    """
    marketplace, seller_id = seller
    named = {permission(entry).seller for entry in right.authorised_sellers}
    return right.status == RightStatus.VERIFIED and named.isdisjoint({seller_id, f"{marketplace}:{seller_id}"})


def names_of(right_ids: Collection[str]) -> dict[str, str]:
    """Give what people call each of these rights, by the name that it has in files: its text, or its owner's."""
    found = Right.objects.filter(right_id__in=list(right_ids)).values_list("right_id", "text", "owner")
    return {right_id: text or owner or right_id for right_id, text, owner in found}


class NoSuchBrand(TouchmarkError):
    """No brand of that name is in the register, or several are and the holder was not said."""


def brand_named(name: str, *, holder: str = "") -> Brand:
    """
    Give the brand of a name, of a holder where several have one. The caller may see the register.

    :raises NoSuchBrand: if there is none, or more than one
    """
    found = list(brands().filter(name=name, **({"holder__name": holder} if holder else {}))[:2])
    if len(found) != 1:
        raise NoSuchBrand(f"{len(found) or 'No'} brand{'s' * (len(found) != 1)} of this name; say the holder too.")
    return found[0]


def brands() -> QuerySet[Brand]:
    """Give every brand, by name. The caller may see the register."""
    return Brand.objects.select_related("holder").order_by("name", "id")
