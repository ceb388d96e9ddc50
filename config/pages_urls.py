"""Pages that join several matters."""

from django.urls import path

from config import home, search

app_name = "config"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
]
