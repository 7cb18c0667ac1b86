"""What somebody changes about themselves: name, language, time zone, and their way of signing in."""

from datetime import datetime

from django.db import transaction

from touchmark.apps.accounts import mail
from touchmark.apps.accounts.actions import one_line
from touchmark.apps.accounts.models import Invitation, SignUp, User
from touchmark.apps.audit import actions as audit
from touchmark.apps.outbox import actions as outbox
from touchmark.engine.terms import Actor


@transaction.atomic
def change_profile(*, user: User, name: str, language: str, time_zone: str, at: datetime) -> User:
    """Change one's own name, language and time zone. The record says that it happened, not from what to what."""
    user.name, user.language, user.time_zone = one_line(name), language, time_zone
    user.save(update_fields=["name", "language", "time_zone"])
    actor = Actor(user_id=user.pk, organisation_id=None, roles=frozenset())
    audit.append(stream=f"person:{user.pk}", kind="profile_changed", actor=actor, at=at, payload={})
    return user


def change_language(*, user: User, language: str) -> None:
    """Change in which language somebody reads: it concerns nobody else, so the record does not hold it."""
    user.language = language
    user.save(update_fields=["language"])


@transaction.atomic
def note_security(*, user: User, what: str, at: datetime) -> None:
    """
    Put on record that a person's way of signing in changed, and tell them by e-mail: it may not have been them.

    ``what`` is one of ``mail.SECURITY``.
    """
    actor = Actor(user_id=user.pk, organisation_id=None, roles=frozenset())
    audit.append(stream=f"person:{user.pk}", kind=what, actor=actor, at=at, payload={})
    outbox.put(kind="email", to=user.email, payload=mail.security(user, what, at), at=at)


@transaction.atomic
def send_password_link(*, user: User, link: str, at: datetime) -> None:
    """Send somebody the link to choose a new password, which they or somebody else asked for."""
    outbox.put(kind="email", to=user.email, payload=mail.password_link(user, link), at=at)


@transaction.atomic
def forget(*, user: User) -> None:
    """Take away whatever says who a person is; the row stays, since what they did refers to it."""
    Invitation.objects.filter(email__iexact=user.email).update(email="")
    SignUp.objects.filter(email__iexact=user.email).update(email="", sent_from="")
    user.identities.all().delete()
    user.email, user.name = f"erased-{user.pk}@erased.invalid", "–"
    user.language, user.time_zone = "en", "UTC"
    user.is_active, user.last_login = False, None
    user.set_unusable_password()
    user.save()
