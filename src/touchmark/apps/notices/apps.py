from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "touchmark.apps.notices"
    label = "notices"
