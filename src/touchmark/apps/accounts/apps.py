from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "touchmark.apps.accounts"
    label = "accounts"
