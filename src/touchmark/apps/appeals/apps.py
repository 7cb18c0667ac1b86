from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "touchmark.apps.appeals"
    label = "appeals"
