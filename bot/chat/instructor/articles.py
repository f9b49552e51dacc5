"""An article that comes in, as a file or as text, becomes a draft."""

from __future__ import annotations

import asyncio

from bot.chat.allowance import Costly
from bot.chat.desk import Desk
from bot.chat.event import Event
from bot.chat.instructor.draft_page import begin, broken
from bot.chat.turns import Turn, reply
from bot.errors import SetError
from bot.quiz.values import UNSTATED, Source
from bot.reader.sentences import split
from bot.sets.articles import ENDINGS, Article, read_article
from bot.sets.articles.article import LONGEST_TITLE, tidy
from bot.teaching import article as teaching

SHORTEST = 400
"""Characters of a message from which it is an article: three or four sentences."""

TAIL_BITS = 20
"""Random bits that keep the slugs of articles of one title apart."""


def is_article(text: str) -> bool:
    """Whether a message is long enough to be an article and no answer to anything."""
    return len(text) >= SHORTEST


async def received(desk: Desk, event: Event, name: str, data: bytes) -> Turn:
    """Make a draft of an article that came as a file."""
    if name.rpartition(".")[2].lower() not in ENDINGS:
        return reply(event, desk.texts.say("file-unknown", name=name[:60]))
    try:
        article = await asyncio.to_thread(read_article, data, name)
    except SetError as error:
        return broken(desk, event, name, str(error))
    return await _drafted(desk, event, article, name.rpartition(".")[0])


async def typed(desk: Desk, event: Event, text: str) -> Turn:
    """Make a draft of an article that came as a message: the same as one in a file of text."""
    if not desk.allows(event, Costly.UPLOAD):
        return reply(event, desk.texts.say("wait-costly"))
    return await received(desk, event, desk.texts.plain("article-name"), text.encode())


async def _drafted(desk: Desk, event: Event, article: Article, name: str) -> Turn:
    sentences = await asyncio.to_thread(split, article.text)
    read = sentences[: teaching.SENTENCES]
    readings = await desk.readings.of_sentences([(one.text, one.paragraph) for one in read])
    if not readings:
        return reply(event, desk.texts.say("article-unread" if read else "article-empty"))
    title = article.title or tidy(name)[:LONGEST_TITLE] or desk.texts.plain("article-name")
    slug = teaching.slug_of(title, f"{desk.new_id(TAIL_BITS):05x}")
    source = Source(title, *[UNSTATED] * 3)
    made = teaching.draft(slug, source, read, readings, teaching.explainer(desk.texts))
    if not made.quiz_set.questions:
        return reply(event, desk.texts.say("article-empty"))
    key = "article-foreign" if teaching.foreign(made) else "article-read"
    said = desk.texts.say(key, read=len(read), total=len(sentences))
    return reply(event, said).then(begin(desk, event, made))
