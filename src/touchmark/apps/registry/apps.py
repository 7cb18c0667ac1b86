from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "touchmark.apps.registry"
    label = "registry"
