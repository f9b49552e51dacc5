"""Files that people send in the chat, brought from Telegram; what is in them is read elsewhere."""

from __future__ import annotations

from telegram import Bot
from telegram.error import TelegramError

from bot.errors import FileError, LargeFileError
from bot.sets.limits import FILE_BYTES
from bot.transport.request import TooLargeError


async def fetch(bot: Bot, file_id: str) -> bytes:
    """Return the bytes of a file, of which no more than `FILE_BYTES` are read.

    LargeFileError for a larger one, whatever was said of it; FileError for one that does not come
    whole.
    """
    try:
        file = await bot.get_file(file_id)
        if (file.file_size or 0) > FILE_BYTES:
            raise LargeFileError("a file is too large")
        data = bytes(await file.download_as_bytearray())
    except TooLargeError:
        raise LargeFileError("a file is larger than it was said to be") from None
    except (TelegramError, RuntimeError) as error:
        # The library's errors may quote the address, which holds the token.
        raise FileError(f"a file did not come: {type(error).__name__}") from None
    if len(data) > FILE_BYTES:
        raise LargeFileError("a file is larger than it was said to be")
    if len(data) < (file.file_size or 0):
        raise FileError(f"a file ended after {len(data):,} of {file.file_size:,} bytes")
    return data
