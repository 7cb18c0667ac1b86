from django.apps import AppConfig


class TradersConfig(AppConfig):
    name = "touchmark.apps.traders"
    label = "traders"
