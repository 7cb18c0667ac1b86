from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "touchmark.apps.orders"
    label = "orders"
