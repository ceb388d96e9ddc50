from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StakeholdersConfig(AppConfig):
    name = "stakeholders"
    verbose_name = _("People")

    def ready(self) -> None:
        from accounts.upkeep import (  # models are ready only now
            opportunities_turned,
            standings_changed,
            units_renamed,
            zones_changed,
        )
        from records.merging import declare, declare_astray
        from stakeholders import merge_rules
        from stakeholders.astray import posts_astray, roles_astray
        from stakeholders.derived import refresh_holders, refresh_people, refresh_posts_in
        from stakeholders.recount import recount_standings, recount_zones
        from stakeholders.upkeep import people_changed

        zones_changed.follow(recount_zones)
        standings_changed.follow(recount_standings)
        units_renamed.follow(refresh_posts_in)
        opportunities_turned.follow(refresh_holders)
        people_changed.follow(refresh_people)
        declare(*merge_rules.OF_PEOPLE, *merge_rules.OF_ACCOUNTS, *merge_rules.OF_UNITS, *merge_rules.OF_POSTS)
        declare_astray(posts_astray)
        declare_astray(roles_astray)
