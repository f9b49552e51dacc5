"""The tags of the Bot API's HTML: which entity each makes, and which attributes it cares about.

How they are read does not belong here.
"""

from typing import Final

TYPES: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
"""Known tags and the types of their entities (Bot API, "HTML style")."""


def argument_of(tag: str, name: str, value: str) -> str:
    """Return what an attribute says that its tag cares about, '' for any other attribute."""
    if (tag, name) == ("a", "href"):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "1" if (tag, name) == ("blockquote", "expandable") else ""
