"""Orders, and what each of them names."""

from django.db import models
from django.db.models import F, Q

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.blobs.models import Blob
from touchmark.apps.catalog.models import Listing, Marketplace, Seller
from touchmark.apps.decisions.models import Decision
from touchmark.apps.orders.kinds import OrderKind, Outcome, Product
from touchmark.engine.lifecycle.order import OrderStatus

#: Where an order still says something: the same one that comes again is this one.
STANDS = (OrderStatus.RECEIVED, OrderStatus.INCOMPLETE, OrderStatus.CARRIED_OUT, OrderStatus.ANSWERED)


class Order(models.Model):
    """
    An order of one authority to one marketplace.

    ``issuer`` is the authority's organisation, once the order was found to be real and its mails go to one of it.
    ``elements`` are its texts by the names of the law's data; ``asked`` what an order to give information asks for.
    ``verified_…`` says who found it to be real, and how; an order to give information takes a second person,
    ``confirmed_by``. Until ``untold_until`` its sellers learn nothing of it; ``told_at`` is when those of an order to
    give information did. ``same_key`` is by what the same order is known that comes again.
    """

    ref = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=OrderKind.choices)
    marketplace = models.ForeignKey(Marketplace, on_delete=models.PROTECT, related_name="orders")
    country = models.CharField(max_length=2)
    authority = models.CharField(max_length=200)
    reference = models.CharField(max_length=200)
    same_key = models.CharField(max_length=64)
    contact = models.EmailField(blank=True)
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="orders")
    received_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # empty: a program
    letter = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+")  # as it was sent
    elements = models.JSONField(default=dict)
    territories = models.JSONField(default=list)
    product = models.CharField(
        max_length=10, choices=Product.choices, blank=True, default=""
    )  # what it says of the goods
    asked = models.JSONField(default=list)
    untold_until = models.DateTimeField(null=True)
    untold_why = models.TextField(blank=True)  # by which word of the authority that was changed
    told_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    verified_how = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in OrderStatus])
    asked_for_more = models.TextField(blank=True)
    carried_out_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)  # what the authority was told last
    answered_at = models.DateTimeField(null=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["marketplace", "same_key"],
                condition=Q(status__in=[status.value for status in STANDS]),
                name="an_order_is_received_once",
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None, verified_by=None)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="somebody_verified_an_order",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("verified_by")),
                name="a_second_person_confirms_an_order",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "received_at"], name="orders_that_wait"),
            models.Index(
                fields=["untold_until"],
                condition=Q(kind="give", told_at=None, carried_out_at__isnull=False),
                name="orders_to_be_told",
            ),
        ]
        ordering = ["-received_at", "-id"]

    def __str__(self) -> str:
        return self.ref

    @property
    def verified(self) -> bool:
        """Whether as many people found it to be real as its kind asks for."""
        return self.verified_at is not None and (self.kind == OrderKind.ACT or self.confirmed_at is not None)

    @property
    def applies_in(self) -> list[str]:
        """Where it has us act: an authority that does not say means its own country."""
        return list(self.territories) or [self.country]

    @property
    def called(self) -> str:
        """How letters name it: the authority, its country, its own reference."""
        return f"{self.authority} ({self.country}), {self.reference}"


class OrderItem(models.Model):
    """A listing or a seller as the order names it, in its place; which one it is here, and what became of it."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()
    said = models.CharField(max_length=2_000)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, null=True, related_name="+")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "place"], name="one_item_per_place_of_an_order")]
        ordering = ["place"]


class LetterPage(models.Model):
    """A page of the letter by which an order came, as a picture."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="pages")
    place = models.PositiveSmallIntegerField()
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "place"], name="one_page_per_place_of_an_order")]
        ordering = ["place"]
