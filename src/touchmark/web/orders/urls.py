"""Addresses of authorities' orders."""

from django.urls import path

from touchmark.web.orders import authority, data, pages

urlpatterns = [
    path("authority/", authority.home, name="authority_home"),
    path("orders/", pages.orders, name="orders"),
    path("orders/new/", pages.enter, name="order_enter"),
    path("orders/<str:ref>/", pages.order, name="order"),
    path("orders/<str:ref>/change/", pages.change, name="order_change"),
    path("orders/<str:ref>/data/", data.data, name="order_data"),
]
