"""Addresses of trusted flaggers."""

from django.urls import path

from touchmark.web.flaggers import pages

urlpatterns = [
    path("flaggers/", pages.flaggers, name="flaggers"),
    path("flaggers/<str:ref>/", pages.flagger, name="flagger"),
]
