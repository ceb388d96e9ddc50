from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        from records.merging import declare
        from reviews import merge_rules  # models are ready only now

        declare(*merge_rules.OF_PEOPLE, *merge_rules.OF_ACCOUNTS, *merge_rules.OF_ALERTS)
