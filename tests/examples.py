"""How hard a property is tried: in full with FULL=1 in the environment, a tenth otherwise."""

import os

from hypothesis import HealthCheck, settings

FULL = os.environ.get("FULL") == "1"


def tried(figure: int) -> settings:
    """Settings of a property test whose full figure this is; time is no criterion on a shared machine."""
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return settings(max_examples=figure if FULL else figure // 10, deadline=None, suppress_health_check=slow)
