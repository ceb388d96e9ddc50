"""Addresses under /alerts/."""

from django.urls import path

from reviews import views

app_name = "reviews"
urlpatterns = [
    path("", views.alerts, name="alerts"),
    path("<uuid:pk>/snooze/", views.snooze, name="snooze"),
    path("<uuid:pk>/dismiss/", views.dismiss, name="dismiss"),
    path("<uuid:pk>/wake/", views.wake, name="wake"),
    path("people/<uuid:pk>/snooze/", views.snooze_person, name="snooze_person"),
    path("people/<uuid:pk>/dismiss/", views.dismiss_person, name="dismiss_person"),
]
