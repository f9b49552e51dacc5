"""All labelled rows that there are, and which of them are trained, tuned and measured on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.reader.card import DataSource
from bot.training.public import PartialRow, load_newssd, load_public
from bot.training.rows import GUM, NEWSSD, TRAIN, AnswerRow, Row, load_answers, load_own, usable

_OWN_LICENCE = "Apache-2.0"
_NEWSSD_CREDIT = (
    "Antici et al., A Corpus for Sentence-Level Subjectivity Detection on English News Articles, "
    "LREC-COLING 2024 (nlp-unibo/newssd-eng)"
)
_GUM_CREDIT = (
    "Zeldes, The GUM Corpus, LRE 51 (2017), and its contributors (amir-zeldes/gum); its news and "
    "interviews are from Wikinews, CC-BY-2.5"
)
_CREDITS = {NEWSSD: ("CC-BY-4.0", _NEWSSD_CREDIT), GUM: ("CC-BY-4.0", _GUM_CREDIT)}


@dataclass(frozen=True, slots=True)
class Corpus:
    """The project's own rows and answers, and those of public sets where their folder is given."""

    own: list[Row]
    public: list[Row]
    newssd: list[PartialRow]
    answers: list[AnswerRow]

    @classmethod
    def load(cls, folder: Path | None) -> Corpus:
        """Read what is committed, and public sets from a folder, or none."""
        return cls(load_own(), load_public(folder), load_newssd(folder), load_answers())

    def rows(self, split: str) -> list[Row]:
        """Return the sentences of a split on which careful readers agree, own ones first.

        What one of them doubted is trained on, and neither tuned nor measured on.
        """
        return usable(self.own, split) + [
            row for row in usable(self.public, split) if split == TRAIN or not row.doubted
        ]

    def words(self, split: str) -> list[Row]:
        """Return the sentences of a split whose kind is open: they teach loaded words alone."""
        return [row for row in (*self.own, *self.public) if row.split == split and row.borderline]

    def judged(self, split: str) -> list[AnswerRow]:
        """Return the answers of a split on which careful readers agree."""
        return usable(self.answers, split)

    def partial(self, split: str) -> list[PartialRow]:
        """Return the sentences of a split that NewsSD labels."""
        return [row for row in self.newssd if row.split == split]

    def sources(self) -> tuple[DataSource, ...]:
        """Describe for the card what is trained on: rows used, licence, credit, use."""
        public = usable(self.public, TRAIN)
        found = [
            DataSource(
                name="Who Says sentences",
                rows=len(usable(self.own, TRAIN)),
                licence=_OWN_LICENCE,
                credit="the project; invented people, places and events",
                use="stance, source and loaded words; the train split, 80 % by paragraph",
            ),
            DataSource(
                name="Who Says answers",
                rows=len(self.judged(TRAIN)),
                licence=_OWN_LICENCE,
                credit="the project; answers invented for the sentences above",
                use="reasons; the train split, passages as in the sentences",
            ),
        ]
        for name, (licence, credit) in _CREDITS.items():
            rows = sum(row.batch == name for row in public)
            if rows:
                use = "stance, source and loaded words, labelled for this project by its codebook"
                found.append(
                    DataSource(name=name, rows=rows, licence=licence, credit=credit, use=use)
                )
        partial = len(self.partial(TRAIN))
        if partial:
            licence, credit = _CREDITS[NEWSSD]
            found.append(
                DataSource(
                    name=f"{NEWSSD}, its own labels",
                    rows=partial,
                    licence=licence,
                    credit=credit,
                    use="a partial label: whether a sentence is an opinion with no named source",
                )
            )
        return tuple(found)
