from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StakeholdersConfig(AppConfig):
    name = "stakeholders"
    verbose_name = _("People")

    def ready(self) -> None:
        from accounts.upkeep import accounts_changed  # models are ready only now
        from stakeholders.derived import refresh_people, refresh_people_of
        from stakeholders.upkeep import people_changed

        accounts_changed.follow(refresh_people_of)
        people_changed.follow(refresh_people)
