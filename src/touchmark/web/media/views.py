"""A picture at one of the widths that pages use."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from touchmark.apps.appeals import access as appeals
from touchmark.apps.blobs import queries as blobs
from touchmark.apps.blobs.display import NotShown, display
from touchmark.apps.blobs.names import is_digest
from touchmark.apps.catalog import access as catalog
from touchmark.apps.counters import access as counters
from touchmark.apps.gates import access as gates
from touchmark.apps.notices import access as notices
from touchmark.apps.orders import access as orders
from touchmark.apps.registry import access as registry
from touchmark.apps.traders import access as traders
from touchmark.web.guard import ActingRequest, public

#: Each says whether an actor may see something that shows the picture.
DOORS = (
    catalog.may_see_picture,
    registry.may_see_picture,
    traders.may_see_picture,
    gates.may_see_picture,
    counters.may_see_picture,
    notices.may_see_picture,
    appeals.may_see_picture,
    orders.may_see_picture,
)

#: A picture under its digest never changes, so the browser that may see it need not ask again.
KEPT = "private, max-age=31536000, immutable"
#: It runs nothing.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def _kept_by_the_browser(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Stands above the guard, which tells browsers to keep nothing."""

    @wraps(view)  # takes the guard's mark along
    def inner(request: Any, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.OK:
            del response.headers["Expires"]
            response.headers["Cache-Control"] = KEPT
        return response

    return inner


@_kept_by_the_browser
@public
def picture(request: ActingRequest, sha256: str, width: int) -> HttpResponse:
    """
    Give a picture at most this wide.

    :raises Http404: whatever the reason: no such picture, not at this width, none to show, none for this person
    """
    if not (is_digest(sha256) and any(sees(request.actor, sha256) for sees in DOORS)):
        raise Http404(_("There is no such picture."))
    return drawn(sha256, width)


def drawn(sha256: str, width: int) -> HttpResponse:
    """
    Give a picture that its reader may see, which the caller has asked, at most this wide.

    :raises Http404: if there is none to show, or not at this width
    """
    blob = blobs.blob(sha256)
    if blob is None:
        raise Http404(_("There is no such picture."))
    try:
        data, media_type = display(blob, width)
    except NotShown:
        raise Http404(_("There is no such picture.")) from None
    return HttpResponse(data, content_type=media_type, headers=HEADERS)
