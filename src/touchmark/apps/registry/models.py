"""Brands, rights, and in which state the register is."""

from django.db import models

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.blobs.models import Blob
from touchmark.engine.lifecycle.right import RightStatus
from touchmark.engine.terms import OfficeStatus, RightKind


class Register(models.Model):
    """
    Its one row says in which state the verified part of the register is. Whoever writes here takes the row first, so
    that writers take turns and two files that name the same new right or holder do not make it twice.

    ``state`` is drawn at random at each change, so that a database put back to an earlier day never meets again the
    name of a state that it did not have.
    """

    edition = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_register")]


class Brand(models.Model):
    """A name under which a holder sells."""

    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="brands")
    name = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "name"], name="a_holder_names_a_brand_once")]

    def __str__(self) -> str:
        return self.name


class Right(models.Model):
    """
    One registered or claimed right; columns are those of the contract.

    ``right_id`` is the name it has in files, ``ref`` the one that addresses, letters and the record use. ``status`` is
    its life in our register, ``office_status`` where it stands at the office. ``holder`` is the organisation whose
    people see and keep it, ``owner`` the registrant as the office writes it. ``edition`` is that of the register in
    which the right last came into its verified part or left it.
    """

    ref = models.CharField(max_length=20, unique=True)
    right_id = models.CharField(max_length=200, unique=True)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rights")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, null=True, related_name="rights")
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in RightKind])
    text = models.TextField(blank=True)
    aliases = models.JSONField(default=list)
    owner = models.TextField(blank=True)
    office = models.TextField(blank=True)
    number = models.TextField(blank=True)
    nice_classes = models.JSONField(default=list)
    territories = models.JSONField(default=list)
    office_status = models.CharField(
        max_length=20,
        choices=[(status.value, status.value) for status in OfficeStatus],
        default=OfficeStatus.REGISTERED.value,
    )
    registered_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    image = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+")
    image_name = models.TextField(blank=True)
    reference_price = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    currency = models.TextField(blank=True)
    authorised_sellers = models.JSONField(default=list)
    claimed = models.JSONField(default=dict)  # of a work that no office registered: what its holder says, by ``CLAIM``
    extra = models.JSONField(default=dict)  # columns of the file that we do not know
    digest = models.CharField(max_length=64)  # of the content above: an import that changes nothing writes nothing
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in RightStatus])
    status_reason = models.TextField(blank=True)
    submitted_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    edition = models.PositiveBigIntegerField(default=0, db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["status", "submitted_at"], name="rights_that_wait_first"),
            models.Index(fields=["number"], condition=~models.Q(number=""), name="rights_by_number"),
        ]

    def __str__(self) -> str:
        return self.text or self.image_name or self.right_id
