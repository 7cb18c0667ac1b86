"""Marketplaces, sellers, listings, listing snapshots."""

from zoneinfo import ZoneInfo

from django.db import models

from touchmark.apps.accounts.models import Organisation
from touchmark.apps.blobs.models import Blob
from touchmark.apps.catalog.kinds import Gone, ListingKind
from touchmark.engine.policy.rules import Place
from touchmark.engine.policy.which_law import Size
from touchmark.integrations.oscar.shop import SCHEME


class Marketplace(models.Model):
    """
    One shop system that this installation watches over.

    ``regime`` names the law whose clocks and forms its decisions follow (a file in the engine's policy data);
    ``territories`` are the countries it sells to. What a notice on a listing needs, and by when things are due, is
    the law of each listing by itself: that follows from where the company is ``established`` and where it sells.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    regime = models.CharField(max_length=30, default="platform")
    territories = models.JSONField(default=list)
    established = models.CharField(max_length=2, blank=True)  # the country of the company behind it
    size = models.CharField(
        max_length=12, choices=[(size.value, size.value) for size in Size], default=Size.LARGE.value
    )
    calendar = models.CharField(max_length=30, default="weekdays")  # by which its business days are counted
    zone = models.CharField(max_length=60, default="UTC")
    webhook_url = models.URLField(max_length=500, blank=True)
    webhook_secret = models.TextField(blank=True)  # sealed, word by word: ``webhook_secrets.py``
    pull_every = models.PositiveIntegerField(null=True)  # minutes; empty where the worker pulls nothing by itself
    next_pull_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        """Where it counts its days."""
        return Place(self.calendar, ZoneInfo(self.zone))

    @property
    def wholly(self) -> bool:
        """Whether a listing is on sale everywhere there, and found, or not at all: so a shop on django-oscar has it."""
        return self.webhook_url.startswith(SCHEME)


class Pull(models.Model):
    """Once that what a shop sells was taken in from it. One without an end is under way, or its process was killed."""

    marketplace = models.ForeignKey(Marketplace, on_delete=models.PROTECT, related_name="pulls")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["marketplace", "-began_at"], name="pulls_of_a_marketplace")]


class Seller(models.Model):
    """
    A shop on a marketplace; ``organisation`` is set once its people sign in here.

    ``digest`` is empty while only listings have named it.
    """

    marketplace = models.ForeignKey(Marketplace, on_delete=models.PROTECT, related_name="sellers")
    seller_id = models.CharField(max_length=200)
    name = models.TextField(blank=True)
    trader = models.TextField(blank=True)
    country = models.TextField(blank=True)
    opened_on = models.DateField(null=True)
    standing = models.TextField(blank=True)
    identity_tokens = models.JSONField(default=list)
    extra = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="shops")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["marketplace", "seller_id"], name="a_seller_is_known_once_per_marketplace")
        ]

    def __str__(self) -> str:
        return self.name or self.seller_id


class Listing(models.Model):
    """
    An offer as the marketplace last sent it; columns are those of the contract. By its ``kind`` it is another page that
    a marketplace shows: the front of a shop, a video or a picture that stands by itself.

    ``digest`` is of what the offer says, its pictures included; how many there are, were sold and were looked at
    changes by the hour and is no part of it. ``changed_at`` is when the digest last changed. One that has a
    ``pending_since`` waits to be published until the marketplace is told that it may.
    """

    marketplace = models.ForeignKey(Marketplace, on_delete=models.PROTECT, related_name="listings")
    listing_id = models.CharField(max_length=200)
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, null=True, related_name="listings")
    kind = models.CharField(max_length=10, choices=ListingKind.choices, default=ListingKind.OFFER)
    title = models.TextField()
    description = models.TextField(blank=True)
    brand = models.TextField(blank=True)
    category = models.TextField(blank=True)
    price = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    currency = models.TextField(blank=True)
    condition = models.TextField(blank=True)
    quantity = models.BigIntegerField(null=True)
    gtin = models.TextField(blank=True)
    url = models.TextField(blank=True)
    url_key = models.CharField(max_length=64, blank=True, db_index=True)  # of the address: ``addresses.key_of``
    attributes = models.TextField(blank=True)  # JSON as the marketplace sent it: findings point into this very text
    offered_in = models.JSONField(default=list)
    ships_from = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    sold_count = models.BigIntegerField(null=True)
    first_sold_at = models.DateTimeField(null=True)
    views = models.BigIntegerField(null=True)
    unreadable = models.JSONField(default=list)  # optional columns whose value could not be read
    extra = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    pending_since = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)  # since when its marketplace does not have it any more
    gone_because = models.CharField(max_length=20, choices=Gone.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["marketplace", "listing_id"], name="a_listing_is_known_once_per_marketplace"
            )
        ]
        indexes = [
            models.Index(
                fields=["pending_since"],
                condition=models.Q(pending_since__isnull=False),
                name="listings_to_be_published",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def sold_in(self) -> list[str]:
        """Where it is offered: as it says, or else where its marketplace sells. Empty: everywhere."""
        return list(self.offered_in or self.marketplace.territories)


class ListingImage(models.Model):
    """
    A picture of a listing, in the order the shopper sees them.

    ``problem`` is the code of what keeps it from being looked at; ``blob`` is empty while its bytes are not here.
    ``url_key`` is of its address, where it is called by one: so a picture is found by its link.
    """

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="images")
    place = models.PositiveSmallIntegerField()
    name = models.TextField()
    url_key = models.CharField(max_length=64, blank=True, default="")  # of its address: ``addresses.key_of``
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+")
    problem = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "place"], name="one_picture_per_place")]
        indexes = [models.Index(fields=["url_key"], condition=~models.Q(url_key=""), name="pictures_by_their_address")]
        ordering = ["place"]


class ListingVideo(models.Model):
    """A video that a listing shows, by its address: it is found by its link, and nobody here looks at its frames."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="videos")
    place = models.PositiveSmallIntegerField()
    name = models.TextField()
    url_key = models.CharField(max_length=64, db_index=True)  # of its address: ``addresses.key_of``

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "place"], name="one_video_per_place")]
        ordering = ["place"]


class ListingSnapshot(models.Model):
    """A listing frozen as it was: its columns, its pictures by digest, its seller and price at that moment."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="snapshots")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "digest"], name="a_listing_is_frozen_once_as_it_is")]


class SnapshotImage(models.Model):
    """A picture of a frozen listing: kept, and seen by whoever may see the listing, after the listing has others."""

    snapshot = models.ForeignKey(ListingSnapshot, on_delete=models.CASCADE, related_name="images")
    place = models.PositiveSmallIntegerField()
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "place"], name="one_frozen_picture_per_place")]
        ordering = ["place"]
