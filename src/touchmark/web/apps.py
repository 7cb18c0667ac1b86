from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "touchmark.web"
    label = "web"
