"""The door through which members of a ZIP container are read: nothing is written to disk, and nothing unpacks past its limit.

The sizes a container states may lie: they are summed before anything is opened, and reading stops at the limit all the same.
"""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from io import BytesIO

from kb.errors import UnreadableSourceError

MAX_MEMBERS = 10_000
MAX_UNPACKED = 1024 * 1024 * 1024
"""What all members may state together; pictures are not unpacked, so that this is generous."""
MAX_RATIO = 200
"""How many times its own size a container of some size may state to unpack to; text packs to a fiftieth at most."""
RATIO_FROM = 64 * 1024 * 1024
ENCRYPTED = 0x1
MEGABYTE = 1024 * 1024
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)


class Container:
    """A ZIP container whose directory was found sound; raises `UnreadableSourceError` with the cause for one that is not."""

    def __init__(self, data: bytes, path: str, reader: str) -> None:
        self._path, self._reader = path, reader
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except DAMAGED as error:
            raise self._refused(f"its ZIP container is damaged ({error})") from None
        self._members = {member.filename: member for member in self._zip.infolist()}
        self._check(data)

    def _check(self, data: bytes) -> None:
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise self._refused(f"its ZIP container has {len(members):,} members, more than {MAX_MEMBERS:,}")
        if any(member.flag_bits & ENCRYPTED for member in members):
            raise self._refused("its ZIP container needs a password")
        outside = next((name for name in self._members if _leads_outside(name)), None)
        if outside is not None:
            raise self._refused(f"its ZIP container names a place outside itself: {outside[:80]!r}")
        twice = next((name for name, count in Counter(member.filename for member in members).items() if count > 1), None)
        if twice is not None:
            raise self._refused(f"its ZIP container holds {twice[:80]!r} twice")
        total = sum(member.file_size for member in members)
        if total > MAX_UNPACKED or (total > RATIO_FROM and total > MAX_RATIO * len(data)):
            raise self._refused(f"it would unpack to {total // MEGABYTE:,} MB")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str, limit: int) -> bytes | None:
        """The bytes of a member, or None where there is none. Raises `UnreadableSourceError` for a damaged or too large one."""
        member = self._members.get(name)
        if member is None:
            return None
        try:
            with self._zip.open(member) as opened:
                unpacked = opened.read(limit + 1)
        except DAMAGED as error:
            raise self._refused(f"{name} in its ZIP container is damaged ({error})") from None
        if len(unpacked) > limit:
            raise self._refused(f"{name} in its ZIP container unpacks to more than {limit // MEGABYTE} MB")
        return unpacked

    def _refused(self, cause: str) -> UnreadableSourceError:
        return UnreadableSourceError(self._path, self._reader, cause)


def _leads_outside(name: str) -> bool:
    """Whether a member's name would leave the folder it is unpacked to."""
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or plain[1:2] == ":" or "\0" in name
