"""`python -m demo FOLDER`: write the source files of the pretend school and say what they are."""

import argparse
import sys
from datetime import date, datetime
from pathlib import Path

from demo import BRIN, NAME, PLACE, write
from demo.calendar import AMSTERDAM


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m demo", description=f"Schrijf {NAME} ({PLACE}) als bronbestanden.")
    parser.add_argument("folder", type=Path, metavar="MAP", help="map waarin de bestanden komen")
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        default=datetime.now(AMSTERDAM).date(),
        help="de dag waarop het is (jjjj-mm-dd)",
    )
    parser.add_argument("--seed", type=int, default=1, help="een ander getal geeft een andere school")
    parser.add_argument("--pupils", type=int, default=700, help="hoeveel kinderen (vanaf 60)")
    given = parser.parse_args()
    lines = [f"{NAME}, {BRIN}, op {given.today}. In deze volgorde inlezen:"]
    lines += [
        f"  {file.path.name:32} {file.connector}{' --profile ' + file.profile if file.profile else ''}"
        for file in write(given.folder, given.today, given.seed, given.pupils)
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
