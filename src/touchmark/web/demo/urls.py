from django.urls import path

from touchmark.web.demo import views

urlpatterns = [
    path("demo/enter/<str:secret>", views.enter, name="demo_enter"),
    path("demo/letters/", views.letters, name="demo_letters"),
]
