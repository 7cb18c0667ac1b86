from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "touchmark.apps.desk"
    label = "desk"
