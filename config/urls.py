"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

from config import health

handler400 = "pages.errors.bad_request"
handler403 = "pages.errors.not_allowed"
handler404 = "pages.errors.not_found"
handler429 = "pages.errors.too_often"  # allauth's
handler500 = "pages.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("auth/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("opportunities/", include("accounts.opportunity_urls")),
    path("settings/", include("users.urls")),
    path("", include("stakeholders.urls")),
    path("", include("relationships.urls")),
    path("alerts/", include("reviews.urls")),
    path("", include("sync.urls")),
    path("", include("pages.urls")),
    path("", include("config.pages_urls")),
]
