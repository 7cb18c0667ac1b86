from django.apps import AppConfig


class PenaltiesConfig(AppConfig):
    name = "touchmark.apps.penalties"
    label = "penalties"
