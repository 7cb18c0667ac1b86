from django.urls import path

from touchmark.web.public import views

urlpatterns = [
    path("", views.home, name="home"),
    path("how-it-works", views.how_it_works, name="how_it_works"),
]
