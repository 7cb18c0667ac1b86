"""Addresses of product safety, and of suspicions."""

from django.urls import path

from touchmark.web.safety import duties, suspicions

urlpatterns = [
    path("safety/", duties.overview, name="safety"),
    path("safety/duties/<str:ref>/", duties.duty, name="safety_duty"),
    path("safety/suspicions/<str:ref>/", suspicions.suspicion, name="suspicion"),
    path("safety/suspect/<slug:marketplace>/<path:listing_id>/", suspicions.suspect, name="suspect"),
]
