"""Two accounts prove to be one customer: one stays with everything of both, and it can be taken back."""

from uuid import UUID

from accounts import choosing
from accounts.models import Account, AccountMerge, OrgUnit
from accounts.trees import place_trees
from accounts.upkeep import zones_changed
from records import uniting
from records.acts import Act
from records.moves import Moves
from records.uniting import Chosen, Left, Seen, giving_way, held, hold, loosen, part, unite
from users.models import User

DERIVED = ("sort_key", "search_key", "tier_rank")


def merge(
    kept: Account, twin: Account, *, by: User | None, choose: Chosen | None = None, seen: Seen | None = None
) -> AccountMerge:
    """From now on `twin` is `kept`: units, people, visits, purchases and colleagues of both are at the one that stays.

    The people stay who they are; two of them who are one now stand at one account, where the search for twins
    finds them. `choose` says whose word counts where the two differ, by the names of `choosing.MATTERS`; `seen` which
    versions of them were looked at, so that a newer one is refused.
    """
    return giving_way(lambda: united(kept, twin, by, choose or {}, seen or {}))


def united(kept: Account, twin: Account, by: User | None, choose: Chosen, seen: Seen) -> AccountMerge:
    """In a transaction that may begin anew."""
    kept, twin = held(kept, twin, seen)
    moves = Moves(by, "account_merged")
    moves.change(Account, [(kept, choosing.survivor(kept, twin, choose))])
    unite(kept, twin, moves)
    at = Act.of(by).at
    moves.change(Account, [(twin, {"removed_at": at, "merged_into": kept.pk})])
    done = AccountMerge(kept=kept, twin=twin, name=twin.name, merged_at=at, moves=moves.as_stored())
    done.keep(by=by, because="account_merged")
    follow(kept.pk)
    return done


def take_apart(done: AccountMerge, *, by: User | None) -> Left:
    """Undo `merge`; what was changed since stays and is named, what was added since stays with the survivor, untied
    from what went back."""
    return giving_way(lambda: parted(done, by))


def parted(done: AccountMerge, by: User | None) -> Left:
    """In a transaction that may begin anew."""
    hold(Account, done.kept_id, done.twin_id)
    done = done.standing()
    moves = Moves(by, "account_merge_undone")
    left = part(done.moves, moves)
    loosen([done.kept_id, done.twin_id], done.merged_at, moves, left)
    done.delete(by=by, because="account_merge_undone")
    follow(done.kept_id, done.twin_id)
    return left


def bring_over_late() -> int:
    """What came in the moment of a merge and names the account that went is the survivor's; how many accounts."""
    return uniting.bring_over_late(Account, "account_merged", follow)


def follow(*accounts: UUID) -> None:
    """Places in the tree, keys and states are worked out anew: now for a few people, by a job for many."""
    for account in Account.objects.filter(pk__in=accounts):
        account.derive()
        Account.objects.filter(pk=account.pk).update(**{name: getattr(account, name) for name in DERIVED})
    place_trees(OrgUnit.objects.present(), accounts)
    zones_changed(accounts)
