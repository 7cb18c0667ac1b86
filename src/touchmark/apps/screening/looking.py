"""Which dear looks this installation takes at pictures, and when: what its settings say, and what is installed."""

from functools import cache

from django.conf import settings

from touchmark.engine.screening.image.reader import PictureReader, installed
from touchmark.engine.screening.looks import Looks, When


def looks() -> Looks:
    """
    Give the looks by the settings; words are read where what reads them is installed, and must be if it is said.

    :raises NoReader: if words are to be read of all pictures, and nothing is installed that reads them
    """
    reading = When(settings.TOUCHMARK_READ_PICTURES)
    wanted = reading is When.ALWAYS or (reading is When.ASKED and installed() is not None)
    return Looks(When(settings.TOUCHMARK_CLOSER), reading, _reader() if wanted else None)


@cache
def _reader() -> PictureReader:
    """One for each process: its models take 150 MB."""
    return PictureReader.here()
