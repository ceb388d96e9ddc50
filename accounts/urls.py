"""Addresses of accounts; tabs of higher apps stand in their own `urls.py` below `/accounts/<id>/`."""

from django.urls import path

from accounts.views import account, choices, merging, portfolio, team, units

app_name = "accounts"

urlpatterns = [
    path("", portfolio.list_accounts, name="list"),
    path("new/", account.create, name="create"),
    path("choices/", choices.accounts, name="choices"),
    path("<uuid:pk>/", account.detail, name="detail"),
    path("<uuid:pk>/edit/", account.edit, name="edit"),
    path("<uuid:pk>/merge/", merging.choose_twin, name="choose_twin"),
    path("<uuid:pk>/merge/<uuid:twin>/", merging.merge, name="merge"),
    path("merges/<uuid:pk>/take-apart/", merging.take_apart, name="take_apart"),
    path("<uuid:pk>/remove/", account.remove, name="remove"),
    path("<uuid:pk>/restore/", account.restore, name="restore"),
    path("<uuid:pk>/team/", team.show, name="team"),
    path("<uuid:pk>/team/responsible/", team.answer_for, name="answer_for"),
    path("<uuid:pk>/team/admit/", team.admit, name="admit"),
    path("<uuid:pk>/team/choices/", choices.colleagues, name="colleague_choices"),
    path("<uuid:pk>/team/<uuid:member>/", team.change_function, name="change_function"),
    path("<uuid:pk>/team/<uuid:member>/remove/", team.remove, name="remove_member"),
    path("<uuid:pk>/team/<uuid:member>/readmit/", team.readmit, name="readmit"),
    path("<uuid:pk>/units/", units.show, name="units"),
    path("<uuid:pk>/units/add/", units.add, name="add_unit"),
    path("<uuid:pk>/units/choices/", choices.units, name="unit_choices"),
    path("<uuid:pk>/opportunities/choices/", choices.opportunities, name="opportunity_choices"),
    path("<uuid:pk>/units/<uuid:unit>/", units.change, name="change_unit"),
    path("<uuid:pk>/units/<uuid:unit>/close/", units.close, name="close_unit"),
    path("<uuid:pk>/units/<uuid:unit>/reopen/", units.reopen, name="reopen_unit"),
]
