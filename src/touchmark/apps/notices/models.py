"""Notices, and the listings that each of them names."""

from django.db import models

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.blobs.models import Blob
from touchmark.apps.catalog.addresses import key_of
from touchmark.apps.catalog.models import Listing
from touchmark.apps.mandates.models import Mandate
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.notices.standing import JUDGED, LANES
from touchmark.apps.notices.targets import Target
from touchmark.apps.registry.models import Right
from touchmark.engine.lifecycle.filing import FilingStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus


class Notice(models.Model):
    """
    What a holder sent at once: one right, why, and the listings that it names, each an item with a life of its own.

    ``particulars`` holds what was declared, signed and given besides, by the names that the regimes use; ``shared``
    what of its contact the notifier lets the sellers see. ``lane`` is where its notifier stood when it was sent. Who
    files for the holder by a ``mandate`` is its ``agent``. One that is a draft names no items yet: see ``Draft``.
    """

    ref = models.CharField(max_length=20, unique=True)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="notices")
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # none: a guest
    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="notices")
    reason = models.CharField(max_length=30, choices=NoticeReason.choices, blank=True)
    statement = models.TextField()
    good_faith = models.BooleanField()  # the declaration that the notice is accurate and complete
    particulars = models.JSONField(default=dict)
    shared = models.JSONField(default=list)
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in FilingStatus])
    request_key = models.UUIDField(unique=True)  # the same form sent twice is one notice
    agent = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )  # files for the holder
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="notices")  # by which it may
    lane = models.CharField(max_length=10, default="normal", choices=[(lane, lane) for lane in LANES])
    tells_of_danger = models.BooleanField(default=False)  # ``particulars`` say how the goods can injure somebody
    filed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agent=None, mandate=None) | models.Q(agent__isnull=False, mandate__isnull=False),
                name="an_agent_files_by_a_mandate",
            ),
        ]
        db_table = "notices_filed"  # indexes of the items still bear the names that the default would take
        indexes = [
            models.Index(fields=["holder", "-filed_at", "-id"], name="notices_of_a_holder"),
            models.Index(
                fields=["filed_at"], condition=models.Q(tells_of_danger=True), name="notices_that_tell_of_a_danger"
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class Guest(models.Model):
    """
    Who sent a notice without an account, and when they confirmed their address.

    ``sent_from`` is a keyed hash of where from: so that a flood is seen, and nobody's address is kept.
    """

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, primary_key=True, related_name="guest")
    name = models.CharField(max_length=200)
    email = models.EmailField(db_index=True)
    language = models.CharField(max_length=10)
    sent_from = models.CharField(max_length=64, db_index=True)
    confirmed_at = models.DateTimeField(null=True)


class NoticeItem(models.Model):
    """
    One listing that a notice names, under the ``regime`` that holds for it: decided and answered by itself.

    ``right``, ``holder``, ``agent`` and ``filed_at`` are the notice's own, kept here too for what is found by them.
    ``looked_at`` is when the listing was screened for it, ``evident`` the rule by which something is proposed, if
    anything is. One under a right that is judged on that listing already is ``joined_to`` what waits, and follows it.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField(default=1)
    ref = models.CharField(max_length=20, unique=True)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    right = models.ForeignKey(Right, on_delete=models.PROTECT, related_name="+")
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="notice_items")
    regime = models.CharField(max_length=30, default="platform")
    territories = models.JSONField(default=list)  # where the right reaches the listing
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in ItemStatus])
    outcome_text = models.TextField(blank=True)  # what the holder was told of the decision
    filed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    joined_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="joined")
    target = models.CharField(max_length=10, choices=Target.choices, default=Target.LISTING)  # what is objected to
    picture = models.TextField(blank=True, default="")  # the address of the one picture or video of the listing, if so
    looked_at = models.DateTimeField(null=True)
    evident = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["right", "listing"],
                condition=models.Q(status__in=("waiting", *JUDGED)),
                name="one_open_notice_per_right_and_listing",
            ),
            models.UniqueConstraint(fields=["notice", "number"], name="items_of_a_notice_are_numbered"),
        ]
        indexes = [
            models.Index(fields=["filed_at"], condition=models.Q(status__in=JUDGED), name="notices_that_wait"),
            models.Index(
                fields=["filed_at", "id"],
                condition=models.Q(status="received", looked_at=None),
                name="notices_to_be_looked_at",
            ),
            models.Index(
                fields=["settled_at"],
                condition=models.Q(regime="cn", settled_at__isnull=False),
                name="notices_to_be_published",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def picture_shown(self) -> str:
        """The digest of the picture that is objected to; blank where it is the whole listing, or is not here."""
        if not self.picture:
            return ""
        found = self.listing.images.filter(url_key=key_of(self.picture), problem="").values_list("blob_id", flat=True)
        return found.first() or ""

    @property
    def reason(self) -> str:
        """Why the listing is objected to, as the notice says."""
        return self.notice.reason

    @property
    def statement(self) -> str:
        """What the notice says."""
        return self.notice.statement


class Draft(models.Model):
    """
    What a notice that is not sent yet names: ``listed`` as it was given, looked up anew each time it is shown.

    ``refused`` are the rows of the last file that could not be read, ``source`` that file's name.
    """

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, primary_key=True, related_name="draft")
    listed = models.JSONField(default=list)
    refused = models.JSONField(default=list)
    source = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()


class Evidence(models.Model):
    """
    A file that a notice rests on: ``kind`` is the element of the law that it gives, ``name`` what it was called.

    What is shown of it are its pages: of a picture, the picture itself.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="evidence")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "blob", "kind"], name="a_file_is_evidence_of_a_thing_once")
        ]
        ordering = ["added_at", "id"]

    @property
    def first_page(self) -> str:
        """The digest of the picture that stands for it in a list."""
        return next((page.blob_id for page in self.pages.all()), "")


class EvidencePage(models.Model):
    """A page of a file, as the picture that is shown of it."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="pages")
    place = models.PositiveSmallIntegerField()
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evidence", "place"], name="pages_of_evidence_are_numbered")]
        ordering = ["place"]


class NoticeTemplate(models.Model):
    """Words that a holder uses again: the reason, the statement and the particulars of notices of one kind of right."""

    holder = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="notice_templates")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=30)
    reason = models.CharField(max_length=30, blank=True)
    statement = models.TextField(blank=True)
    particulars = models.JSONField(default=dict)
    shared = models.JSONField(default=list)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "name"], name="a_holder_names_a_template_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
