"""Files that people send in the chat, brought from Telegram; what is in them is read elsewhere."""

from __future__ import annotations

import asyncio

from telegram import Bot
from telegram.error import TelegramError

from bot.errors import FileError, LargeFileError
from bot.sets.limits import FILE_BYTES
from bot.transport.bodies import TooLargeError


class Files:
    """Brings files until `stop`; what is on its way then does not come."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._coming: set[asyncio.Task[bytes]] = set()
        self._stopped = False

    def stop(self) -> None:
        """Bring nothing more: an end waits for nobody's file."""
        self._stopped = True
        for task in self._coming:
            task.cancel()

    async def fetch(self, file_id: str) -> bytes:
        """Return the bytes of a file, of which no more than `FILE_BYTES` are read.

        LargeFileError for a larger one, whatever was said of it; FileError for one that does not
        come whole.
        """
        task = asyncio.create_task(self._fetch(file_id))
        self._coming.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if not self._stopped:
                raise
            raise FileError("a file did not come before the end") from None
        finally:
            self._coming.discard(task)

    async def _fetch(self, file_id: str) -> bytes:
        try:
            file = await self._bot.get_file(file_id)
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
