from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "touchmark.apps.catalog"
    label = "catalog"
