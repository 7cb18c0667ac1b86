from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "touchmark.apps.deadlines"
    label = "deadlines"
