"""`python -m benchmarks.jobs RUNS`: the alert job over everybody, in turn with one plain statement into the same table
with the same triggers."""

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from records.history import history_model  # noqa: E402
from records.new_rows import UUID7_POSTGRES  # noqa: E402
from relationships.models import ContactRules  # noqa: E402
from reviews import alert_job  # noqa: E402
from reviews.models import Alert  # noqa: E402

# Rules 4.6 and 5 by hand and in one go, as somebody would write it who needs no chunks, no history and no second run.
PLAIN = f"""
INSERT INTO reviews_alert (id, kind, account_id, stakeholder_id, interaction_id, opened_on, reason)
SELECT {UUID7_POSTGRES}, found.kind, found.account_id, found.person, found.visit, %(today)s, ''
FROM (
    SELECT CASE WHEN s.last_contact_on IS NULL THEN 'never' WHEN s.lost_on <= %(today)s THEN 'lost' ELSE 'stale' END
               AS kind, s.account_id, s.stakeholder_id AS person, NULL::uuid AS visit
    FROM relationships_contactstate s
    JOIN stakeholders_stakeholder p ON p.id = s.stakeholder_id AND p.removed_at IS NULL AND NOT p.has_left
    JOIN accounts_account a ON a.id = s.account_id AND a.status = 'active' AND a.removed_at IS NULL
    WHERE s.raises_alerts AND s.starts_on <= %(today)s AND s.ends_on > %(today)s AND s.stale_on <= %(today)s
      AND NOT EXISTS (
        SELECT 1 FROM relationships_participant t
        JOIN relationships_interaction i ON i.id = t.interaction_id
        JOIN relationships_activitytype k ON k.id = i.activity_type_id
        WHERE t.stakeholder_id = s.stakeholder_id AND i.state = 'planned' AND i.removed_at IS NULL
          AND (i.head_count <= %(crowd)s OR t.was_spoken_to) AND k.counts = 'always'
          AND i.held_on BETWEEN %(today)s AND %(today)s::date + %(ahead)s)
    UNION ALL
    SELECT 'too_often', s.account_id, s.stakeholder_id, NULL
    FROM relationships_contactstate s
    JOIN stakeholders_stakeholder p ON p.id = s.stakeholder_id AND p.removed_at IS NULL AND NOT p.has_left
    JOIN accounts_account a ON a.id = s.account_id AND a.status = 'active' AND a.removed_at IS NULL
    WHERE s.raises_alerts AND s.starts_on <= %(today)s AND s.ends_on > %(today)s AND s.too_often_until >= %(today)s
    UNION ALL
    SELECT 'visit_unanswered', i.account_id, NULL, i.id
    FROM relationships_interaction i
    JOIN accounts_account a ON a.id = i.account_id AND a.status = 'active' AND a.removed_at IS NULL
    WHERE i.state = 'planned' AND i.removed_at IS NULL AND i.held_on < %(today)s
) found
"""


def main(runs: int) -> None:
    plain, job = [], []
    for _ in range(runs):
        clear()
        plain.append(timed(plain_statement))
        clear()
        job.append(timed(open_alerts))
    seconds, opened = job[-1]
    assert plain[-1][1] == opened, f"the plain statement opens {plain[-1][1]}, the job {opened}"
    again = timed(open_alerts)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"plain": [each for each, _ in plain], "job": [each for each, _ in job], "opened": opened}
    print(json.dumps(told | {"again": again[0], "changed": changed(), "megabytes": memory}))


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = act()
    return time.perf_counter() - began, found


def plain_statement() -> int:
    """One statement in a transaction that is taken back; how many rows."""
    policy = ContactRules.load()
    values = {"today": timezone.localdate(), "crowd": policy.crowd, "ahead": policy.hold_back_days}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLAIN, values)
        opened = cursor.rowcount
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
    return opened


def open_alerts() -> int:
    """The job as it runs at night."""
    return alert_job.run(timezone.now())["opened"]


def changed() -> int:
    """Rows that a run of the same day writes once all is done."""
    return sum(alert_job.run(timezone.now()).values())


def clear() -> None:
    """As before the first night."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {Alert._meta.db_table}, {history_model(Alert)._meta.db_table} CASCADE")
        cursor.execute("VACUUM ANALYZE reviews_alert")


if __name__ == "__main__":
    main(int(sys.argv[1]))
