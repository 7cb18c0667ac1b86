"""Version 1 of the API: every resource, its document at ``/api/v1/openapi.json``."""

from touchmark.api import (
    appeals,
    assessments,
    buyers,
    counters,
    decisions,
    deliveries,
    disputes,
    evidence,
    flaggers,
    gates,
    ladders,
    listings,
    mandates,
    notices,
    orders,
    problems,
    rights,
    rules,
    screenings,
    sellers,
    traders,
)
from touchmark.api.document import Described

api = Described(
    title="Touchmark",
    version="1",
    description="For the programs of marketplaces, of rights holders and of sellers. See docs/api.md.",
    docs_url=None,
    urls_namespace="api-1",
)
for resource in (
    screenings,
    listings,
    assessments,
    decisions,
    appeals,
    disputes,
    buyers,
    evidence,
    notices,
    counters,
    mandates,
    flaggers,
    rights,
    rules,
    gates,
    traders,
    sellers,
    ladders,
    orders,
    deliveries,
):
    api.add_router("", resource.router)
problems.tell_all(api)
