from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelationshipsConfig(AppConfig):
    name = "relationships"
    verbose_name = _("Relationships")

    def ready(self) -> None:
        from records.merging import declare
        from relationships import merge_rules  # models are ready only now
        from relationships.contact_state import begin, rebuild
        from relationships.upkeep import contacts_changed
        from stakeholders.upkeep import cadences_changed, key_status_changed, people_came, people_changed

        people_came.follow(begin)
        people_changed.follow(rebuild)
        cadences_changed.follow(rebuild)
        key_status_changed.follow(rebuild)
        contacts_changed.follow(rebuild)
        declare(*merge_rules.OF_PEOPLE, *merge_rules.OF_ACCOUNTS)
