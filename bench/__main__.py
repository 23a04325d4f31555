"""Run the sections and print their rows: what, the floor beside it, ours, the ratio and the goal."""

import importlib
import sys

from bench.figures import table

SECTIONS = ("practice", "records", "pages")
"""Modules of this folder with `run() -> list[Row]`, in the order in which they run."""


def main() -> None:
    for name in sys.argv[1:] or SECTIONS:
        print(f"\n{name}", flush=True)
        print(table(importlib.import_module(f"bench.{name}").run()), flush=True)


if __name__ == "__main__":
    main()
