from django.apps import AppConfig


class BuyersConfig(AppConfig):
    name = "touchmark.apps.buyers"
    label = "buyers"
