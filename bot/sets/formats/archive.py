"""Zip archives in memory, within bounds: named files out of one, and a new one of a few.

Nothing is written to a disk, and of a foreign archive nothing is unpacked but the files asked for.
Archives with tricks are refused all the same: whoever publishes one spreads them.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from bot.sets import limits
from bot.sets.decoding import check_size
from bot.sets.problems import BrokenSetError, Problem, quote

ENCRYPTED = 0x1
"""The flag of a file in an archive that a password protects."""

ARCHIVE = "a zip archive"

UNREADABLE = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,  # NotImplementedError among them
)
"""What the zip reader of the standard library raises for archives that it cannot read."""


def unpack(data: bytes, name: str, wanted: Sequence[str]) -> dict[str, bytes]:
    """Return the files asked for, by name; BrokenSetError when the archive is not sound."""
    check_size(len(data), name)
    try:
        with ZipFile(BytesIO(data)) as archive:
            files = _sound(archive.infolist(), name, wanted)
            return {path: _bytes(archive, files[path], name) for path in wanted}
    except UNREADABLE as error:
        raise _broken(name, f"a broken archive ({error})", ARCHIVE) from error


def check_archive(data: bytes, name: str, most: int) -> None:
    """Raise BrokenSetError for an archive that a library should not be given to unpack.

    `most` is how many bytes it may unpack to.
    """
    check_size(len(data), name)
    try:
        with ZipFile(BytesIO(data)) as archive:
            _sound(archive.infolist(), name, (), most)
    except UNREADABLE as error:
        raise _broken(name, f"a broken archive ({error})", ARCHIVE) from error


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of files, the same for the same files."""
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        for path, content in files.items():
            archive.writestr(ZipInfo(path), content, compress_type=ZIP_DEFLATED)
    return data.getvalue()


def _sound(
    infos: list[ZipInfo], name: str, wanted: Sequence[str], most: int = limits.ARCHIVE_BYTES
) -> dict[str, ZipInfo]:
    """Return the files of an archive by name, or raise with all that is amiss among them."""
    files = {info.filename: info for info in infos}
    total = sum(info.file_size for info in infos)
    amiss = []
    if len(infos) > limits.ARCHIVE_FILES:
        amiss.append((f"{len(infos):,} files", f"at most {limits.ARCHIVE_FILES:,}"))
    if total > most:
        amiss.append((f"{total:,} bytes when unpacked", f"at most {most:,}"))
    amiss += [
        (f"the path {quote(info.orig_filename)}", "paths inside the archive")
        for info in infos
        if _outside(info.orig_filename)
    ]
    if len(files) < len(infos):
        amiss.append(("two files of one name", "each name once"))
    for path in wanted:
        if path not in files:
            amiss.append((f"no {path}", "an H5P archive, which has one"))
        elif files[path].file_size > limits.FILE_BYTES:
            found = f"{path} of {files[path].file_size:,} bytes"
            amiss.append((found, f"at most {limits.FILE_BYTES:,}"))
        elif files[path].flag_bits & ENCRYPTED:
            amiss.append((f"{path} behind a password", "an archive without one"))
        elif files[path].compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            amiss.append((f"{path} packed in an unusual way", "stored or deflated"))
    if amiss:
        raise BrokenSetError([Problem(name, 0, "", *told) for told in amiss[: limits.PROBLEMS]])
    return files


def _outside(path: str) -> bool:
    """Whether a path leads out of the folder that an archive is unpacked into, on any system."""
    steps = path.replace("\\", "/").split("/")
    return ".." in steps or steps[0] == "" or ":" in path or "\0" in path


def _bytes(archive: ZipFile, info: ZipInfo, name: str) -> bytes:
    # a header may lie about the size, so no more is unpacked than may be there
    with archive.open(info) as file:
        data = file.read(limits.FILE_BYTES + 1)
    if len(data) > limits.FILE_BYTES:
        found = f"{info.filename} of more bytes than it says"
        raise _broken(name, found, f"at most {limits.FILE_BYTES:,}")
    return data


def _broken(name: str, found: str, allowed: str) -> BrokenSetError:
    return BrokenSetError([Problem(name, 0, "", found, allowed)])
