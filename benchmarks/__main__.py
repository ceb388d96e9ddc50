"""`python3 -m benchmarks`: builds, serves, asks, and prints one table.

It needs a PostgreSQL server where it may make databases, as superuser (`--server` or TEST_DATABASE_URL), and takes
some ten minutes with 100,000 people, about an hour with 1,000,000. `--keep` keeps the database for the next run.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import table
from benchmarks.ground import Ground, own_database
from benchmarks.measures import FULL, ONCE, QUICK
from benchmarks.rows import Scene
from benchmarks.run import lines
from benchmarks.served import load


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--server", default=os.environ.get("TEST_DATABASE_URL"), help="postgres://user@host:port/name")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rows", default="", help="only rows whose name has this in it")
    parser.add_argument(
        "--quick", dest="effort", action="store_const", const=QUICK, default=FULL, help="fewer requests"
    )
    parser.add_argument("--once", dest="effort", action="store_const", const=ONCE, help="only to see that all answers")
    parser.add_argument("--keep", action="store_true", help="keep the database, and take it up again")
    options = parser.parse_args()
    if not options.server:
        parser.error("give --server or TEST_DATABASE_URL")
    name = f"two_eyes_benchmark_{options.people}"
    with (
        tempfile.TemporaryDirectory(prefix="two-eyes-benchmark-") as folder,
        own_database(options.server, name, keep=options.keep) as address,
    ):
        ground = Ground(Path(folder), address)
        ground.prepare()
        scene = scene_of(ground, options.people)
        print(f"{scene['people']:,} people, {scene['interactions']:,} visits; load before: {load()}", flush=True)
        measured = list(heard(lines(ground, scene, only=options.rows, effort=options.effort)))
        print("\n".join(table.drawn(measured)))
        print(f"Load afterwards: {load()}")


def heard(measured: Iterator[list[str]]) -> Iterator[list[str]]:
    """Each line as it comes, for whoever waits."""
    for cells in measured:
        print("  ".join(filter(None, cells)), file=sys.stderr, flush=True)
        yield cells


def scene_of(ground: Ground, people: int) -> Scene:
    """Build, unless the database was kept; what to ask for."""
    file = ground.folder / "scene.json"
    ground.run("-m", "benchmarks.data", people, file)
    scene = json.loads(file.read_text())
    if scene["wrong"]:
        sys.exit(f"{scene['wrong']} rows are not what the product derives; the figures would be of something else.")
    return scene


if __name__ == "__main__":
    main()
