"""Reading the HTML of the Bot API, refusal by refusal as TDLib's ``parse_html`` does it.

Offsets in the refusals count bytes of UTF-8, offsets in entities UTF-16 code units: both are
Telegram's. Known tags: b strong i em u ins s strike del code pre a tg-spoiler span blockquote.
Stricter than the server in one place: it flattens a blockquote inside a blockquote without a word,
which loses what its writer meant; here that is refused. Custom emoji, times and mentions are not
known, so their tags are refused as unsupported.
"""

from dataclasses import dataclass
from typing import Final

from bot.local.entities import Entity, Formatted, units
from bot.local.links import checked_link
from bot.local.tags import TYPES, argument_of

_SPACES: Final = b" \t\r\n\0\v"
_END: Final = 0
_NAMED: Final = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}


class HtmlError(ValueError):
    """Why a text is not the Bot API's HTML, in the server's words."""


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    piece: int


def parse_html(source: str) -> Formatted:
    """Read HTML; raise HtmlError with the server's sentence where it does not parse."""
    reader = _Reader(source)
    while reader.at < reader.size:
        byte = reader.raw[reader.at]
        if byte == ord("<"):
            reader.tag()
        elif byte == ord("&"):
            reader.out(reader.reference() or reader.literal())
        else:
            reader.out(reader.literal())
    return reader.result()


class _Reader:
    """One pass over the bytes; a zero byte at the end stands for the end, as in TDLib."""

    def __init__(self, source: str) -> None:
        self.raw = source.encode() + b"\0"
        self.size = len(self.raw) - 1
        self.at = 0
        self.offset = 0
        self.pieces: list[str] = []
        self.open: list[_Open] = []
        self.found: list[Entity] = []

    def out(self, piece: str) -> None:
        self.pieces.append(piece)
        self.offset += units(piece)

    def literal(self) -> str:
        """Take one byte at least, up to the next markup."""
        start = self.at
        self.at += 1
        while self.at < self.size and self.raw[self.at] not in b"<&":
            self.at += 1
        return self.raw[start : self.at].decode()

    def reference(self) -> str:
        """Take a character reference; one that is not known stays as it is written."""
        start, at = self.at, self.at + 1
        if self.raw[at] == ord("#"):
            base, digits = 10, b"0123456789"
            at += 1
            if self.raw[at] == ord("x"):
                base, digits, at = 16, b"0123456789abcdefABCDEF", at + 1
            first = at
            while self.raw[at] in digits:
                at += 1
            code = int(self.raw[first:at] or b"0", base) if at - start < 10 else 0
            if code == 0 or code >= 0x10FFFF:
                return ""
            character = chr(code)
        else:
            while chr(self.raw[at]).isascii() and chr(self.raw[at]).isalpha():
                at += 1
            character = _NAMED.get(self.raw[start + 1 : at], "")
            if not character:
                return ""
        self.at = at + 1 if self.raw[at] == ord(";") else at
        return character

    def tag(self) -> None:
        if self.raw[self.at + 1] == ord("/"):
            self.close_tag()
        else:
            self.open_tag()

    def open_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self.until(b">").lower()
        if self.raw[self.at] == _END:
            raise HtmlError(f"Unclosed start tag at byte offset {begin}")
        if name not in TYPES:
            raise HtmlError(f'Unsupported start tag "{name}" at byte offset {begin}')
        argument = ""
        while self.skip() != ord(">"):
            argument = argument_of(name, *self.attribute(name, begin)) or argument
        self.at += 1
        if name == "span" and argument != "spoiler":
            raise HtmlError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        if name == "blockquote" and any(each.tag == name for each in self.open):
            raise HtmlError(f'Tag "blockquote" must not be nested at byte offset {begin}')
        self.open.append(_Open(name, argument, self.offset, len(self.pieces)))

    def attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self.until(b"=>")
        if not name:
            raise HtmlError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        if self.skip() == _END:
            raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        if self.raw[self.at] != ord("="):
            return name, ""
        self.at += 1
        if self.skip() == _END:
            raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        quoted = self.raw[self.at] in b"\"'"
        value = self.quoted() if quoted else self.token()
        if self.raw[self.at] == _END:
            raise HtmlError(f"Unclosed start tag at byte offset {begin}")
        return name, value

    def token(self) -> str:
        begin = self.at
        while (letter := chr(self.raw[self.at])).isascii() and (letter.isalnum() or letter in ".-"):
            self.at += 1
        if self.raw[self.at] not in _SPACES + b">":
            raise HtmlError(f"Unexpected end of name token at byte offset {begin}")
        return self.raw[begin : self.at].decode().lower()

    def quoted(self) -> str:
        mark, value = self.raw[self.at], bytearray()
        self.at += 1
        while self.raw[self.at] not in (mark, _END):
            decoded = self.reference() if self.raw[self.at] == ord("&") else ""
            if decoded:
                value += decoded.encode(errors="replace")
            else:
                value.append(self.raw[self.at])
                self.at += 1
        self.at += self.raw[self.at] == mark
        return value.decode(errors="replace")

    def close_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise HtmlError(f"Unexpected end tag at byte offset {begin}")
        self.at += 2
        name = self.until(b">").lower()
        if self.skip() != ord(">"):
            raise HtmlError(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            raise HtmlError(
                f"Unmatched end tag at byte offset {begin},"
                f' expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.offset > opened.offset:
            self.entity(opened)

    def entity(self, opened: _Open) -> None:
        """Record a closed tag; ``pre`` and ``code`` over the same words become one block."""
        made = Entity(TYPES[opened.tag], opened.offset, self.offset - opened.offset)
        last = self.found[-1] if self.found else made
        span = (made.type, made.offset, made.length)
        if opened.tag == "a":
            url = checked_link(opened.argument or "".join(self.pieces[opened.piece :]))
            if url:
                self.found.append(Entity(*span, url=url))
        elif opened.tag == "blockquote" and opened.argument:
            self.found.append(Entity("expandable_blockquote", made.offset, made.length))
        elif {opened.tag, last.type} == {"pre", "code"} and span[1:] == (last.offset, last.length):
            language = opened.argument or last.language
            self.found[-1:] = (
                [Entity("pre", *span[1:], language=language)] if language else [last, made]
            )
        else:
            self.found.append(
                Entity(*span, language=opened.argument if made.type == "code" else "")
            )

    def result(self) -> Formatted:
        if self.open:
            raise HtmlError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        text = "".join(self.pieces)
        try:
            text.encode()
        except UnicodeEncodeError:
            raise HtmlError(
                "Text contains invalid Unicode characters after decoding HTML entities,"
                " check for unmatched surrogate code units"
            ) from None
        # A language belongs to a block; inline code that named one loses it.
        entities = (
            Entity(e.type, e.offset, e.length, e.url) if e.type == "code" else e for e in self.found
        )
        return Formatted(text, tuple(entities))

    def until(self, stops: bytes) -> str:
        begin = self.at
        while self.raw[self.at] not in _SPACES + stops:
            self.at += 1
        return self.raw[begin : self.at].decode(errors="replace")

    def skip(self) -> int:
        """Pass over white space; return the byte that follows, 0 at the end."""
        while self.raw[self.at] != _END and self.raw[self.at] in _SPACES:
            self.at += 1
        return self.raw[self.at]
