"""Addresses of opportunities; tabs of higher apps stand in their own `urls.py` below `/opportunities/<id>/`."""

from django.urls import path

from accounts.views import opportunities

app_name = "opportunities"

urlpatterns = [
    path("", opportunities.list_opportunities, name="list"),
    path("new/", opportunities.create, name="create"),
    path("of/<uuid:pk>/", opportunities.of_account, name="of_account"),
    path("<uuid:pk>/", opportunities.detail, name="detail"),
    path("<uuid:pk>/edit/", opportunities.edit, name="edit"),
    path("<uuid:pk>/close/", opportunities.close, name="close"),
    path("<uuid:pk>/reopen/", opportunities.reopen, name="reopen"),
    path("<uuid:pk>/remove/", opportunities.remove, name="remove"),
    path("<uuid:pk>/restore/", opportunities.restore, name="restore"),
]
