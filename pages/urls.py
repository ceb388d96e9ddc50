"""Pages about the pages."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from pages import views

app_name = "pages"
urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/choices/", views.sample_choices, name="sample_choices"),
    path("language/", login_not_required(set_language), name="language"),
    path("theme/", views.theme, name="theme"),
    path("favicon.ico", views.favicon, name="favicon"),
]
