"""Letters to organisations."""

from django.db import models

from touchmark.apps.accounts.models import Organisation, User

#: What letters are about that nobody calls so: a standing by its shop's key, the trader, the webhook, the desk.
CODES = ("standing:", "trader", "webhook", "desk")


class Letter(models.Model):
    """
    What was told to an organisation.

    ``kind`` names the letter's template and ``content`` holds its values, so that it can be shown in the reader's
    language; ``about`` is the reference (of a decision, notice or appeal) that the letter belongs to. What it concerns
    decides which of the organisation's people read it whose roles are limited; of an older letter it is not known.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="letters")
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="letters")
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=40)
    content = models.JSONField()
    delivered_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    marketplace = models.CharField(max_length=60, null=True)  # the slug; blank: none; null: not known
    brand = models.BigIntegerField(null=True)  # the key
    territories = models.JSONField(default=list)  # empty: everywhere

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-delivered_at"], name="letters_newest_first"),
            models.Index(  # every page says how many there are
                fields=["organisation", "person"], condition=models.Q(read_at=None), name="letters_not_read"
            ),
        ]

    @property
    def named(self) -> str:
        """What people call what it is about: a reference, a number; blank where it is only a code of ours."""
        return "" if self.about.startswith(CODES) else self.about
