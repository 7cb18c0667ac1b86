"""What opens an account, or ends it, asks for the second factor anew: a browser left open is not the person."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from touchmark.web import clock

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponseBase]


def fresh(view: View[P], *, signing_in_counts: bool = False) -> View[P]:
    """
    Ask again before the view: for the second factor of who has one, else for the password.

    Stands under the guard: only somebody signed in comes here. What was shown within the last minutes counts
    (``ACCOUNT_REAUTHENTICATION_TIMEOUT``).

    :param signing_in_counts: also what was shown at signing in; where somebody who lost the phone sets up another app,
        who has one recovery code less for it, not two
    """

    @wraps(view)
    def inner(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if has_factor(request):
            if not _shown_lately(request, signing_in_counts):
                return redirect_to_login(_back_to(request), reverse(where_to_show(request)))
        elif is_reauthentication_required(request, app="allauth.mfa"):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return cast("View[P]", inner)


def _back_to(request: HttpRequest) -> str:
    """Give where to go on afterwards: this page, or, where a form was sent, the page that it stands on."""
    stands_on = urlsplit(request.META.get("HTTP_REFERER", ""))
    if request.method == "POST" and stands_on.netloc == request.get_host() and stands_on.path.startswith("/"):
        return str(stands_on.path)
    return request.get_full_path()


def has_factor(request: HttpRequest) -> bool:
    """Whether whoever is signed in has an app or a passkey."""
    return bool(is_mfa_enabled(request.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def where_to_show(request: HttpRequest) -> str:
    """Give the name of the page where somebody shows the second factor that they have."""
    app = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
    return "mfa_reauthenticate" if app else "mfa_reauthenticate_webauthn"


def _shown_lately(request: HttpRequest, signing_in_counts: bool) -> bool:
    shown = [
        record["at"]
        for record in get_authentication_records(request, request.user)
        if record["method"] == "mfa" and (signing_in_counts or record.get("reauthenticated"))
    ]
    return bool(shown) and clock.now().timestamp() - max(shown) < REAUTHENTICATION_TIMEOUT
