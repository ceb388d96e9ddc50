"""Who may write down a contact, and where (design 4, rights in detail)."""

from accounts.models import Account, AccountQuerySet
from users.models import User


def accounts_to_log_at(user: User) -> AccountQuerySet:
    """The accounts one works on or leads; an executive's are all, since executives meet customers everywhere."""
    if user.rank == User.Rank.EXECUTIVE:
        return Account.objects.visible_to(user)
    return Account.objects.worked_by(user)


def may_log_at(account: Account, user: User) -> bool:
    """Whether this user may write down a contact or plan one there."""
    return accounts_to_log_at(user).filter(pk=account.pk).exists()
