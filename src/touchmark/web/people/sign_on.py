"""
Signing in through one's organisation: allauth carries the protocol, and what its answer must prove is checked here.

Each provider has an address of its own to come back to, a state that is good once, a nonce, and a code verifier. An
answer that came to the wrong address, from another issuer, a second time or not at all ends on a page that says what
to do.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from touchmark.apps.accounts import sign_on
from touchmark.engine.errors import TouchmarkError
from touchmark.integrations.openid.session import ProviderAway, Session
from touchmark.integrations.openid.tokens import TokenRefused, proven
from touchmark.integrations.webhooks.guard import guarded_client
from touchmark.web import clock
from touchmark.web.guard import SIGNED_ON, ActingRequest, public

if TYPE_CHECKING:
    from touchmark.apps.accounts.models import SignOn

#: What a provider says of itself is asked again after this long, in seconds.
KEPT = 300
#: One that gives no answer is asked again after this long, in seconds.
LEFT_ALONE = 30
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
#: What reading a provider's answer trips over when it is not what the standard says.
NO_ANSWER = (ProviderAway, OAuth2Error, LookupError, TypeError, ValueError, AttributeError)


def session() -> Session:
    """Give the guarded session: public addresses over TLS, and the operator's own networks."""
    return Session(
        guarded_client(
            allow_loopback=settings.TOUCHMARK_WEBHOOKS_TO_LOOPBACK,
            allowed_networks=settings.TOUCHMARK_SIGN_ON_NETWORKS,
        )
    )


def described(issuer: str) -> dict[str, Any]:
    """
    Give what a provider says of itself.

    :raises ProviderAway: if it says nothing, or speaks for another issuer
    """
    with session() as http:
        answer = http.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict) or found.get("issuer") != issuer:
        raise ProviderAway(_("What is there does not speak for this issuer."))
    if not all(isinstance(found.get(name), str) for name in ENDPOINTS):
        raise ProviderAway(_("What is there does not name its endpoints."))
    return found


def _remembered(issuer: str) -> dict[str, Any]:
    """
    Give what a provider said of itself lately. One that gave no answer is left alone for a while: anybody can begin a
    sign-in, and each call to a provider that hangs would hold a thread of ours.

    :raises ProviderAway: if it gives no answer, or gave none a moment ago
    """
    kept = f"sign-on:{issuer}"
    found: dict[str, Any] | None = cache.get(kept)
    if found is None:
        cache.set(kept, {}, LEFT_ALONE)
        found = described(issuer)
        cache.set(kept, found, KEPT)
    if not found:
        raise ProviderAway("The identity provider gave no answer a moment ago.")
    return found


class OwnAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """Speaks to one organisation's provider."""

    @property
    def openid_config(self) -> dict[str, Any]:
        issuer = self.get_provider().app.settings["server_url"]
        return _remembered(issuer)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return str(settings.PUBLIC_URL) + reverse("sign_on_back", kwargs={"key": app.provider_id})

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        return SocialToken(token="")  # nothing is asked of the provider in the person's name

    def complete_login(self, request: HttpRequest, app: SocialApp, token: object, **kwargs: Any) -> SocialLogin:
        with session() as http:
            answer = http.get(self.openid_config["jwks_uri"])
        answer.raise_for_status()
        claims = proven(
            kwargs["response"].get("id_token"),
            keys=answer.json(),
            issuer=app.settings["server_url"],
            client_id=app.client_id,
        )
        account = SocialAccount(provider=app.provider_id, uid=claims["sub"], extra_data=claims)
        return SocialLogin(account=account, provider=self.get_provider())


class OwnProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """One organisation's provider; nothing of the request's own goes into what it is asked."""

    oauth2_adapter_class = OwnAdapter

    def ask(self, request: HttpRequest) -> HttpResponse:
        """Send the browser to the provider; the nonce waits in the session."""
        nonce = secrets.token_urlsafe(32)
        found: HttpResponse = self.redirect(request, "login", auth_params={"nonce": nonce}, nonce=nonce)
        return found


class OwnSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """What allauth asks of us about other people's providers: which there are, and what follows their answer."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> OwnProvider:
        found = sign_on.with_key(provider)
        if found is None:
            raise SocialApp.DoesNotExist
        return OwnProvider(request, app=_app(found))

    def get_requests_session(self) -> Session:
        return session()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whom the provider named, or say why not; allauth's own accounts are not used."""
        raise ImmediateHttpResponse(_arrived(request, sociallogin))

    def on_authentication_error(self, request: HttpRequest, provider: OwnProvider, **about: Any) -> None:
        """Say what went wrong, and what to do."""
        if isinstance(about.get("exception"), BaseException):
            raise about["exception"]
        cancelled = str(about.get("error")).endswith("cancelled")
        text = _("You called it off.") if cancelled else _("That answer has been used, or is none that we asked for.")
        raise ImmediateHttpResponse(_failed(request, provider.app.provider_id, text))


def _app(found: SignOn) -> SocialApp:
    options = {"server_url": found.issuer, "oauth_pkce_enabled": True}
    return SocialApp(
        provider="openid_connect",
        provider_id=found.key,
        name=found.organisation.name,
        client_id=found.client_id,
        secret=sign_on.secret_of(found),
        settings=options,
    )


@public
@never_cache
def begin(request: ActingRequest, key: str) -> HttpResponseBase:
    """Send the browser to the organisation's provider."""
    found = _found(key)
    try:
        return OwnProvider(request, app=_app(found)).ask(request)
    except NO_ANSWER:
        return _failed(request, key, _("Your organisation’s sign-in cannot be reached."))


@public
@never_cache
def back(request: ActingRequest, key: str) -> HttpResponseBase:
    """Take the provider's answer."""
    found = _found(key)
    if request.GET.get("iss", found.issuer) != found.issuer:  # RFC 9207: the answer of another provider
        return _failed(request, key, _("That answer has been used, or is none that we asked for."))
    try:
        answer: HttpResponseBase = OAuth2CallbackView.adapter_view(OwnAdapter(request, key))(request)
    except (TokenRefused, *NO_ANSWER) as refused:
        why = str(refused) if isinstance(refused, TokenRefused | ProviderAway) else type(refused).__name__
        return _failed(request, key, _("Your organisation’s sign-in gave no proof that counts here."), why)
    return answer


def _found(key: str) -> SignOn:
    found = sign_on.with_key(key)
    if found is None:
        raise Http404
    return found


def _arrived(request: HttpRequest, arrived: SocialLogin) -> HttpResponseBase:
    """Sign the person in, for this organisation alone; their second factor is still asked for."""
    found, claims = _found(arrived.account.provider), arrived.account.extra_data
    if not constant_time_compare(str(claims.get("nonce")), str(arrived.state.get("nonce"))):
        raise TokenRefused("The ID token was made for another sign-in.")
    try:
        person = sign_on.arrive(
            found=found, said=_said(claims), language=get_language() or settings.LANGUAGE_CODE, at=clock.now()
        )
    except TouchmarkError as refused:
        return _failed(request, found.key, str(refused))
    if request.user.is_authenticated:
        get_account_adapter().logout(request)
    record_authentication(request, person, method=SIGNED_ON, organisation=found.organisation_id)
    response: HttpResponseBase = perform_login(request, Login(user=person, email=person.email, redirect_url="/"))
    return response


def _said(claims: dict[str, Any]) -> sign_on.Said:
    email, name = claims.get("email"), claims.get("name")
    return sign_on.Said(
        subject=claims["sub"],
        email=email[:254].replace("\x00", "") if isinstance(email, str) else "",
        email_verified=claims.get("email_verified") in (True, "true"),
        name=name[:200].replace("\x00", "") if isinstance(name, str) else "",
    )


def _failed(request: HttpRequest, key: str, text: str, detail: str = "") -> HttpResponse:
    page = {"text": text, "detail": detail, "again": reverse("sign_on", kwargs={"key": key})}
    return render(request, "touchmark/people/sign_on_failed.html", page, status=403)
