from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "touchmark.apps.clients"
    label = "clients"
