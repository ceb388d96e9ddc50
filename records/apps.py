"""The app of records: triggers follow the models after every migration."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "records"
