"""Pages that join several matters."""

from django.urls import path

from config import history, home, job_pages, policy, search

app_name = "config"
urlpatterns = [
    path("", home.home, name="home"),
    path("accounts/<uuid:pk>/history/", history.of_account, name="account_history"),
    path("people/<uuid:pk>/history/", history.of_person, name="person_history"),
    path("jobs/", job_pages.jobs, name="jobs"),
    path("jobs/<str:name>/run/", job_pages.run, name="run_job"),
    path("jobs/runs/<int:pk>/replay/", job_pages.replay, name="replay_job"),
    path("search/", search.search, name="search"),
    path("settings/", policy.settings, name="settings"),
    path("settings/cadence/", policy.cadence, name="cadence"),
    path("settings/numbers/<str:name>/", policy.numbers, name="numbers"),
    path("settings/powers/", policy.role_powers, name="role_powers"),
    path("settings/activity-types/", policy.activity_types, name="activity_types"),
    path("settings/activity-types/new/", policy.create_activity_type, name="create_activity_type"),
    path("settings/activity-types/<uuid:pk>/", policy.activity_type, name="activity_type"),
]
