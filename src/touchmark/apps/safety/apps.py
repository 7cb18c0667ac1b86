from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "touchmark.apps.safety"
    label = "safety"
