from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import merge_rules  # models are ready only now
        from records.merging import declare, declare_astray

        declare(*merge_rules.OF_ACCOUNTS, *merge_rules.OF_UNITS)
        declare_astray(merge_rules.units_astray)
