"""One's own data: everything that is kept about a person, as a file; and its erasure, which leaves the record whole."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from touchmark.apps.accounts import oneself, queries
from touchmark.apps.audit import actions as audit
from touchmark.apps.audit import queries as record
from touchmark.apps.clients import access as clients
from touchmark.apps.clients import actions as tokens
from touchmark.apps.desk import filters
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor
from touchmark.flows.leave import end_sessions

if TYPE_CHECKING:
    from touchmark.apps.accounts.models import User


class StillActs(TouchmarkError):
    """Somebody who acts for an organisation leaves it first: what they hold has to go to somebody."""


def exported(*, user: User, at: datetime) -> bytes:
    """Give everything that is kept about a person as JSON in a zip. Secrets (passwords, keys) are no data of theirs."""
    own = Actor(user_id=user.pk, organisation_id=None, roles=frozenset())
    data = {
        "written_at": at,
        "person": {
            name: getattr(user, name) for name in ("email", "name", "language", "time_zone", "joined_at", "last_login")
        },
        "roles": [
            {"organisation": one.organisation.name, "role": one.role, "since": one.since, "until": one.ended_at}
            for one in queries.memberships_of(user.pk)
        ],
        "invitations": [
            {"organisation": one.organisation.name, "role": one.role, "at": one.invited_at}
            for one in queries.invitations_to(user.email)
        ],
        "accounts_asked_for": [
            {"at": one.asked_at, "terms": one.terms, "used_at": one.used_at} for one in queries.sign_ups_of(user.email)
        ],
        "sessions": [
            {"network_address": one.ip, "browser": one.user_agent, "since": one.created_at}
            for one in UserSession.objects.filter(user=user).order_by("created_at")
        ],
        "second_factors": [
            {"kind": one.type, "since": one.created_at} for one in Authenticator.objects.filter(user=user)
        ],
        "single_sign_on": [
            {"issuer": one.sign_on.issuer, "subject": one.subject, "since": one.since}
            for one in queries.identities_of(user.pk)
        ],
        "tokens": [
            {"name": one.name, "scopes": one.scopes, "since": one.issued_at, "ended": one.ended_at}
            for one in clients.clients_for(own)
        ],
        "filters": [
            {"name": one.name, "asked": one.asked, "shared": one.shared_with_id is not None, "since": one.made_at}
            for one in filters.kept_by(own)
        ],
        "record": [
            {"stream": one.stream, "what": one.kind, "at": one.at, "as": one.roles} for one in record.done_by(user.pk)
        ],
    }
    return _zipped(data)


def _zipped(data: dict[str, Any]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=2, default=str))
    return packed.getvalue()


@transaction.atomic
def erase(*, user: User, at: datetime) -> None:
    """
    Forget a person: name, address, password, second factors, sessions, tokens, filters, invitations.

    The record names people by key and salted digests only, so it stands as it was and still verifies; what the key
    stood for is gone.

    :raises StillActs: if they act for an organisation
    """
    if queries.organisations_of(user.pk):
        raise StillActs(_("Leave the organisations that you act for first: somebody has to take over."))
    actor = Actor(user_id=user.pk, organisation_id=None, roles=frozenset())
    tokens.end_those_of(user_id=user.pk, organisation_id=None, actor=actor, at=at)
    audit.append(stream=f"person:{user.pk}", kind="erased", actor=actor, at=at, payload={})
    filters.forget_of(actor)
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user.pk)
    oneself.forget(user=user)
