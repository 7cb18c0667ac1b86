from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "touchmark.apps.reports"
    label = "reports"
