"""Pictures from a folder, and never from anywhere else."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from touchmark.engine.screening.image.header import MOST_BYTES
from touchmark.engine.screening.image.unreadable import UnreadableImage

# A name comes from a stranger: it may lead to a pipe that never ends, so opening must not wait.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class FolderImages:
    """
    The pictures under a folder, by their path within it; an ``ImageBytes`` that can be sent to other processes.

    A link inside the folder is followed as long as it stays inside.
    """

    root: Path

    def __call__(self, name: str, /) -> bytes:
        """
        The bytes of a picture.

        :raises UnreadableImage: missing, outside, too_large_file
        """
        path = self._inside(name)
        try:
            with os.fdopen(os.open(path, _FLAGS), "rb") as stream:
                about = os.fstat(stream.fileno())
                if not stat.S_ISREG(about.st_mode):
                    raise UnreadableImage("missing")
                if about.st_size > MOST_BYTES:
                    raise UnreadableImage("too_large_file", limit=MOST_BYTES // 1_000_000)
                return stream.read(MOST_BYTES + 1)
        except OSError as refusal:
            raise UnreadableImage("missing") from refusal

    def _inside(self, name: str) -> Path:
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if not parts or "\0" in name:
            raise UnreadableImage("missing")
        if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            raise UnreadableImage("outside")
        root = self.root.resolve()
        try:
            path = (root / Path(*parts)).resolve()
        except (OSError, RuntimeError) as refusal:  # a name too long, links that lead in a circle
            raise UnreadableImage("missing") from refusal
        if not path.is_relative_to(root):
            raise UnreadableImage("outside")
        return path
