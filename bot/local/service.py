"""The Bot API methods about the bot itself: who it is, its updates, commands, presses and files.

Commands follow BotCommand and setMyCommands in the documentation: at most 100, names of 1-32
lower-case letters, digits and underscores, descriptions of 1-256 characters. A toast holds at most
200 characters (answerCallbackQuery). A download is at most 20 MB (getFile).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from bot.local.entities import units
from bot.local.faults import bad_request
from bot.local.params import Params
from bot.local.world import Toast, World

MOST_COMMANDS = 100
MOST_DESCRIPTION = 256
MOST_TOAST = 200
MOST_DOWNLOAD_BYTES = 20 * 1024 * 1024
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")


def get_me(world: World, _params: Params) -> object:
    """Say who the bot is."""
    abilities = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries")
    return {**world.bot.json(), **dict.fromkeys(abilities, False)}


def get_updates(world: World, params: Params) -> object:
    """Return what waits; how long to wait for more is the transport's business."""
    allowed = params.json("allowed_updates", "allowed updates")
    if isinstance(allowed, list):
        world.updates.allow([str(kind) for kind in allowed])
    return world.updates.take(params.integer("offset") or 0, params.integer("limit"))


def delete_webhook(world: World, params: Params) -> object:
    """There is none to delete; what waits is dropped where that is asked for."""
    if params.flag("drop_pending_updates"):
        world.updates.forget()
    return True


def get_webhook_info(world: World, _params: Params) -> object:
    """Say that there is no webhook and how much waits."""
    return {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }


def set_commands(world: World, params: Params) -> object:
    """Store the menu of one scope and language."""
    given = params.json("commands", "commands")
    if given is not None and not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    commands = [_command(each) for each in given or []]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.commands[_audience(params)] = [*commands]
    return True


def get_commands(world: World, params: Params) -> object:
    """Return the menu of one scope and language."""
    return world.commands.get(_audience(params), [])


def answer_press(world: World, params: Params) -> object:
    """End a press, once and in time, with or without a toast."""
    text = params.text("text").strip()
    if units(text) > MOST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    chat = world.answer(params.text("callback_query_id"))
    if text:
        chat.toasts.append(Toast(text, alert=params.flag("show_alert")))
    return True


def get_file(world: World, params: Params) -> object:
    """Name the path from which a file can be downloaded."""
    stored = world.files.get(params.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > MOST_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**stored.json(), "file_path": stored.path}


def _audience(params: Params) -> tuple[str, str]:
    language = params.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    scope = params.json("scope", "BotCommandScope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), language


def _command(given: object) -> Mapping[str, str]:
    if not isinstance(given, dict):
        raise bad_request("expected an Object as BotCommand")
    name, description = str(given.get("command", "")), str(given.get("description", "")).strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > 32:
        raise bad_request("command length must not exceed 32")
    if not description:
        raise bad_request("command description must be non-empty")
    if units(description) > MOST_DESCRIPTION:
        raise bad_request(f"command description length must not exceed {MOST_DESCRIPTION}")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}
