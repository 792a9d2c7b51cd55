"""The bytes of one file, decompressed and within bounds, whatever its name says about it.

Up to WHOLE a file is one block. A longer one is taken line by line, in blocks of whole lines, so that memory does not
grow with the file; a longer document without lines is refused. libdeflate does what is plainly one sound gzip member;
the rest (several members, cut off, damaged) goes through zlib, piece by piece.
"""

from __future__ import annotations

import codecs
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import deflate

WHOLE = 64 << 20
"""Most bytes of one block, uncompressed; CloudTrail's own files end at 50 MB."""
LINES = 4 << 20
"""The size of the blocks of a longer file."""
STEP = 1 << 20
RATIO = 200
"""Logs compress to a tenth. What grows more than this is a bomb, once it is larger than FREE."""
FREE = 16 << 20
GZIP = b"\x1f\x8b\x08"
MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f].{4}[\x00\x02\x04][\x00-\x0d\xff]", re.DOTALL)
"""The head of a gzip member, as RFC 1952 has it; by chance it hardly ever stands in one."""
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Refused(Exception):
    """A file that is not read; the message is the reason."""


class Damaged(Exception):
    """The file ends before its content does; what came before it was given."""


@dataclass(frozen=True)
class Block:
    """Some of a file's text. `line` is the number of its first line; `cut`: its end is missing."""

    data: bytes | bytearray
    line: int = 1
    cut: bool = False


def blocks(path: Path) -> Iterator[Block]:
    """The blocks of a file. Raises Refused, Damaged after the last sound block, and OSError."""
    with path.open("rb") as file:
        start = file.read(min(os.fstat(file.fileno()).st_size, WHOLE) + 1)
    gzipped, fits = start.startswith(GZIP), len(start) <= WHOLE
    quick = (_quick(start) if gzipped else start) if fits else None
    del start
    if quick is not None:
        yield Block(quick)
    else:
        yield from _blocks(_unpacked(path) if gzipped else _chunks(path))


def _quick(packed: bytes) -> bytearray | None:
    """The whole of one gzip member; nothing where libdeflate would guess: it ends after the first of several members,
    and believes the length that the last four bytes tell."""
    told = int.from_bytes(packed[-4:], "little")
    if not 0 < told <= WHOLE or told > max(FREE, RATIO * len(packed)) or MEMBER.search(packed, 1):
        return None
    try:
        text: bytearray = deflate.gzip_decompress(packed)
    except (deflate.DeflateError, ValueError):
        return None
    return text


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(STEP):
            yield chunk


def _unpacked(path: Path) -> Iterator[bytes]:
    member, taken, given, inside = zlib.decompressobj(31), 0, 0, False
    for packed in _chunks(path):
        taken += len(packed)
        while packed:
            text = _step(member, packed)
            packed, inside = member.unconsumed_tail, not member.eof
            given += len(text)
            if given > FREE and given > RATIO * (taken - len(packed)):
                raise Refused(f"grows more than {RATIO} times when decompressed: a gzip bomb")
            yield text
            if member.eof:
                packed, member = member.unused_data.lstrip(b"\0"), zlib.decompressobj(31)
    if inside:
        raise Damaged("truncated gzip")


def _step(member: zlib._Decompress, packed: bytes) -> bytes:
    try:
        return member.decompress(packed, STEP)
    except zlib.error as problem:
        raise Damaged(f"damaged gzip: {problem}") from problem


def _blocks(chunks: Iterator[bytes]) -> Iterator[Block]:
    buffer, line = bytearray(), 1
    try:
        for chunk in chunks:
            buffer += chunk
            if end := _whole_lines(buffer, first=line == 1):
                yield Block(buffer[:end], line)
                line += buffer.count(b"\n", 0, end)
                del buffer[:end]
    except Damaged:
        yield Block(buffer, line, cut=True)
        raise
    yield Block(buffer, line)


def _whole_lines(buffer: bytearray, *, first: bool) -> int:
    """Where the last whole line ends, once there is enough for a block."""
    if len(buffer) <= (WHOLE if first else LINES):
        return 0
    end = buffer.rfind(b"\n") + 1
    documents = not end or (first and not _a_record(buffer[: buffer.index(b"\n")]))
    if documents and len(buffer) > WHOLE:
        size = f"{WHOLE >> 20} MiB"
        raise Refused(f"one document of more than {size}: put one record on a line, as jq -c '.Records[]' does")
    return end


def _a_record(line: bytearray) -> bool:
    """The first line of a document that is laid out over several lines does not end with what it began."""
    return line.rstrip().endswith(b"}")


def clean(data: bytes | bytearray) -> bytes | bytearray:
    """Valid UTF-8 without a byte order mark; what is not UTF-8 becomes U+FFFD. PowerShell writes UTF-16."""
    if data.startswith(UTF16):
        return data.decode("utf-16", "replace").encode()
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    if data.isascii():
        return data
    try:
        codecs.utf_8_decode(data, "strict", True)
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace").encode()
    return data
