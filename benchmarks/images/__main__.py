"""``python -m benchmarks.images accuracy --data DATA [--part PART] [--peers]``, ``speed …`` or ``words …``."""

import argparse
from pathlib import Path

from benchmarks.images import accuracy, speed, words
from benchmarks.images.sources import PARTS


def main() -> None:
    """Run one of the benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.images")
    which = parser.add_subparsers(dest="which", required=True)
    counted = which.add_parser("accuracy", help="copies found, by edit, and wrong pairs")
    counted.add_argument("--data", type=Path, required=True, help="the folder of real data")
    counted.add_argument("--part", choices=PARTS, action="append", help="default: all")
    counted.add_argument("--peers", action="store_true", help="PDQ and a perceptual hash on the same files")
    timed = which.add_parser("speed", help="what the cheap tier and its look-ups cost")
    timed.add_argument("--data", type=Path, help="the folder of real data")
    timed.add_argument("--rounds", type=int, default=7)
    timed.add_argument("--one", choices=["ours", "peer"], help=argparse.SUPPRESS)
    read = which.add_parser("words", help="marks written over photos, read and found")
    read.add_argument("--data", type=Path, required=True, help="the folder of real data")
    read.add_argument("--part", choices=("tune", "report"), action="append", help="default: both")
    read.add_argument("--draws", type=int, default=2, help="pictures made of each photo")
    options = parser.parse_args()
    if options.which == "words":
        words.run(options.data, options.part or ["tune", "report"], options.draws)
        return
    if options.which == "speed":
        speed.one(options.one) if options.one else speed.run(options.data, options.rounds)
        return
    accuracy.run(options.data, options.part or list(PARTS), options.peers)


if __name__ == "__main__":
    main()
