from django.apps import AppConfig


class FlaggersConfig(AppConfig):
    name = "touchmark.apps.flaggers"
    label = "flaggers"
