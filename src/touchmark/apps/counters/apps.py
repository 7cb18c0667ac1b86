from django.apps import AppConfig


class CountersConfig(AppConfig):
    name = "touchmark.apps.counters"
    label = "counters"
