"""Addresses of interactions, next steps and contact states."""

from django.urls import path

from relationships.views import actions, activity, after, chain, contact, figures, interaction, log, people, stances

app_name = "relationships"
urlpatterns = [
    path("interactions/", activity.interactions, name="interactions"),
    path("interactions/log/", log.log, name="log"),
    path("interactions/plan/", log.plan, name="plan"),
    path("interactions/plan/too-often/", log.too_often, name="too_often"),
    path("interactions/tray/", after.tray, name="tray"),
    path("interactions/<uuid:pk>/", interaction.detail, name="interaction"),
    path("interactions/<uuid:pk>/after/", after.after, name="after"),
    path("interactions/<uuid:pk>/nothing-to-add/", after.nothing_to_add, name="nothing_to_add"),
    path("interactions/<uuid:pk>/edit/", interaction.edit, name="edit"),
    path("interactions/<uuid:pk>/complete/", interaction.complete, name="complete"),
    path("interactions/<uuid:pk>/cancel/", interaction.cancel, name="cancel"),
    path("interactions/<uuid:pk>/missed/", interaction.missed, name="missed"),
    path("interactions/<uuid:pk>/delete/", interaction.delete, name="delete"),
    path("interactions/<uuid:pk>/restore/", interaction.restore, name="restore"),
    path("interactions/<uuid:pk>/checklist/<uuid:item>/", interaction.tick, name="tick"),
    path("actions/", actions.actions, name="actions"),
    path("actions/add/", actions.add_action, name="add_action"),
    path("actions/<uuid:pk>/", actions.action, name="action"),
    path("actions/<uuid:pk>/finish/", actions.finish_action, name="finish_action"),
    path("actions/<uuid:pk>/reopen/", actions.reopen_action, name="reopen_action"),
    path("actions/<uuid:pk>/delete/", actions.drop_action, name="drop_action"),
    path("actions/<uuid:pk>/restore/", actions.restore_action, name="restore_action"),
    path("accounts/<uuid:pk>/chain/", chain.account_chain, name="chain"),
    path("opportunities/<uuid:pk>/chain/", chain.opportunity_chain, name="opportunity_chain"),
    path("opportunities/<uuid:pk>/stances/", stances.stances, name="stances"),
    path("opportunities/<uuid:pk>/stances/<uuid:person>/", stances.stance, name="stances_of"),
    path("opportunities/<uuid:pk>/competitors/", stances.contend, name="contend"),
    path("opportunities/<uuid:pk>/competitors/<uuid:contender>/leave/", stances.leave_contest, name="leave_contest"),
    path(
        "opportunities/<uuid:pk>/competitors/<uuid:contender>/return/",
        stances.return_to_contest,
        name="return_to_contest",
    ),
    path("accounts/<uuid:pk>/activity/", activity.activity, name="activity"),
    path("accounts/<uuid:pk>/visits/", activity.account_visits, name="account_visits"),
    path("accounts/<uuid:pk>/next-steps/", activity.account_next_steps, name="account_next_steps"),
    path("accounts/<uuid:pk>/quiet/", contact.account_quiet, name="account_quiet"),
    path("accounts/quiet/", figures.quiet_in_accounts, name="quiet_in_accounts"),
    path("accounts/<uuid:pk>/summary/", figures.account_summary, name="account_summary"),
    path("people/", people.people, name="people"),
    path("people/clocks/", contact.clocks, name="clocks"),
    path("people/<uuid:pk>/activity/", activity.person_activity, name="person_activity"),
    path("people/<uuid:pk>/contact-state/", contact.person_state, name="person_state"),
]
