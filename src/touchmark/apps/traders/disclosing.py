"""What is held of a trader, field by field, for an authority that may ask. The caller puts each look on record."""

from collections.abc import Iterable

from touchmark.apps.traders.models import TraderDetails

#: What can be given, by the names of the columns.
GIVEN = ("name", "address", "phone", "email", "payment_account", "register", "register_number", "tax_number")


def held_of(organisation_id: int | None, names: Iterable[str]) -> dict[str, str]:
    """Give those of these fields that are held of a trader, and no other; a blank one is left out."""
    wanted = [name for name in names if name in GIVEN]
    row = TraderDetails.objects.filter(organisation=organisation_id).values(*wanted).first() if wanted else None
    return {name: value for name, value in (row or {}).items() if value}
