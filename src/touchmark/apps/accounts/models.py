"""People, organisations, memberships, invitations; and what marks a database as a demo."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from touchmark.engine.terms import NOBODYS, Reach, Role

#: Roles that somebody can be given.
GIVEN_ROLES = [role for role in Role if role not in NOBODYS]


class People(BaseUserManager["User"]):
    """Finds a person by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Give the person with this address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in. What they may do hangs on their memberships, never on the person."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=50, default="UTC")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = People()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_address"),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationKind(models.TextChoices):
    """What an organisation is in this installation."""

    PLATFORM = "platform", _("platform")
    HOLDER = "holder", _("rights holder")
    SELLER = "seller", _("seller")
    AUTHORITY = "authority", _("authority")
    GUEST = "guest", _("somebody without an account")


class Organisation(models.Model):
    """Whoever people act for: the platform itself, a rights holder, a seller, an authority."""

    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(max_length=300)
    country = models.CharField(max_length=2, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values), name="an_organisation_is_of_a_known_kind"
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind=OrganisationKind.PLATFORM), name="an_installation_has_one_platform"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """
    Some of an organisation's people, and how far their roles reach; a blank list limits nothing.

    ``marketplaces`` are slugs, ``territories`` codes, ``brands`` keys of the registry room.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)
    marketplaces = models.JSONField(default=list)
    territories = models.JSONField(default=list)
    brands = models.JSONField(default=list)
    made_at = models.DateTimeField()
    dissolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(dissolved_at=None),
                name="an_organisation_names_a_team_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reach(self) -> Reach:
        """How far the roles of the team's people reach."""
        return Reach(frozenset(self.marketplaces), frozenset(self.territories), frozenset(self.brands))


class Membership(models.Model):
    """A person's role in an organisation, from and until when; in a team, it reaches as far as the team's roles do."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in GIVEN_ROLES])
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ended_at=None),
                name="a_role_is_held_once_at_a_time",
            ),
            models.CheckConstraint(condition=Q(role__in=GIVEN_ROLES), name="a_membership_has_a_role_that_people_hold"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("since")),
                name="a_membership_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation"], condition=Q(ended_at=None), name="members_of_an_organisation"),
        ]


class Invitation(models.Model):
    """An address asked to join an organisation in a role. Only a digest of the link's secret is kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in GIVEN_ROLES])
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    secret_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=GIVEN_ROLES), name="an_invitation_is_to_a_role_people_hold"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="an_invitation_is_accepted_or_withdrawn",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitations_that_wait",
            ),
        ]


class SignUp(models.Model):
    """
    An address that asked for an account as a holder. Only a digest of the link's secret is kept; ``sent_from`` is a
    keyed hash of where from. Of a known address there is a row too, whose link nobody has: nothing tells them apart.
    """

    email = models.EmailField(db_index=True)
    language = models.CharField(max_length=10)
    sent_from = models.CharField(max_length=64, db_index=True)
    secret_digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    terms = models.CharField(max_length=20, blank=True)  # which edition was accepted
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None, organisation=None) | Q(used_at__isnull=False, organisation__isnull=False),
                name="a_sign_up_that_was_used_made_an_organisation",
            ),
        ]


class SignOn(models.Model):
    """
    The identity provider that an organisation's people sign in through: one at a time.

    ``key`` stands in our addresses for it; ``secret`` is sealed (``sealed.py``).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    issuer = models.CharField(max_length=500)
    client_id = models.CharField(max_length=300)
    secret = models.TextField(blank=True)
    set_up_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ended_at=None), name="an_organisation_has_one_single_sign_on"
            ),
            models.UniqueConstraint(fields=["key"], condition=Q(ended_at=None), name="a_sign_on_has_its_address"),
        ]


class Identity(models.Model):
    """Whom an identity provider means by a subject: kept at the first time, and from then on the subject decides."""

    sign_on = models.ForeignKey(SignOn, on_delete=models.CASCADE, related_name="identities")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identities")
    subject = models.CharField(max_length=255)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sign_on", "subject"], name="a_subject_is_one_person"),
            models.UniqueConstraint(fields=["sign_on", "user"], name="a_person_is_one_subject_of_a_provider"),
        ]


class DemoSeal(models.Model):
    """Its one row marks a database as a demo, made by the demo command in an empty database and by nothing else."""

    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="a_database_is_sealed_as_a_demo_once"),
        ]


class DemoLink(models.Model):
    """A link that signs in once, in a demo database, on loopback. Only a digest of its secret is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    secret_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
