"""A binary Word file (Word 97) written here: an OLE compound file with the two streams that make a
document, its text as one piece of UTF-16. As small as Word's own readers accept it."""

import struct

SECTOR, FREE, LAST, FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
LEAST = 4096  # shorter streams would live among the small ones
BLOCK = 1024  # where the text begins: behind the file information block
UNICODE, TABLE_ONE = 0x1000, 0x0200
PIECES = 21  # bytes of the table of pieces
NO_STYLES = struct.pack("<HHH14x", 18, 0, 10)  # a style sheet without styles


def old_word(paragraphs: list[str]) -> bytes:
    """The bytes of a .doc of these paragraphs."""
    text = "".join(one + "\r" for one in paragraphs)
    document = file_information(len(text)) + text.encode("utf-16-le")
    return compound({"WordDocument": document, "1Table": pieces(len(text)) + NO_STYLES})


def file_information(count: int) -> bytes:
    """The FIB: identity, version, where the text and its table of pieces are."""
    block = bytearray(BLOCK)
    struct.pack_into("<HHHH", block, 0, 0xA5EC, 0x00C1, 0, 0x0804)  # Word 97, Chinese
    struct.pack_into("<HH", block, 0x0A, UNICODE | TABLE_ONE, 0x00BF)
    struct.pack_into("<II", block, 0x18, BLOCK, BLOCK + 2 * count)  # first and last byte of text
    struct.pack_into("<H", block, 0x20, 14)
    struct.pack_into("<H", block, 0x3E, 22)
    struct.pack_into("<II", block, 0x40, BLOCK + 2 * count, 0)
    struct.pack_into("<I", block, 0x4C, count)  # characters of the main text
    struct.pack_into("<II", block, 0xA2, PIECES, len(NO_STYLES))
    struct.pack_into("<H", block, 0x98, 0x5D)
    struct.pack_into("<II", block, 0x1A2, 0, PIECES)  # places in the table stream
    return bytes(block)


def pieces(count: int) -> bytes:
    """The table of pieces: all characters from one place, two bytes each."""
    return struct.pack("<BIIIHIH", 2, 16, 0, count, 0, BLOCK, 0)


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file: one sector of the allocation table, one of the directory, streams."""
    table, body, entries = [FAT, LAST], b"", [entry("Root Entry", 5, LAST, 0, child=1)]
    for number, (name, raw) in enumerate(streams.items(), start=1):
        size = max(LEAST, -(-len(raw) // SECTOR) * SECTOR)
        first = len(table)
        table += [*range(first + 1, first + size // SECTOR), LAST]
        more = number + 1 if number < len(streams) else FREE
        entries.append(entry(name, 2, first, size, right=more))
        body += raw.ljust(size, b"\0")
    entries += [entry("", 0, 0, 0)] * (SECTOR // 128 - len(entries))
    assert len(table) <= SECTOR // 4, "one sector of the allocation table is enough for a test"
    table += [FREE] * (SECTOR // 4 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, LEAST, LAST, 0, LAST, 0, 0)
    head += struct.pack("<I", FREE) * 108
    return head + struct.pack("<128I", *table) + b"".join(entries) + body


def entry(
    name: str, kind: int, start: int, size: int, *, child: int = FREE, right: int = FREE
) -> bytes:
    """One entry of the directory; siblings hang to the right."""
    words = (name + "\0").encode("utf-16-le") if name else b""
    head = words.ljust(64, b"\0") + struct.pack("<HBB", len(words), kind, 1)
    return head + struct.pack("<III36xIII", FREE, right, child, start, size, 0)
