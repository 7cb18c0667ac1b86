from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "touchmark.apps.decisions"
    label = "decisions"
