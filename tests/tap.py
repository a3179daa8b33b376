# SPDX-License-Identifier: Apache-2.0
"""A small TAP producer for tests written in Python: one function a case, one line a case."""

import sys
import traceback


class Skip(Exception):
    """Raised by a case that cannot run here; its text says why."""


def run(cases):
    """Runs (path, function) pairs in order, prints TAP and exits with 1 where one failed."""
    print(f"1..{len(cases)}", flush=True)
    failed = 0
    for number, (path, function) in enumerate(cases, 1):
        try:
            function()
            print(f"ok {number} {path}", flush=True)
        except Skip as reason:
            print(f"ok {number} {path} # SKIP {reason}", flush=True)
        except Exception:  # a failing case must not hide the ones after it
            failed += 1
            for line in traceback.format_exc().rstrip().splitlines():
                print(f"# {line}", flush=True)
            print(f"not ok {number} {path}", flush=True)
    sys.exit(1 if failed else 0)
