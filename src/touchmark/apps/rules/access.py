"""Who may see rules: those who decide by them and those who write them. No seller and no holder reads one."""

from django.db.models import QuerySet

from touchmark.apps.rules.models import RuleVersion
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role

SEE_ALL = (Role.REVIEWER, Role.POLICY_OWNER)


class NoSuchRule(TouchmarkError):
    """There is no such version of a rule, or none that this actor may see; which of the two is not said."""


def versions_for(actor: Actor) -> QuerySet[RuleVersion]:
    """Give the versions that the actor may see, by rule, the newest first."""
    versions = RuleVersion.objects.select_related("author", "proposed_by", "live_by").order_by("name", "-number")
    return versions if actor.has(*SEE_ALL) else versions.none()


def version_for(actor: Actor, name: str, number: int, *, lock: bool = False) -> RuleVersion:
    """
    Give one version; ``lock`` takes its row until the transaction ends.

    :raises NoSuchRule: if there is none that the actor may see
    """
    versions = versions_for(actor).filter(name=name, number=number)
    version = (versions.select_for_update(of=("self",)) if lock else versions).first()
    if version is None:
        raise NoSuchRule(f"There is no version {number} of a rule {name!r} that you can see.")
    return version
