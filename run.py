#!/usr/bin/env python3
"""Two Eyes on one machine. Needs Python and nothing else.

python3 run.py [--port N] [--people N]   installs what is missing, starts the product with its demo, prints the address
python3 run.py test [options]            the tests; --pg, --e2e, --qa and --full widen them, the rest goes to pytest
"""

import argparse
import os
import shutil
import subprocess
import sys

SUPPORTED = ("3.13", "3.12", "3.11")


def answers(python):
    """Whether this interpreter really starts: a version manager leaves names on the path that do not."""
    return subprocess.run([python, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def use_a_supported_python():
    """Go on under a Python the product is tested with, or say which one to install."""
    if "{}.{}".format(*sys.version_info) in SUPPORTED:
        return
    for version in SUPPORTED:
        python = shutil.which("python" + version)
        if python and answers(python):
            os.execv(python, [python, os.path.abspath(__file__), *sys.argv[1:]])
    sys.exit("Two Eyes needs Python {} to {}; this is {}.".format(SUPPORTED[-1], SUPPORTED[0], sys.version.split()[0]))


def arguments(words):
    """The options of this command, and what is left over for pytest."""
    parser = argparse.ArgumentParser(
        prog="run.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--port", type=int, help="serve on this port; without it 8000 or the next free one")
    parser.add_argument("--people", type=int, default=0, help="a demo with so many more people, to feel the speed")
    test = parser.add_subparsers(dest="command").add_parser("test", help="run the tests", allow_abbrev=False)
    test.add_argument("--pg", action="store_true", help="also on TEST_DATABASE_URL and TEST_REDIS_URL")
    test.add_argument("--e2e", action="store_true", help="also in Chromium, and run.py itself")
    test.add_argument("--qa", action="store_true", help="also style, types, translations, migrations, compose file")
    test.add_argument("--full", action="store_true", help="the heavy figures in full instead of a tenth")
    options, rest = parser.parse_known_args(words)
    if options.port is not None and not 0 < options.port < 65536:
        parser.error("--port takes a number from 1 to 65535")
    if rest and options.command != "test":
        parser.error("unknown: " + " ".join(rest))
    return options, rest


if __name__ == "__main__":
    use_a_supported_python()
    options, rest = arguments(sys.argv[1:])
    if options.command == "test":
        from launch import proof  # not before the Python is known to be new enough to read it

        sys.exit(proof.run(options, rest))
    from launch import house

    sys.exit(house.open_up(options.port, options.people))
