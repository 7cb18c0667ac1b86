"""Text files are UTF-8, with or without a byte order mark; anything else is refused before a row is read."""

import codecs
from pathlib import Path

from touchmark.integrations.files.formats import UnusableFile

#: The whole file is looked through first: a wrong byte near its end is found in seconds, before anything is stored.
CHUNK = 1 << 20
BOM = codecs.BOM_UTF8

_OTHER_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def require_utf8(path: Path) -> None:
    """
    Make sure that a file is UTF-8 text throughout.

    :raises UnusableFile: naming the first byte that is not, by offset and line
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    offset, lines, pending = 0, 0, 0
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            if offset == 0:
                _require_text(path, chunk)
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as fault:
                raise _not_utf8(path, fault, offset - pending, lines) from None
            pending = len(decoder.getstate()[0])
            offset += len(chunk)
            lines += chunk.count(b"\n")
    if pending:
        raise UnusableFile(
            f"{path}: the last character, at byte {offset - pending:,}, is cut off; write the file again, whole"
        )


def _require_text(path: Path, first: bytes) -> None:
    for mark, name in _OTHER_BOMS:
        if first.startswith(mark):
            raise UnusableFile(f"{path}: byte 0 (line 1): the file is {name}; save it as UTF-8")
    # In the first line, which names the columns, a NUL is no slip of a seller's.
    nul = first.partition(b"\n")[0].find(b"\0")
    if nul >= 0:
        raise UnusableFile(f"{path}: byte {nul} (line 1) is NUL: UTF-16, or not a text file; save it as UTF-8")


def _not_utf8(path: Path, fault: UnicodeDecodeError, base: int, lines: int) -> UnusableFile:
    """``base`` is the file's offset of the first byte the decoder saw, ``lines`` the line ends before the chunk."""
    line = lines + fault.object.count(b"\n", 0, fault.start) + 1
    byte = fault.object[fault.start]
    return UnusableFile(
        f"{path}: byte {base + fault.start:,} (line {line:,}) is 0x{byte:02X}, which is not UTF-8; "
        "save the file as UTF-8 (it may be Latin-1, Windows-1252 or GBK now)"
    )
