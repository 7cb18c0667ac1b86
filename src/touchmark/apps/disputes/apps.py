from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "touchmark.apps.disputes"
    label = "disputes"
