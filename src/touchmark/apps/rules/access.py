"""
Who may see rules: those who decide by them and those who write them, in a role that reaches everywhere, as rules do. No
seller and no holder reads one.
"""

from collections.abc import Collection

from django.db.models import QuerySet

from touchmark.apps.accounts.models import User
from touchmark.apps.rows import one_of
from touchmark.apps.rules.models import RuleVersion
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role

SEE_ALL = (Role.REVIEWER, Role.POLICY_OWNER)


class NoSuchRule(TouchmarkError):
    """There is no such version of a rule, or none that this actor may see; which of the two is not said."""


def versions_for(actor: Actor) -> QuerySet[RuleVersion]:
    """Give the versions that the actor may see, by rule, the newest first."""
    versions = RuleVersion.objects.select_related("author", "proposed_by", "live_by").order_by("name", "-number")
    return versions if actor.reaches_everywhere(*SEE_ALL) else versions.none()


def version_for(actor: Actor, name: str, number: int, *, lock: bool = False) -> RuleVersion:
    """
    Give one version; ``lock`` takes its row until the transaction ends.

    :raises NoSuchRule: if there is none that the actor may see
    """
    return one_of(
        versions_for(actor).filter(name=name, number=number),
        NoSuchRule(f"There is no version {number} of a rule {name!r} that you can see."),
        lock=lock,
    )


def names_of(actor: Actor, people: Collection[int | None]) -> dict[int | None, str]:
    """Give the names of those who did something to rules, by key, to those who see rules."""
    if not actor.reaches_everywhere(*SEE_ALL):
        return {}
    return dict(User.objects.filter(pk__in=[key for key in people if key]).values_list("pk", "name"))
