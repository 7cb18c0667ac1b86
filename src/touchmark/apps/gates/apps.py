from django.apps import AppConfig


class GatesConfig(AppConfig):
    name = "touchmark.apps.gates"
    label = "gates"
