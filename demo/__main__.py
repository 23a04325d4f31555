"""`python -m demo FOLDER`: write the source files of the pretend school and say what they are."""

import argparse
from datetime import date
from pathlib import Path

from demo import BRIN, NAME, PLACE, write


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m demo", description=f"Schrijf {NAME} ({PLACE}) als bronbestanden.")
    parser.add_argument("folder", type=Path, metavar="MAP", help="map waarin de bestanden komen")
    parser.add_argument("--today", type=date.fromisoformat, default=date.today(), help="de dag waarop het is (jjjj-mm-dd)")
    parser.add_argument("--seed", type=int, default=1, help="een ander getal geeft een andere school")
    parser.add_argument("--pupils", type=int, default=700, help="hoeveel kinderen (vanaf 60)")
    given = parser.parse_args()
    print(f"{NAME}, {BRIN}, op {given.today}. In deze volgorde inlezen:")
    for file in write(given.folder, given.today, given.seed, given.pupils):
        print(f"  {file.path.name:32} {file.connector}{' --profile ' + file.profile if file.profile else ''}")


if __name__ == "__main__":
    main()
