"""What traders say of themselves."""

from django.db import models

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.blobs.models import Blob
from touchmark.engine.lifecycle.trader import TraderStatus
from touchmark.engine.policy import traders
from touchmark.engine.policy.traders import Duty


class TraderDetails(models.Model):
    """
    The details of one trader, whatever shops it runs, under the first duty that asked for them.

    ``due_at`` is when the seller, or, of details that were ``given``, an operator must have acted.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="trader_details")
    duty_id = models.CharField(max_length=30)
    name = models.CharField(max_length=300, blank=True)
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=50, blank=True)
    email = models.EmailField(blank=True)
    payment_account = models.CharField(max_length=100, blank=True)
    register = models.CharField(max_length=200, blank=True)
    register_number = models.CharField(max_length=100, blank=True)
    tax_number = models.CharField(max_length=100, blank=True)
    id_document = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+")
    self_certified = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=[(status.value, status.value) for status in TraderStatus])
    due_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    returned_why = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="trader_details_by_due"),
            models.Index(fields=["status", "given_at"], name="trader_details_that_wait"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.organisation)

    @property
    def duty(self) -> Duty:
        """The law that asks for them."""
        return traders.named(self.duty_id)

    @property
    def account_shown(self) -> str:
        """The payment account as pages show it: the last four characters."""
        return f"…{self.payment_account[-4:]}" if self.payment_account else ""
