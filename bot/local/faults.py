"""How the stand-in refuses: what Telegram answers a bot, and what a person cannot do.

The descriptions are those of the Bot API server (tdlib/telegram-bot-api, ``fail_query_with_error``,
which lower-cases the first letter of TDLib's own sentence) and of the methods behind it. Only here
are the words "Bad Request" put together.
"""

from collections.abc import Mapping

from bot.errors import WhoSaysError

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class ApiError(WhoSaysError):
    """A call that Telegram refuses: HTTP status, description and, at times, parameters."""

    def __init__(
        self, code: int, description: str, parameters: Mapping[str, int] | None = None
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})

    def body(self) -> dict[str, object]:
        """Return the JSON body that the server answers with."""
        body: dict[str, object] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        return {**body, "parameters": self.parameters} if self.parameters else body


class PersonError(WhoSaysError, LookupError):
    """What a person holding a Telegram app cannot do: no such button, message or words."""


def bad_request(reason: str) -> ApiError:
    """Build the usual refusal, 400."""
    return ApiError(400, f"Bad Request: {reason}")


def blocked() -> ApiError:
    """Build the refusal to write to a person who blocked the bot."""
    return ApiError(403, "Forbidden: bot was blocked by the user")


def flood(seconds: int) -> ApiError:
    """Build the refusal of a bot that sends too fast."""
    return ApiError(
        429, f"Too Many Requests: retry after {seconds}", parameters={"retry_after": seconds}
    )
