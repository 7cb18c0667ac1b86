from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "touchmark.apps.screening"
    label = "screening"
