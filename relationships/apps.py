from django.apps import AppConfig


class RelationshipsConfig(AppConfig):
    name = "relationships"

    def ready(self) -> None:
        from relationships.contact_state import rebuild  # models are ready only now
        from relationships.upkeep import contacts_changed
        from stakeholders.upkeep import key_status_changed, people_changed

        people_changed.follow(rebuild)
        key_status_changed.follow(rebuild)
        contacts_changed.follow(rebuild)
