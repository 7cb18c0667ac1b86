from django.urls import path

from touchmark.web.inbox import views

urlpatterns = [
    path("inbox/", views.letters, name="inbox"),
    path("inbox/<int:letter_id>/", views.letter, name="inbox_letter"),
]
