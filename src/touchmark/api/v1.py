"""Version 1 of the API: every resource, its document at ``/api/v1/openapi.json``."""

from ninja import NinjaAPI

from touchmark.api import problems, screenings

api = NinjaAPI(title="Touchmark", version="1", docs_url=None, urls_namespace="api-1")
api.add_router("", screenings.router)
problems.tell_all(api)
