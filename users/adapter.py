"""How people come in: administrators make users, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignUp(DefaultAccountAdapter):
    """allauth, with the sign-up page closed."""

    def is_open_for_signup(self, request) -> bool:
        return False
