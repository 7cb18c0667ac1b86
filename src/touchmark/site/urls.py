"""Every address of the site, by audience."""

from django.urls import include, path

from touchmark.api.v1 import api

urlpatterns = [
    path("api/v1/", api.urls),  # first: a program asks hundreds of times a second, and no page lies under it
    path("", include("touchmark.web.public.urls")),
    path("", include("touchmark.web.guest.urls")),
    path("", include("touchmark.web.health.urls")),
    path("", include("touchmark.web.people.urls")),
    path("", include("touchmark.web.media.urls")),
    path("", include("touchmark.web.inbox.urls")),
    path("", include("touchmark.web.hooks.urls")),
    path("", include("touchmark.web.seller.urls")),
    path("", include("touchmark.web.traders.urls")),
    path("", include("touchmark.web.flaggers.urls")),
    path("", include("touchmark.web.mandates.urls")),
    path("", include("touchmark.web.orders.urls")),
    path("", include("touchmark.web.gates.urls")),
    path("", include("touchmark.web.safety.urls")),
    path("", include("touchmark.web.holder.urls")),
    path("", include("touchmark.web.holder.rights_urls")),
    path("", include("touchmark.web.counters.urls")),
    path("", include("touchmark.web.disputes.urls")),
    path("", include("touchmark.web.tiers.urls")),
    path("", include("touchmark.web.desk.urls")),
    path("", include("touchmark.web.policy.urls")),
    path("", include("touchmark.web.shops.urls")),
    path("", include("touchmark.web.demo.urls")),
]

handler400 = "touchmark.web.public.errors.bad_request"
handler403 = "touchmark.web.public.errors.forbidden"
handler404 = "touchmark.web.public.errors.not_found"
handler500 = "touchmark.web.public.errors.our_fault"
