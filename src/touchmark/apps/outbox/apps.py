from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "touchmark.apps.outbox"
    label = "outbox"
