"""Addresses of people; the People tab stands below its account."""

from django.urls import path

from stakeholders.views import choices, influences, lists, merging, parts, person, posts, roles

app_name = "stakeholders"

urlpatterns = [
    path("people/choices/", choices.people_seen, name="choices"),
    path("people/new/", lists.choose_account, name="choose_account"),
    path("people/duplicates/", merging.duplicates, name="duplicates"),
    path("people/duplicates/count/", merging.duplicates_count, name="duplicates_count"),
    path("people/duplicates/<uuid:pk>/tell-apart/", merging.tell_apart, name="tell_apart"),
    path("people/duplicates/<uuid:pk>/ask-again/", merging.ask_again, name="ask_again"),
    path("people/merges/<uuid:pk>/take-apart/", merging.take_apart, name="take_apart"),
    path("accounts/<uuid:pk>/people/", lists.of_account, name="of_account"),
    path("accounts/<uuid:account>/people/new/", person.add, name="add"),
    path("accounts/<uuid:account>/people/new/look-alikes/", person.show_look_alikes, name="look_alikes"),
    path("accounts/<uuid:account>/people/choices/", choices.people, name="person_choices"),
    path("accounts/<uuid:account>/seats/choices/", choices.seats, name="seat_choices"),
    path("people/<uuid:pk>/", person.detail, name="detail"),
    path("people/<uuid:pk>/merge/", merging.choose_twin, name="choose_twin"),
    path("people/<uuid:pk>/merge/choices/", choices.twins, name="twin_choices"),
    path("people/<uuid:pk>/merge/<uuid:twin>/", merging.merge, name="merge"),
    path("people/<uuid:pk>/edit/", person.edit, name="edit"),
    path("people/<uuid:pk>/contacts/", parts.contacts, name="contacts"),
    path("people/<uuid:pk>/care-dates/", parts.care_dates, name="care_dates"),
    path("people/<uuid:pk>/confirm-key/", person.confirm_key, name="confirm_key"),
    path("people/<uuid:pk>/watch/", person.watch, name="watch"),
    path("people/<uuid:pk>/remove/", person.remove, name="remove"),
    path("people/<uuid:pk>/restore/", person.restore, name="restore"),
    path("people/<uuid:pk>/posts/new/", posts.begin, name="begin_post"),
    path("people/posts/<uuid:pk>/correct/", posts.correct, name="correct_post"),
    path("people/posts/<uuid:pk>/move/", posts.move, name="move_post"),
    path("people/posts/<uuid:pk>/leave/", posts.leave, name="leave_post"),
    path("people/posts/<uuid:pk>/come-back/", posts.come_back, name="come_back"),
    path("people/posts/<uuid:pk>/go/", posts.go_elsewhere, name="go_to"),
    path("people/posts/<uuid:pk>/succeed/", posts.succeed, name="succeed"),
    path("people/<uuid:pk>/influence/", influences.draw, name="draw_influence"),
    path("people/influences/<uuid:pk>/change/", influences.change, name="change_influence"),
    path("people/influences/<uuid:pk>/end/", influences.end, name="end_influence"),
    path("people/influences/<uuid:pk>/resume/", influences.resume, name="resume_influence"),
    path("people/<uuid:pk>/roles/new/", roles.assign, name="assign_role"),
    path("accounts/<uuid:pk>/roles/fill/", roles.fill, name="fill_role"),
    path("people/roles/<uuid:pk>/change/", roles.change, name="change_role"),
    path("people/roles/<uuid:pk>/end/", roles.end, name="end_role"),
]
