"""What a set is counted to hold, and what it is said to lack."""

from dataclasses import replace

from bot.quiz.labels import Ask, Kind
from bot.quiz.values import Key, QuizSet
from bot.sets import report, report_lines

LINES = """\
demo: Demo, 2 questions
  sourced fact: 0
  unsourced claim: 0
  opinion: 1
  asked: kind 2, loaded 1, reason 1
  asked for loaded words: 1 with some, 0 clean
  without a key, graded by the reader: 1
  ! too few keyed and settled for their share of a round of 8: sourced fact
  ! too few keyed and settled for their share of a round of 8: unsourced claim
  ! too few keyed and settled for their share of a round of 8: opinion
  ! no clean passage among those that ask for loaded words"""


def keyed(quiz_set: QuizSet, kinds: str, *, clean: bool = False, shaky: bool = False) -> QuizSet:
    """Return the set with one question for each kind named, by its first letter."""
    one = quiz_set.question("one")
    letters = {kind[0]: kind for kind in Kind}
    spans = () if clean else ((0, 3),)
    questions = tuple(
        replace(one, id=f"q{number}", key=Key(letters[letter], spans), borderline=shaky)
        for number, letter in enumerate(kinds)
    )
    return replace(quiz_set, questions=questions, kinds=tuple(Kind))


def test_lines(demo_set: QuizSet) -> None:
    """A report is plain lines; what is missing comes last, marked."""
    assert "\n".join(report_lines(report(demo_set))) == LINES


def test_enough(demo_set: QuizSet) -> None:
    """Two settled questions of each of four kinds make a balanced round of eight."""
    counted = report(keyed(demo_set, "ssuurroo"))
    assert counted.scarce == ()
    assert [count.settled for count in counted.kinds] == [2, 2, 2, 2]


def test_borderline_does_not_balance(demo_set: QuizSet) -> None:
    """Borderline questions are counted apart and balance nothing."""
    counted = report(keyed(demo_set, "ssuurroo", shaky=True))
    assert counted.scarce == tuple(Kind)
    assert [count.borderline for count in counted.kinds] == [2, 2, 2, 2]


def test_fewer_kinds_need_more(demo_set: QuizSet) -> None:
    """Where two kinds are offered, each has half of the round to fill."""
    offered = (Kind.SOURCED_FACT, Kind.OPINION)
    counted = report(replace(keyed(demo_set, "ssssooo"), kinds=offered))
    assert counted.scarce == (Kind.OPINION,)


def test_clean_and_loaded(demo_set: QuizSet) -> None:
    """A set whose loaded questions all have one answer is said to have only that."""
    loaded, clean = keyed(demo_set, "s"), keyed(demo_set, "s", clean=True)
    mixed = replace(demo_set, questions=loaded.questions + clean.questions)
    assert [report(each).only_loaded for each in (loaded, clean, mixed)] == [True, False, False]
    assert [report(each).only_clean for each in (loaded, clean, mixed)] == [False, True, False]
    assert (
        report_lines(report(clean))[-1] == "  ! no loaded words in any passage that asks for them"
    )


def test_only_what_is_asked_is_mixed(demo_set: QuizSet) -> None:
    """Loaded words in the key of a question that does not ask for them are not counted."""
    questions = tuple(replace(q, ask=(Ask.KIND,)) for q in keyed(demo_set, "so").questions)
    counted = report(replace(demo_set, questions=questions))
    assert (counted.loaded, counted.clean) == (0, 0)


def test_invented(demo_set: QuizSet) -> None:
    """Invented passages are counted."""
    questions = tuple(replace(q, invented=True) for q in demo_set.questions)
    assert "  invented: 2" in report_lines(report(replace(demo_set, questions=questions)))
