"""HTML is read and refused as the Bot API reads and refuses it."""

import re
from contextlib import suppress
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.local.entities import Formatted, cut, tidy, to_html, units
from bot.local.telegram_html import HtmlError, parse_html

# A busy machine is no reason to fail.
unhurried = settings(deadline=None)

# (tag, attributes, the entity it makes)
TAGS = [
    ("b", "", "bold"),
    ("strong", "", "bold"),
    ("i", "", "italic"),
    ("em", "", "italic"),
    ("u", "", "underline"),
    ("ins", "", "underline"),
    ("s", "", "strikethrough"),
    ("strike", "", "strikethrough"),
    ("del", "", "strikethrough"),
    ("code", "", "code"),
    ("pre", "", "pre"),
    ("tg-spoiler", "", "spoiler"),
    ("span", ' class="tg-spoiler"', "spoiler"),
    ("blockquote", "", "blockquote"),
    ("blockquote", " expandable", "expandable_blockquote"),
    ("a", ' href="https://example.org/"', "text_link"),
    ("B", "", "bold"),
    ("i", " unknown = value.1-x", "italic"),
]

REFUSED = [
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("x<br>", 'Unsupported start tag "br" at byte offset 1'),
    ("é<p>", 'Unsupported start tag "p" at byte offset 2'),
    ("<i", "Unclosed start tag at byte offset 0"),
    ("<i x = ", 'Unclosed start tag "i" at byte offset 0'),
    ('<i x="y>', "Unclosed start tag at byte offset 0"),
    ("<i x=y,>", "Unexpected end of name token at byte offset 5"),
    ("<i =x>", 'Empty attribute name in the tag "i" at byte offset 0'),
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    (
        "<blockquote>x<blockquote>y</blockquote></blockquote>",
        'Tag "blockquote" must not be nested at byte offset 13',
    ),
    (
        "&#xDFDF;",
        (
            "Text contains invalid Unicode characters after decoding HTML entities,"
            " check for unmatched surrogate code units"
        ),
    ),
]

REFERENCES = [
    ("&lt;b&gt; &amp; &quot;x&quot;", '<b> & "x"'),
    ("&lt &amp;lt;", "< &lt;"),
    ("&#65;&#x42;&#128512;", "AB\U0001f600"),
    ("&nbsp;&laquo;&", "&nbsp;&laquo;&"),
    ("&#0;&#12345678;&#;", "&#0;&#12345678;&#;"),
]

LINKS = [
    ('<a href="example.org">x</a>', "http://example.org/"),
    ("<a href='https://example.org/?a=1&amp;b=2'>x</a>", "https://example.org/?a=1&b=2"),
    ("<a>example.org</a>", "http://example.org/"),
    ("<a>no address</a>", ""),
    ('<a href="javascript://x.y">x</a>', ""),
]


@pytest.mark.parametrize(("tag", "attributes", "kind"), TAGS)
def test_every_documented_tag_makes_its_entity(tag: str, attributes: str, kind: str) -> None:
    """A tag the documentation names makes the entity it names."""
    found = parse_html(f"x <{tag}{attributes}>words</{tag}> y")
    assert found.text == "x words y"
    assert [(e.type, e.offset, e.length) for e in found.entities] == [(kind, 2, 5)]


@pytest.mark.parametrize(("source", "why"), REFUSED)
def test_what_does_not_parse_is_refused_in_the_servers_words(source: str, why: str) -> None:
    """A mistake is refused with the server's sentence and the offset in bytes."""
    with pytest.raises(HtmlError, match=f"^{re.escape(why)}$"):
        parse_html(source)


@pytest.mark.parametrize(("source", "text"), REFERENCES)
def test_character_references(source: str, text: str) -> None:
    """The four named and all numeric references are decoded; others stay as written."""
    assert parse_html(source).text == text


@pytest.mark.parametrize(("source", "url"), LINKS)
def test_links_are_completed_or_dropped(source: str, url: str) -> None:
    """A link without a scheme gets one; what is no address makes no link."""
    assert [e.url for e in parse_html(source).entities] == ([url] if url else [])


def test_a_block_with_a_language() -> None:
    """Code with a language inside pre becomes one entity."""
    found = parse_html('<pre><code class="language-python">x</code></pre>')
    assert [(e.type, e.language) for e in found.entities] == [("pre", "python")]


def test_an_empty_end_tag_closes_the_last_one() -> None:
    """Telegram reads </> as the end of the innermost tag."""
    assert to_html(tidy(parse_html("<b><i>x</></>"))) == "<b><i>x</i></b>"


@unhurried
@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    """Whatever a person types, escaped, reads as the same plain text without entities."""
    assert parse_html(escape(text)) == Formatted(text)


_TAG_SCRAPS = [f"<{end}{tag}>" for tag, *_ in TAGS for end in ("", "/")]
_SCRAPS = st.sampled_from(
    [
        *"<>/&#x;=\"'[:-. \nab1😀é",
        *_TAG_SCRAPS,
        *(
            '<a href="',
            '">',
            "</>",
            "<blockquote expandable",
            'class="',
            "language-py",
            "tg-spoiler",
        ),
        *("&lt;", "&#x1F600;", "&#000000000000", "http://", ".org"),
    ]
)


@unhurried
@given(st.lists(_SCRAPS, max_size=14).map("".join))
def test_any_text_parses_or_is_refused(source: str) -> None:
    """Whatever is sent is a text or a refusal, and a text written as HTML reads the same again."""
    with suppress(HtmlError):
        found = tidy(parse_html(source))
        assert tidy(parse_html(to_html(found))) == found


_WORDS = st.text(st.sampled_from("aé😀️👩‍🏫<&> \n“"), min_size=1)
_HTML_TAGS = st.sampled_from(["b", "i", "u", "s", "tg-spoiler"])


@unhurried
@given(st.lists(st.tuples(_WORDS, st.one_of(st.none(), _HTML_TAGS)), max_size=8))
def test_offsets_count_utf_16_code_units(pieces: list[tuple[str, str | None]]) -> None:
    """The words an entity covers are cut out by its UTF-16 offsets, emoji or not."""
    source = "".join(f"<{tag}>{escape(w)}</{tag}>" if tag else escape(w) for w, tag in pieces)
    found = parse_html(source)
    covered = [cut(found.text, e.offset, e.end) for e in found.entities]
    assert covered == [words for words, tag in pieces if tag]
    assert units(found.text) == len(found.text.encode("utf-16-le")) // 2


@unhurried
@given(
    st.recursive(
        _WORDS.map(escape), lambda inner: st.builds("<{0}>{1}</{0}>x".format, _HTML_TAGS, inner)
    )
)
def test_written_html_reads_as_the_same_text(source: str) -> None:
    """A tidy text written as HTML and read again is the same text."""
    found = tidy(parse_html(source))
    assert tidy(parse_html(to_html(found))) == found
