"""Addresses of the rights that reviewers verify."""

from django.urls import path

from touchmark.web.desk import rights

urlpatterns = [
    path("desk/rights/", rights.rights, name="desk_rights"),
    path("desk/rights/<str:ref>/", rights.right, name="desk_right"),
    path("desk/rights/<str:ref>/verify/", rights.verify, name="desk_right_verify"),
    path("desk/rights/<str:ref>/decline/", rights.decline, name="desk_right_decline"),
]
