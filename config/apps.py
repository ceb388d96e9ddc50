from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class HouseConfig(AppConfig):
    """The package that sees every app; an app itself for its commands."""

    name = "config"
    default = True


class TwoEyesAdminConfig(admin_apps.AdminConfig):
    """The admin site of this installation."""

    default_site = "config.admin.TwoEyesAdmin"
    default = False
