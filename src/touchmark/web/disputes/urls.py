"""Addresses of disputes, of parties and of the desk."""

from django.urls import path

from touchmark.web.disputes import desk, party

urlpatterns = [
    path("disputes/<str:ref>/", party.dispute, name="dispute"),
    path("disputes/<str:ref>/end/", party.end, name="dispute_end"),
    path("appeals/<str:ref>/dispute/", party.tell, name="dispute_tell"),
    path("out-of-court/", desk.disputes, name="desk_disputes"),
    path("out-of-court/<str:ref>/", desk.dispute, name="desk_dispute"),
    path("out-of-court/<str:ref>/<str:event>/", desk.step, name="desk_dispute_step"),
]
