"""The one address under which pictures are served."""

from django.urls import path

from touchmark.web.media import views

urlpatterns = [path("media/<str:sha256>/<int:width>", views.picture, name="media")]
