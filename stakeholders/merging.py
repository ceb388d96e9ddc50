"""Two people prove to be one (rule 4.19): one survives with everything, and it can be taken back."""

from records import uniting
from records.acts import Act
from records.moves import Moves
from records.uniting import Chosen, Left, Seen, giving_way, held, hold, part, unite
from stakeholders import choosing
from stakeholders.models import PersonMerge, Stakeholder, SuspectedTwins
from stakeholders.upkeep import people_changed
from users.models import User


def merge(
    kept: Stakeholder, twin: Stakeholder, *, by: User | None, choose: Chosen | None = None, seen: Seen | None = None
) -> PersonMerge:
    """From now on `twin` is `kept`: all that hangs on the one hangs on the other, and nothing stands there twice.

    `choose` says whose word counts where they differ, by the names of `choosing.MATTERS`; `seen` which versions of the
    two were looked at, so that a newer one is refused.
    """
    return giving_way(lambda: united(kept, twin, by, choose or {}, seen or {}))


def united(kept: Stakeholder, twin: Stakeholder, by: User | None, choose: Chosen, seen: Seen) -> PersonMerge:
    """In a transaction that may begin anew."""
    kept, twin = held(kept, twin, seen)
    moves = Moves(by, "person_merged")
    unite(kept, twin, moves)
    settle_question(kept, twin, moves)
    at = Act.of(by).at
    moves.change(Stakeholder, [(twin, {"removed_at": at, "merged_into": kept.pk})])
    moves.change(Stakeholder, [(kept, choosing.survivor(kept, twin, choose))])
    done = PersonMerge(kept=kept, twin=twin, name=twin.name, merged_at=at, moves=moves.as_stored())
    done.keep(by=by, because="person_merged")
    people_changed([kept.pk, twin.pk])
    return done


def take_apart(done: PersonMerge, *, by: User | None) -> Left:
    """Undo `merge`: two people again, each with what was theirs. What was changed since stays and is named; what was
    added since stays with the survivor."""
    return giving_way(lambda: parted(done, by))


def parted(done: PersonMerge, by: User | None) -> Left:
    """In a transaction that may begin anew."""
    hold(Stakeholder, done.kept_id, done.twin_id)
    done = done.standing()
    left = part(done.moves, Moves(by, "person_merge_undone"))
    done.delete(by=by, because="person_merge_undone")
    people_changed([done.kept_id, done.twin_id])
    return left


def bring_over_late() -> int:
    """What came in the moment of a merge and names a twin is the survivor's; how many twins."""
    return uniting.bring_over_late(Stakeholder, "person_merged", lambda *ids: people_changed(ids))


def settle_question(kept: Stakeholder, twin: Stakeholder, moves: Moves) -> None:
    """Whoever was suspected is no longer."""
    one, other = sorted([kept.pk, twin.pk])
    pairs = SuspectedTwins.objects.filter(one=one, other=other)
    moves.change(SuspectedTwins, [(pair, {"state": SuspectedTwins.State.MERGED}) for pair in pairs])
