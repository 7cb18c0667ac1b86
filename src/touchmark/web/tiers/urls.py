from django.urls import path

from touchmark.web.tiers import views

urlpatterns = [
    path("record/", views.own, name="own_record"),
    path("record/<str:ref>/appeal/", views.contest, name="own_record_appeal"),
]
