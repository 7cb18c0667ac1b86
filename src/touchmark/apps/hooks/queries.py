"""Reading where organisations are told: for the worker, which acts for nobody."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from touchmark.apps.hooks import secrets
from touchmark.apps.hooks.models import Receiver


@dataclass(frozen=True, slots=True)
class Address:
    """Where an organisation hears, and what signs (never shown, never logged)."""

    url: str
    kept: str = field(repr=False)
    stopped: bool

    @property
    def secret(self) -> str:
        """
        What calls are signed with.

        :raises SealedElsewhere: if it was sealed under another key than those of this installation
        """
        return secrets.opened(self.kept)


def address_of(organisation: int) -> Address | None:
    """Give where an organisation is told; None where nothing is agreed any more."""
    found = Receiver.objects.filter(organisation=organisation).first()
    return Address(found.url, found.secret, found.stopped_at is not None) if found else None


def told_among(organisations: Iterable[int]) -> set[int]:
    """Give which of these organisations are told now."""
    found = Receiver.objects.filter(organisation__in=set(organisations), stopped_at=None)
    return set(found.values_list("organisation_id", flat=True))


def any_told() -> bool:
    """Whether any organisation is told at all."""
    return Receiver.objects.filter(stopped_at=None).exists()
