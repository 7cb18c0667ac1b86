from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "touchmark.apps.audit"
    label = "audit"
