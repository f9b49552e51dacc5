"""A person at a terminal, or a pipe, plays against a tiny bot."""

import asyncio
import io
import os
import re
import signal
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from rich.console import Console

from bot.local.telegram import Telegram
from bot.local.terminal import Session, Terminal
from bot.local.values import Account
from bot.texts import Texts

from .conftest import button, keyboard, updates

PROMPTS = Path(__file__).parents[2] / "prompts"
QUESTION = "Who says so?\n<blockquote>A <u>shocking</u> cut, she <b>claims</b>.</blockquote>"
KINDS = [button("📰 Fact", callback_data="fact"), button("Opinion", callback_data="opinion")]
NEXT = [button("Next ▶", callback_data="next")]


@dataclass
class TinyBot:
    """Asks two questions; answers a press, a quotation or words; ends with a summary."""

    telegram: Telegram
    asked: int = 0
    over: bool = False
    heard: list[str] = field(default_factory=list)
    stuck: bool = False

    async def idle(self) -> None:
        """Handle everything that waits."""
        if self.stuck:
            await asyncio.sleep(60)
        for update in updates(self.telegram):
            number = update["update_id"]
            assert isinstance(number, int)
            self.telegram.call("getUpdates", {"offset": number + 1})
            self.handle(update)

    def handle(self, update: dict[str, object]) -> None:
        """Answer one update."""
        query, message = update.get("callback_query"), update.get("message")
        if isinstance(query, dict):
            self.heard.append(f"press {query['data']}")
            toast = {"callback_query_id": query["id"], "text": "Noted"}
            self.telegram.call("answerCallbackQuery", toast)
            if query["data"] == "next":
                self.ask()
            else:
                self.judge(query["message"]["message_id"], query["data"])
        elif isinstance(message, dict):
            quote = message.get("quote")
            said = (
                f"quote {quote['text']}@{quote['position']}" if quote else message.get("text", "")
            )
            reply = "reply " if "reply_to_message" in message and not quote else ""
            self.heard.append(reply + said)
            self.answer(message)

    def answer(self, message: dict[str, object]) -> None:
        """Answer what was said."""
        if message.get("text", "") == "/start":
            self.ask()
        elif message.get("text", "") == "/chart":
            files = {"document": ("../log.csv", b"a,b")}
            params = {"chat_id": 11, "caption": "Your <b>log</b>", "parse_mode": "HTML"}
            self.telegram.call("sendDocument", params, files)
        elif message.get("text", "") == "/cancel":
            self.send("Until next time")
        else:
            self.send("Heard")

    def ask(self) -> None:
        """Send the next question, or the summary after the second."""
        self.asked += 1
        self.over = self.asked > 2
        if self.over:
            self.send("<b>Summary</b>")
        else:
            self.send(f"{self.asked}. {QUESTION}", KINDS)

    def judge(self, message: int, kind: str) -> None:
        """Turn the question into its verdict."""
        text = f"Right: <b>{kind}</b>"
        params = {"chat_id": 11, "message_id": message, "text": text, "parse_mode": "HTML"}
        self.telegram.call("editMessageText", {**params, "reply_markup": keyboard(NEXT)})

    def send(self, text: str, *rows: object) -> None:
        """Send HTML."""
        params = {"chat_id": 11, "text": text, "parse_mode": "HTML"}
        self.telegram.call("sendMessage", {**params, "reply_markup": keyboard(*rows)})


@dataclass
class Desk:
    """A person, a bot, and what stands on the screen."""

    telegram: Telegram
    person: Account
    folder: Path
    bot: TinyBot
    screen: str = ""

    async def play(
        self, typed: str | io.TextIOBase, *, interactive: bool, patience: float = 5
    ) -> None:
        """Play a session to its end."""
        out = io.StringIO()
        stream = io.StringIO(typed) if isinstance(typed, str) else typed
        terminal = Terminal(
            self.telegram,
            self.person,
            Texts(PROMPTS),
            Console(file=out, width=60),
            stream,  # type: ignore[arg-type]
            interactive=interactive,
            folder=self.folder,
        )
        session = Session(
            idle=self.bot.idle,
            is_continue=lambda data: data == "next",
            finished=lambda: self.bot.over,
            opening="/start",
            closing="/cancel",
            patience=patience,
        )
        try:
            async with asyncio.timeout(20):
                await terminal.run(session)
        finally:
            self.screen = out.getvalue()


@pytest.fixture
def desk(telegram: Telegram, tmp_path: Path) -> Desk:
    """Return Ada's desk, before she has written to the bot."""
    ada = telegram.user(11, "Ada")
    return Desk(telegram, ada, tmp_path / "files", TinyBot(telegram))


async def test_a_piped_round_reads_as_a_transcript(desk: Desk) -> None:
    """Each line of a pipe is an answer: going on is automatic and the lines are echoed."""
    await desk.play("1\n\nopinion\nunread\n", interactive=False)
    shown = [each.strip() for each in desk.screen.splitlines() if each.strip("─ ")]
    assert shown == [
        "1. Who says so?",
        "│ A _shocking_ cut, she *claims*.",
        "[1] 📰 Fact  [2] Opinion",
        "> 1",
        "changed ────────────────────────────────────────────────────",
        "Right: *fact*",
        "(Noted)",
        "[1] Next ▶",
        "> [Next ▶]",
        "2. Who says so?",
        "│ A _shocking_ cut, she *claims*.",
        "(Noted)",
        "[1] 📰 Fact  [2] Opinion",
        "> opinion",
        "changed ────────────────────────────────────────────────────",
        "Right: *opinion*",
        "(Noted)",
        "[1] Next ▶",
        "> [Next ▶]",
        "*Summary*",
        "(Noted)",
        "[1] Next ▶",
    ]


async def test_the_end_of_a_pipe_closes_the_session(desk: Desk) -> None:
    """Input that ends within a round is followed by the closing words and their answer."""
    await desk.play("2", interactive=False)
    assert desk.bot.heard == ["/start", "press opinion", "press next", "/cancel"]
    assert desk.screen.rstrip().endswith("[1] 📰 Fact  [2] Opinion")
    assert "Until next time" in desk.screen


async def test_an_interactive_round(desk: Desk) -> None:
    """Enter presses what goes on; a number without a button gets a hint and nothing is sent."""
    await desk.play("\n7\nFACT\n\n1\n\n", interactive=True)
    assert desk.bot.heard == ["/start", "press fact", "press next", "press fact", "press next"]
    for hint in ("No button here only goes on.", "There is no button 7 here; the last one is 2."):
        assert hint in desk.screen
    assert desk.screen.rstrip().endswith("Goodbye.")


async def test_the_end_of_a_terminals_input_is_polite(desk: Desk) -> None:
    """Ctrl-D says the closing words and goodbye."""
    await desk.play("", interactive=True)
    assert desk.bot.heard == ["/start", "/cancel"]
    assert desk.screen.rstrip().endswith("Goodbye.")


async def test_an_interrupt_is_polite(desk: Desk) -> None:
    """Ctrl-C at the prompt ends the session as Ctrl-D does."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as pipe:
        asyncio.get_running_loop().call_later(0.1, os.kill, os.getpid(), signal.SIGINT)
        await desk.play(pipe, interactive=True)
    os.close(writing)
    assert desk.bot.heard == ["/start", "/cancel"]
    assert desk.screen.rstrip().endswith("Goodbye.")


# What is typed after the first question, and what the bot hears.
HEARD = [
    ("> shocking", "quote shocking@18"),
    ("> SHE CLAIMS", "quote she claims@32"),
    ("> nowhere", "reply nowhere"),
    ("/score", "/score"),
    ("It names nobody", "It names nobody"),
]


@pytest.mark.parametrize(("typed", "heard"), HEARD)
async def test_what_the_bot_hears(desk: Desk, typed: str, heard: str) -> None:
    """Words after > are quoted where they stand in the question; the rest is said."""
    await desk.play(typed, interactive=False)
    assert desk.bot.heard == ["/start", heard, "/cancel"]


async def test_files_are_saved(desk: Desk) -> None:
    """A file is saved in the folder under its own name, beside one that is there already."""
    desk.folder.mkdir()
    (desk.folder / "log.csv").write_text("mine")
    await desk.play("/chart\n", interactive=False)
    assert "Your *log*" in desk.screen
    assert (desk.folder / "log.csv").read_text() == "mine"
    [saved] = [each for each in desk.folder.iterdir() if each.name != "log.csv"]
    assert saved.read_bytes() == b"a,b"
    assert saved.name in re.sub(r"\s", "", desk.screen)


async def test_a_bot_that_hangs_does_not_hang_the_terminal(desk: Desk) -> None:
    """When the bot does not come to rest in time the terminal says so and goes on."""
    desk.bot.stuck = True
    await desk.play("1\n", interactive=False, patience=0.02)
    assert desk.screen.count("The bot is taking long to answer.") == 3


async def test_a_button_that_changes_nothing_is_pressed_once(desk: Desk) -> None:
    """A stale button that only goes on is not pressed over and over."""
    await desk.bot.idle()
    desk.telegram.say(desk.person, "/start")
    await desk.bot.idle()
    desk.bot.send("Old", NEXT)
    desk.bot.ask = lambda: None  # type: ignore[method-assign]
    await desk.play("hello\n", interactive=False)
    assert desk.bot.heard.count("press next") == 1


async def test_a_file_is_sent_by_its_path(desk: Desk, tmp_path: Path) -> None:
    """`< path` sends a file with its name; one that cannot be read is told."""
    (tmp_path / "my set.yaml").write_bytes(b"set: mine")
    await desk.play(f"< {tmp_path}/my set.yaml\n< {tmp_path}/none\n", interactive=False)
    sent = [one.document for one in desk.telegram.chat(desk.person).messages if one.document]
    assert [(one.name, one.content) for one in sent] == [("my set.yaml", b"set: mine")]
    assert "none cannot be read: No such file" in " ".join(desk.screen.split())
