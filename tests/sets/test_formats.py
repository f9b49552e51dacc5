"""Files as other programs write them: what is understood, assumed, and said to be left out."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from bot.quiz.labels import Ask, Kind
from bot.quiz.values import Key, QuizSet
from bot.sets import BrokenSetError, read_file, write_file
from bot.sets.formats.columns import COLUMNS
from bot.sets.limits import FILE_BYTES
from bot.sets.template import template

from .samples import CONTENT, CSV, GIFT, GOOD, JSONL, TXT, h5p

SPREADSHEETS = [
    CSV.encode("utf-8-sig"),
    CSV.replace("\n", "\r\n").encode(),
    CSV.replace("kind, loaded", "kind | loaded").replace(",", ";").encode(),
    CSV.replace("kind, loaded", "kind;loaded").replace(",", "\t").encode("utf-8-sig"),
    b"sep=;\r\n" + CSV.replace("kind, loaded", "kind|loaded").replace(",", ";").encode(),
    CSV.replace("set title", "Set_Title").replace("source date", " SOURCE DATE ").encode(),
    CSV.replace("\n", "\n,,,,,,,,,,,,\n", 1).encode(),
    CSV.replace(",,,,,,,two", "demo,Demo,,,,,,two").encode(),
]
"""The small table as different spreadsheets write it."""

FORMULAS = ["=1+1", "+1", "-1", "@a", "'=1", "''@a"]
"""Texts that a spreadsheet takes for a formula, and texts that look like guarded ones."""

ASSUMED = [
    "`set`: not stated in the file, taken as `my-quiz`",
    "`title`: not stated in the file, taken as `My quiz`",
    "`language`: not stated in the file, taken as `en`",
    "`source.title`: not stated in the file, taken as `My quiz`",
    "`source.author`: not stated in the file, taken as `not stated`",
    "`source.publisher`: not stated in the file, taken as `not stated`",
    "`source.date`: not stated in the file, taken as `not stated`",
]
"""What is said of a foreign file that has questions alone."""

FOREIGN = r"""
$CATEGORY: $course$/News

// somebody's note: not for the quiz
:: The mayor's "triumph" :: [html]<p>Mayor Holt <b>called</b>
it a&nbsp;triumph \: &ldquo;Yes&rdquo;.</p> {
  ~%-50%Sourced fact # Look again.
  =%100%Reported-Opinion # A triumph is a judgement,
    and she is named.
}

The ferry is \~ 30 years old. {
  ~opinion
  ~%100%UNSOURCED CLAIM
  #### Nobody is named.
}

::essay:: What do you think? {}

::numbers:: How many? {#4}

::gap:: The ferry {=is ~was} old.

Just a description.
"""
"""GIFT as teachers and other programs write it."""


@pytest.mark.parametrize("data", SPREADSHEETS)
def test_spreadsheets(data: bytes) -> None:
    """Byte order marks, semicolons, tabs, capitals and empty rows change nothing."""
    assert read_file(data, "x.CSV") == read_file(GOOD["csv"], "x.csv")


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas(demo_set: QuizSet, text: str) -> None:
    """No cell of a written table begins like a formula, and every text comes back."""
    risky = replace(demo_set, title=text)
    data, _ = write_file(risky, "x.csv")
    cells = [cell for row in csv.reader(StringIO(data.decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@"))]
    assert read_file(data, "x.csv")[0] == risky


def test_template() -> None:
    """The template is a good set, opens in any spreadsheet, and shows every kind."""
    assert template().startswith(b"\xef\xbb\xbf")
    quiz_set, notes = read_file(template(), "template.csv")
    assert notes == ()
    assert {question.key.kind for question in quiz_set.questions if question.key} == set(Kind)
    assert {ask for question in quiz_set.questions for ask in question.ask} == set(Ask)
    assert set(template().decode("utf-8-sig").splitlines()[0].split(",")) <= set(COLUMNS)


def test_foreign_gift() -> None:
    """A Moodle quiz is read as far as it asks for kinds; all else in it is told."""
    quiz_set, notes = read_file(FOREIGN.encode(), "My quiz.gift")
    first, second = quiz_set.questions
    assert (quiz_set.slug, quiz_set.title, quiz_set.language) == ("my-quiz", "My quiz", "en")
    assert quiz_set.kinds == (
        Kind.SOURCED_FACT,
        Kind.REPORTED_OPINION,
        Kind.OPINION,
        Kind.UNSOURCED_CLAIM,
    )
    assert first.id == "the-mayor-s-triumph"
    assert first.passage.text == "Mayor Holt called it a\u00a0triumph : “Yes”."
    assert first.key == Key(Kind.REPORTED_OPINION)
    assert " ".join(first.explain.split()) == "A triumph is a judgement, and she is named."
    assert (second.id, second.passage.text) == ("q2", "The ferry is ~ 30 years old.")
    assert second.key == Key(Kind.UNSOURCED_CLAIM)
    other = "left out, as it is no multiple choice"
    assert sorted(map(str, notes)) == sorted(
        [
            *ASSUMED,
            "title of questions `the-mayor-s-triumph`, `q2`: turned into an id of a-z, 0-9 and -",
            "feedback to a choice of question `the-mayor-s-triumph`: left out",
            "all of question `line 2`: left out, as a set has no categories",
            f"all of questions `essay`, `numbers`, `line 24`: {other}",
            "all of question `gap`: left out, as its text goes on after the choices",
        ]
    )


def test_foreign_archive() -> None:
    """What an archive says of its set in H5P's own fields is used; what is left out is told."""
    content = {
        "taskDescription": "<p>Mark!</p>",
        "media": {"type": {"library": "H5P.Image 1.1"}},
        "textField": '<p class="a">The *elite*&nbsp;lost <em>touch</em>.</p>\n<p>&nbsp;</p>',
    }
    data = h5p(content=content, language="und", source="https://example.org/a")
    quiz_set, notes = read_file(data, "demo.h5p")
    (question,) = quiz_set.questions
    assert question.passage.text == "The elite\u00a0lost touch."
    assert question.key == Key(Kind.OPINION, ((4, 9),))
    assert (quiz_set.title, quiz_set.language) == ("Demo", "en")
    assert quiz_set.source.author == "An author"
    assert quiz_set.source.url == "https://example.org/a"
    told = {note.what for note in notes}
    assert told == {
        "`set`",
        "`language`",
        "`source.title`",
        "`source.publisher`",
        "`source.date`",
        "`taskDescription`",
        "`media`",
    }


def test_marks_side_by_side() -> None:
    """Words marked side by side are one part, and comments may stand anywhere."""
    text = TXT.replace("*elite* lost touch", "*elite lost*\n// a note\n*touch*")
    question = read_file(text.encode(), "x.txt")[0].question("one")
    assert question.passage.text == "The elite lost\ntouch."
    assert question.key == Key(Kind.OPINION, ((4, 20),))


def test_ids_of_bare_text() -> None:
    """Passages without an id are called by their place, which is told."""
    data = TXT.replace("// id: one\n", "").replace("// id: two\n", "").encode()
    quiz_set, notes = read_file(data, "x.txt")
    assert [question.id for question in quiz_set.questions] == ["q1", "q2"]
    assert [str(note) for note in notes] == [
        "`id` of questions `q1`, `q2`: not stated in the file, taken from its place"
    ]


def test_written_archive(demo_set: QuizSet) -> None:
    """An archive names its library, marks every loaded word alone and carries the rest beside."""
    data, _ = write_file(demo_set, "x.h5p")
    with ZipFile(BytesIO(data)) as archive:
        package = json.loads(archive.read("h5p.json"))
        content = json.loads(archive.read("content/content.json"))
    assert package["mainLibrary"] == "H5P.MarkTheWords"
    assert package["preloadedDependencies"][0]["machineName"] == "H5P.MarkTheWords"
    assert content["textField"] == "<p>The *elite* *lost* *touch*.</p>"
    assert "// loaded: elite | lost touch" in package["authorComments"]


def test_what_gift_leaves_out(demo_set: QuizSet) -> None:
    """Of a set written as GIFT every question and field that is left out is told by name."""
    _, notes = write_file(demo_set, "x.gift")
    place = "left out, as GIFT has no place for it"
    assert [str(note) for note in notes] == [
        "all of question `two`: left out, as it has no key",
        f"`ask` of question `one`: {place}",
        f"`key.loaded` of question `one`: {place}",
        f"`key.reason` of question `one`: {place}",
    ]


def test_many_questions_in_one_note(demo_set: QuizSet) -> None:
    """A note names five questions and counts the others."""
    one, two = demo_set.questions
    many = (one, *(replace(two, id=f"n{number}") for number in range(8)))
    _, notes = write_file(replace(demo_set, questions=many), "x.gift")
    assert str(notes[0]) == (
        "all of questions `n0`, `n1`, `n2`, `n3`, `n4` and 3 more: left out, as it has no key"
    )


def test_numbers_in_lines() -> None:
    """Numbers, truths and nothing are read as written, as in YAML."""
    text = JSONL.replace('"Demo"', "1.10").replace(
        '"ask": ["kind"]', '"ask": ["kind"], "invented": true, "key": null'
    )
    quiz_set, _ = read_file(text.encode(), "x.jsonl")
    assert quiz_set.title == "1.10"
    assert quiz_set.question("two").invented
    assert quiz_set.question("two").key is None


def test_the_same_set() -> None:
    """The small files of CSV and JSON Lines hold the same set."""
    assert read_file(GOOD["csv"], "x.csv") == read_file(GOOD["jsonl"], "x.jsonl")


def test_too_large_to_read_again(demo_set: QuizSet) -> None:
    """A set is not written as a file that could not be read again."""
    one, _ = demo_set.questions
    long = replace(one, explain="é" * 600, tags=("é" * 32,) * 8)
    many = tuple(replace(long, id=f"q{number}") for number in range(FILE_BYTES // 1_500))
    with pytest.raises(BrokenSetError, match="allowed: at most 1,000,000"):
        write_file(replace(demo_set, questions=many), "x.jsonl")


def test_underlined_target() -> None:
    """The underlined part of a question in HTML is its target; of several parts none is."""
    html = GIFT.replace("The elite lost touch.", "[html]Now\\: <u>The elite</u> lost touch.")
    one = read_file(html.encode(), "x.gift")[0].question("one")
    assert (one.passage.text, one.passage.target) == ("Now: The elite lost touch.", "The elite")
    twice = html.replace("touch", "<u>touch</u>")
    quiz_set, notes = read_file(twice.encode(), "x.gift")
    assert quiz_set.question("one").passage.target == "Now: The elite lost touch."
    assert [str(note) for note in notes] == [
        "`target` of question `one`: left out, as several parts are underlined"
    ]


def test_content_is_all(demo_set: QuizSet) -> None:
    """The content of an archive that has no text is told as such."""
    with pytest.raises(BrokenSetError, match="found no passage"):
        read_file(h5p(content={**CONTENT, "textField": "<p></p>"}, authorComments=""), "x.h5p")
