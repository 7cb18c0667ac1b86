"""Addresses of authorities' orders."""

from django.urls import path

from touchmark.web.orders import authority, data, pages

urlpatterns = [
    path("authority/", authority.home, name="authority_home"),
    path("authority/orders/<str:ref>/", authority.order, name="authority_order"),
    path("authority/orders/<str:ref>/complete/", authority.complete, name="authority_order_complete"),
    path("authority/orders/<str:ref>/withdraw/", authority.withdraw, name="authority_order_withdraw"),
    path("orders/", pages.orders, name="orders"),
    path("orders/new/", pages.enter, name="order_enter"),
    path("orders/<str:ref>/", pages.order, name="order"),
    path("orders/<str:ref>/change/", pages.change, name="order_change"),
    path("orders/<str:ref>/data/", data.data, name="order_data"),
]
