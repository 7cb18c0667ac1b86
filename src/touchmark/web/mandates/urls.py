"""Addresses of mandates."""

from django.urls import path

from touchmark.web.mandates import pages

urlpatterns = [
    path("holder/mandates/", pages.mandates, name="mandates"),
    path("holder/mandates/give/", pages.give, name="mandate_give"),
    path("holder/mandates/<str:ref>/", pages.mandate, name="mandate"),
]
