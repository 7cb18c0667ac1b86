"""How many requests there were and how long they took, by the name of the route; an address would name things."""

import os
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

_COUNT = Counter("touchmark_requests", "Requests answered.", ["route", "method", "status"])
_SECONDS = Histogram(
    "touchmark_request_seconds",
    "How long a request took.",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
)
#: Others are written as one: who asks can make up as many as they like.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def registry() -> CollectorRegistry:
    """Give the counts of this process, or of all processes of the server where there are several."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together


class CountRequests:
    """Counts every request, the ones that fail too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = (match.view_name if match else None) or "none"
        method = request.method if request.method in METHODS else "other"
        _COUNT.labels(route, method, response.status_code).inc()
        _SECONDS.labels(route).observe(time.perf_counter() - begun)
        return response
