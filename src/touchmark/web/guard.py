"""
Who may call a view: every view carries ``@public``, ``@signed_in`` or ``@roles(…)``, and a test walks all routes.

The decorator gives the view ``request.actor`` and sets the reader's time zone; a refusal is a page in plain words.
The middleware below holds those who need a second factor on the pages where they set it up or show it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast
from zoneinfo import ZoneInfo

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from touchmark.apps.accounts import access, queries
from touchmark.apps.accounts.queries import ActsFor
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role
from touchmark.web import refusals
from touchmark.web.fresh import where_to_show

if TYPE_CHECKING:
    from touchmark.apps.accounts.models import User

P = ParamSpec("P")
NOBODY = Actor(user_id=None, organisation_id=None, roles=frozenset())

#: The session's key for the organisation that the person chose to act for.
ACTS_FOR = "acts_for"

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
#: Where somebody may go who has no second factor yet: to set one up.
SETS_ONE_UP = frozenset({"mfa_activate_totp", "mfa_add_webauthn"})
#: Where somebody may go who has not shown theirs: to show it, to prove it is them, or away.
OPEN_BEFORE_SECOND_FACTOR = frozenset(
    {
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_reauthenticate",
        "account_logout",
        "theme",
        "language",
    }
)


#: How allauth's record of a sign-in through an organisation's provider is called.
SIGNED_ON = "sign_on"


class ActingRequest(HttpRequest):
    """A request that passed a guard: it says who acts."""

    actor: Actor


class PersonRequest(ActingRequest):
    """A request of somebody signed in."""

    user: "User"


@dataclass(frozen=True, slots=True)
class Guard:
    """What a view asks of its caller, kept on the view as ``guard`` for the test that walks all routes."""

    signed_in: bool
    roles: frozenset[Role] = frozenset()

    def admits(self, actor: Actor) -> bool:
        """Whether an actor may call the view."""
        if self.roles:
            return actor.has(*self.roles)
        return actor.user_id is not None or not self.signed_in


def public(view: Callable[Concatenate[Any, P], HttpResponseBase]) -> Callable[Concatenate[Any, P], HttpResponseBase]:
    """Let anybody call the view; ``request.actor`` is ``NOBODY`` for somebody not signed in."""
    return _guarded(view, Guard(signed_in=False))


def signed_in(
    view: Callable[Concatenate[Any, P], HttpResponseBase],
) -> Callable[Concatenate[Any, P], HttpResponseBase]:
    """Let anybody who is signed in call the view, with or without a role."""
    return _guarded(view, Guard(signed_in=True))


def roles(
    *allowed: Role,
) -> Callable[[Callable[Concatenate[Any, P], HttpResponseBase]], Callable[Concatenate[Any, P], HttpResponseBase]]:
    """Let those call the view who hold one of the roles for the organisation that they act for."""

    def guard(
        view: Callable[Concatenate[Any, P], HttpResponseBase],
    ) -> Callable[Concatenate[Any, P], HttpResponseBase]:
        return _guarded(view, Guard(signed_in=True, roles=frozenset(allowed)))

    return guard


def _guarded(
    view: Callable[Concatenate[Any, P], HttpResponseBase], guard: Guard
) -> Callable[Concatenate[Any, P], HttpResponseBase]:
    @wraps(view)
    def inner(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        request.actor = actor_of(request)
        if guard.signed_in and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not guard.admits(request.actor):
            raise PermissionDenied(_("This page is for somebody in another role than yours."))
        try:
            response = view(request, *args, **kwargs)
        except TouchmarkError as refusal:
            response = refusals.page(request, refusal)
        if request.user.is_authenticated:
            add_never_cache_headers(response)  # nothing is left behind on a shared machine
        return response

    cast("Any", inner).guard = guard
    return cast("Callable[Concatenate[Any, P], HttpResponseBase]", inner)


def actor_of(request: HttpRequest) -> Actor:
    """Give who acts in this request: ``NOBODY`` for a stranger, nobody's for who still owes a second factor."""
    known: Actor | None = getattr(request, "actor", None)
    if known is not None:
        return known
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return NOBODY
    if not second_factor_settled(request):
        return Actor(user_id=user.pk, organisation_id=None, roles=frozenset())
    return access.actor_among(organisations_here(request), user, request.session.get(ACTS_FOR))


def organisations_of(request: HttpRequest) -> list[ActsFor]:
    """Give the organisations that whoever is signed in acts for, read once a request."""
    person = cast("User", request.user).pk
    known: tuple[int, list[ActsFor]] | None = getattr(request, "_organisations", None)
    if known is None or known[0] != person:
        known = (person, queries.organisations_of(person))
        request._organisations = known  # type: ignore[attr-defined]
    return known[1]


def _needs_second_factor(request: HttpRequest) -> bool:
    return any(queries.NEEDS_SECOND_FACTOR.intersection(held.roles) for held in organisations_of(request))


def bound_to(request: HttpRequest) -> int | None:
    """
    Give the organisation whose provider signed the person in: this session acts for no other.

    None for who signed in by their own means.
    """
    user = getattr(request, "user", None)
    found = get_authentication_records(request, user) if user is not None and user.is_authenticated else []
    return next((record["organisation"] for record in found if record["method"] == SIGNED_ON), None)


def organisations_here(request: HttpRequest) -> list[ActsFor]:
    """Give the organisations that the person may act for in this session."""
    bound = bound_to(request)
    return [found for found in organisations_of(request) if bound in (None, found.organisation_id)]


def own_means(view: Callable[Concatenate[Any, P], HttpResponseBase]) -> Callable[Concatenate[Any, P], HttpResponseBase]:
    """
    Turn away a session that an organisation's provider began, where a page is about the person as such.

    Whoever runs the provider can begin such a session for anybody of theirs; it must open nothing beyond them.
    """

    @wraps(view)
    def inner(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if bound_to(request) is not None:
            raise _asks_for_own_means()
        return view(request, *args, **kwargs)

    return cast("Callable[Concatenate[Any, P], HttpResponseBase]", inner)


def reaches_beyond(request: HttpRequest) -> bool:
    """Whether an organisation's provider began the session of somebody who acts for others as well."""
    bound = bound_to(request)
    return bound is not None and any(held.organisation_id != bound for held in organisations_of(request))


def nothing_beyond(
    view: Callable[Concatenate[Any, P], HttpResponseBase],
) -> Callable[Concatenate[Any, P], HttpResponseBase]:
    """
    Turn away such a session from what counts wherever the person acts: a second factor, where they are signed in.

    Who acts for the provider's organisation alone has no other way in, and comes through.
    """

    @wraps(view)
    def inner(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        require_nothing_beyond(request)
        return view(request, *args, **kwargs)

    return cast("Callable[Concatenate[Any, P], HttpResponseBase]", inner)


def require_nothing_beyond(request: HttpRequest) -> None:
    """
    Pass unless a provider's session would change what is the person's elsewhere too.

    :raises PermissionDenied: if it would
    """
    if reaches_beyond(request):
        raise _asks_for_own_means()


def _asks_for_own_means() -> PermissionDenied:
    return PermissionDenied(
        _("You came through your organisation’s sign-in. This page asks for a password or a passkey.")
    )


def second_factor_settled(request: HttpRequest) -> bool:
    """Whether the person needs no second factor, or has shown it in this session."""
    settled: bool | None = getattr(request, "_second_factor_settled", None)
    if settled is None:
        user = cast("User", request.user)
        settled = not _needs_second_factor(request) or _has_shown(request, user)
        request._second_factor_settled = settled  # type: ignore[attr-defined]
    return settled


def _has_shown(request: HttpRequest, user: "User") -> bool:
    methods = {record["method"] for record in get_authentication_records(request, user)}
    if "demo" in methods:
        return queries.is_demo()
    return "mfa" in methods and is_mfa_enabled(user, FACTORS)


class SecondFactorMiddleware:
    """Sends those who owe a second factor to where they set it up or show it, and nowhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            translation.activate(request.user.language)  # each request begins with what the browser asks for
            with timezone.override(ZoneInfo(request.user.time_zone)):
                return self.get_response(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponseBase | None:
        """Stop before the view where something is owed."""
        match = request.resolver_match
        if not request.user.is_authenticated or (match and match.view_name in OPEN_BEFORE_SECOND_FACTOR):
            return None
        if second_factor_settled(request):
            return None
        if is_mfa_enabled(request.user, FACTORS):
            return redirect(where_to_show(request))
        return None if match and match.view_name in SETS_ONE_UP else redirect("mfa_activate_totp")
