from django.apps import AppConfig


class TiersConfig(AppConfig):
    name = "touchmark.apps.tiers"
    label = "tiers"
