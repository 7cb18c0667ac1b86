from django.apps import AppConfig


class ExaminationsConfig(AppConfig):
    name = "touchmark.apps.examinations"
    label = "examinations"
