from django.apps import AppConfig


class HooksConfig(AppConfig):
    name = "touchmark.apps.hooks"
    label = "hooks"
