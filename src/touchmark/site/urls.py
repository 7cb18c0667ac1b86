"""Every address of the site, by audience."""

from django.urls import include, path

urlpatterns = [
    path("", include("touchmark.web.public.urls")),
    path("", include("touchmark.web.people.urls")),
]
