from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "touchmark.apps.rules"
    label = "rules"
