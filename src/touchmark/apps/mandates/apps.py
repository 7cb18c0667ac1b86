from django.apps import AppConfig


class MandatesConfig(AppConfig):
    name = "touchmark.apps.mandates"
    label = "mandates"
