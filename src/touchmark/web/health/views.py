"""Whether the site can serve (``/healthz``), and what there is to count (``/metrics``)."""

import secrets

from django.conf import settings
from django.db import Error, connection
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from touchmark.web import clock
from touchmark.web.guard import ActingRequest, public
from touchmark.web.health import gauges, requests


@never_cache
@require_safe
@public
def healthz(request: ActingRequest) -> HttpResponse:
    """Answer 200 where a page could be served now, else 503; a balancer asks for it every few seconds."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"status": "unavailable", "database": "does not answer"}, status=503)
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
@public
def metrics(request: ActingRequest) -> HttpResponse:
    """
    Give the numbers in the text form of Prometheus, to whoever has the token.

    :raises Http404: where the operator set no ``TOUCHMARK_METRICS_TOKEN``, or another one was given
    """
    token = settings.TOUCHMARK_METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not secrets.compare_digest(given.encode(), token.encode()):
        raise Http404
    counted = generate_latest(requests.registry()) + generate_latest(gauges.registry(at=clock.now()))
    return HttpResponse(counted, content_type=CONTENT_TYPE_LATEST)
