"""Django's admin behind the product's own sign-in; it holds policy, users and teams, and no customer data."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin


class TwoEyesAdmin(admin.AdminSite):
    """The admin site, reached through the product's sign-in page."""

    site_header = site_title = "Two Eyes"
    login = secure_admin_login(admin.AdminSite.login)
