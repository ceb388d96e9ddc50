"""Django's admin behind the product's own sign-in; it holds policy, users and teams, and no customer data."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig


class TwoEyesAdminConfig(AdminConfig):
    """The admin site of this installation."""

    default_site = "config.admin.TwoEyesAdmin"


class TwoEyesAdmin(admin.AdminSite):
    """The admin site, reached through the product's sign-in page."""

    site_header = site_title = "Two Eyes"
    login = secure_admin_login(admin.AdminSite.login)
