from django.apps import AppConfig


class BlobsConfig(AppConfig):
    name = "touchmark.apps.blobs"
    label = "blobs"
