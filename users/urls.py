from django.urls import path

from users import views

app_name = "users"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("users/", views.users, name="list"),
    path("users/new/", views.create, name="create"),
    path("users/choices/", views.choices, name="choices"),
    path("users/<uuid:pk>/", views.change, name="edit"),
    path("teams/", views.teams, name="teams"),
    path("teams/new/", views.create_team, name="create_team"),
    path("teams/choices/", views.team_choices, name="team_choices"),
    path("teams/<uuid:pk>/", views.change_team, name="edit_team"),
]
