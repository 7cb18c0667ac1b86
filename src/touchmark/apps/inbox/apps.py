from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "touchmark.apps.inbox"
    label = "inbox"
