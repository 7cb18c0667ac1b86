"""What an authority writes of its own order; where its mails go is not changed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from touchmark.web.orders.forms import WhatForm

if TYPE_CHECKING:
    from touchmark.apps.orders.models import Order
    from touchmark.apps.orders.said import Said


class OwnForm(WhatForm):
    """What an authority's order says, in the words of whoever gave it."""

    contact = None  # type: ignore[assignment]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["locations"].help_text = _(
            "The address or the number of each listing, one in a line; where you ask for information, the seller's "
            "number."
        )
        self.fields["territories"].help_text = _("Countries by two letters. Blank: your own country.")
        self.fields["product"].help_text = _("Only where you order to act against listings.")
        self.fields["asked"].help_text = _("Only where you ask for information. What is not ticked is not given.")
        self.fields["legal_basis"].help_text = _("The provision on which you rest it.")
        self.fields["language"].label = _("Language of the order")
        self.fields["language"].help_text = ""
        self.fields["untold_until"].help_text = _("Blank: the seller is told at once.")
        self.fields["letter"].label = _("The order as a file")

    def said_of(self, order: Order) -> Said:
        """Give what was written, with what stays as it was."""
        names = ("kind", "authority", "country", "reference", "received_at", "contact")
        return self.said(**{name: getattr(order, name) for name in names})
