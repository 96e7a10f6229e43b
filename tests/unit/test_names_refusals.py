"""Names of closed sets: the member and its word are one, and what is unknown gets the list of what there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import attrs
import pytest

import okrcore
import okrcore.rulebook
from okrcore import codec

# Most of what is refused here, types forbid too.
okr: Any = okrcore
rulebook: Any = okrcore.rulebook

DAY = date(2026, 8, 14)
Q3 = okr.FiscalCalendar().quarter(2026, 3)
PLAN = okr.Plan(
    [
        okr.Objective(
            "grow",
            "Grow",
            cycle=Q3,
            owner="Ana Ruiz",
            ambition=okr.Ambition.COMMITTED,
            place=okr.Place(team="Growth", level=okr.Level.COMPANY),
            profile=okr.ObjectiveProfile(tags=["growth"]),
            key_results=[okr.KeyResult("arpa", "Revenue per account", okr.Reach(10))],
            guardrails=[okr.Guardrail("tickets", "Tickets", okr.AtMost(85))],
        )
    ]
)
JOURNAL = okr.Journal(okr.check_ins(DAY, {"arpa": 5}))
CARD = okr.evaluate(PLAN, JOURNAL, as_of=DAY)
BESIDE = okr.compare_rulebooks(PLAN, JOURNAL, as_of=DAY, rulebooks=[okr.RECOMMENDED])
LEARNING = rulebook.LearningVerdict(
    {okr.ClosingDecision.ACHIEVED: "validated"}, otherwise="inconclusive"
)
WEEKLY = okr.review.make_agenda(PLAN, JOURNAL, as_of=DAY)
AMBITIONS = "give 'committed', 'aspirational', 'learning' [unknown-word]"


def calendar_of(words: object) -> str:
    schedule = okr.calendar.Schedule.of(okr.Cadence.QUARTERLY)
    moment = datetime(2026, 6, 1, tzinfo=UTC)
    return codec.to_icalendar(schedule, Q3, id="x", stamped=moment, words=words)  # type: ignore[arg-type]


REFUSALS: dict[str, tuple[Callable[[], object], str]] = {
    "a scale": (
        lambda: CARD.grade("grad", "grow"),
        "Rulebook.scale: must name a scale of the rulebook, got 'grad';"
        " scales: 'grade', 'grade, one decimal' [scale-unknown]",
    ),
    "a scale of a metric": (
        lambda: okr.evaluate(
            okr.Plan([], metrics=[okr.Metric("m", "M")]), okr.Journal(), as_of=DAY
        ).grade("grad", "m"),
        "Rulebook.scale: must name a scale of the rulebook, got 'grad';"
        " scales: 'grade', 'grade, one decimal' [scale-unknown]",
    ),
    "a scale that is no text": (
        lambda: CARD.grade(["grade"], "grow"),
        "Rulebook.scale: must name a scale of the rulebook, got ['grade'];"
        " scales: 'grade', 'grade, one decimal' [scale-unknown]",
    ),
    "a scale of a rulebook without any": (
        lambda: okr.Rulebook(name="bare").grade("grade", 0.5),
        "Rulebook.scale: must name a scale of the rulebook, got 'grade'; there is no scale"
        " [scale-unknown]",
    ),
    "a column": (
        lambda: CARD.columns("scores"),
        "Scorecard.columns: must be one of the known words, got 'scores'; did you mean 'score'?"
        " [unknown-word]",
    ),
    "a column of another kind": (
        lambda: CARD.columns("reading", kind="objective"),
        "Scorecard.columns: must be one of the known words, got 'reading'; only key results have it"
        " [unknown-word]",
    ),
    "a kind of columns": (
        lambda: CARD.columns("score", kind="guardrail"),
        "Scorecard.columns: must be one of the known words, got 'guardrail';"
        " give 'objective' or 'key result' [unknown-word]",
    ),
    "an item without a grade": (
        lambda: CARD.grade("grade", ["grow"]),
        "Scorecard: must be a known id, got ['grow'] [unknown-id]",
    ),
    "an ambition of a grade": (
        lambda: okr.RECOMMENDED.grade("grade", 0.5, "comitted"),
        f"Rulebook.scale.ambition: must be one of the known words, got 'comitted'; {AMBITIONS}",
    ),
    "an ambition of a verdict": (
        lambda: okr.RECOMMENDED.verdict_for("comitted"),
        f"Rulebook.verdict_for: must be one of the known words, got 'comitted'; {AMBITIONS}",
    ),
    "an ambition of a suggestion": (
        lambda: okr.RECOMMENDED.closing.suggestion_for("comitted"),
        f"ClosingRule.suggestion_for: must be one of the known words, got 'comitted'; {AMBITIONS}",
    ),
    "an ambition of an expectation": (
        lambda: okr.RECOMMENDED.pacing.share_for(5),
        "PacingRule.share_for: must have the right type, got 5;"
        " give 'committed', 'aspirational', 'learning' [wrong-type]",
    ),
    "a decision": (
        lambda: LEARNING.name("acheived"),
        "LearningVerdict.name: must be one of the known words, got 'acheived'; give 'achieved',"
        " 'carry', 'modify', 'defer', 'abandon', 'scale', 'iterate', 'stop' [unknown-word]",
    ),
    "a level": (
        lambda: PLAN.where(level="compny"),
        "Plan.where.level: must be one of the known words, got 'compny'; give 'company', 'unit',"
        " 'department', 'team', 'individual' [unknown-word]",
    ),
    "a level that is no text": (
        lambda: PLAN.where(level=1),
        "Plan.where.level: must have the right type, got 1; give 'company', 'unit', 'department',"
        " 'team', 'individual' [wrong-type]",
    ),
    "an owner that is nobody": (
        lambda: PLAN.where(owner=5),
        "Scope.owner: must have the right type, got 5; give a Person or Team [wrong-type]",
    ),
    "a team that is a person": (
        lambda: PLAN.where(team=okr.Person("Ana Ruiz")),
        "Scope.team: must have the right type, got Person(name='Ana Ruiz'); give a Team [wrong-type]",
    ),
    "a cycle that is a number": (
        lambda: PLAN.where(cycle=7),
        "Scope.cycle: must have the right type, got 7; give a str or Cycle [wrong-type]",
    ),
    "tags together": (
        lambda: PLAN.where(tag=["growth"]),
        "Scope.tag: must have the right type, got ['growth']; give a str [wrong-type]",
    ),
    "a level that is none, of an objective": (
        lambda: okr.Place(level="top"),
        "Place.level: must have the right type, got 'top'; give a Level: 'company', 'unit',"
        " 'department', 'team', 'individual' [wrong-type]",
    ),
    "what did not move": (
        lambda: okr.compare(CARD, CARD).of("gorw"),
        "Comparison.of: must be a known id, got 'gorw'; did you mean 'grow'? [unknown-id]",
    ),
    "what does not differ": (
        lambda: BESIDE.of("gorw"),
        "RulebookComparison.of: must be a known id, got 'gorw'; did you mean 'grow'? [unknown-id]",
    ),
    "what has no score": (
        lambda: BESIDE.of("tickets"),
        "RulebookComparison.of: must be an item of the right kind, got 'tickets'; name an"
        " objective or a key result, not a guardrail [wrong-kind]",
    ),
    "a topic": (
        lambda: okr.review.make_agenda(PLAN, JOURNAL, as_of=DAY, ritual="wins").section(5),
        "Agenda.topic: must have the right type, got 5; give "
        + ", ".join(repr(topic.value) for topic in okr.review.AgendaTopic)
        + " [wrong-type]",
    ),
    "a ritual with words": (
        lambda: okr.review.make_agenda(
            PLAN, JOURNAL, as_of=DAY, rites={**okr.review.AGENDA_TEMPLATES, "standup": None}
        ),
        "make_agenda.rites: must be one of the known words, got 'standup'; give "
        + ", ".join(repr(ritual.value) for ritual in okr.calendar.Ritual)
        + " [unknown-word]",
    ),
    "words of a calendar": (
        lambda: calendar_of({"standup": "Stehung"}),
        "to_icalendar.words: must have the right type, got {'standup': 'Stehung'}; give a Words"
        " [wrong-type]",
    ),
    "what to do with unknown columns": (
        lambda: codec.from_tables({}, unknown="drop"),  # type: ignore[arg-type]
        "from_tables.unknown: must be one of the known words, got 'drop'; give 'refuse' or 'ignore'"
        " [unknown-word]",
    ),
    "what to do with unknown fields": (
        lambda: codec.from_json("{}", unknown="drop"),  # type: ignore[call-overload]
        "load.unknown: must be one of the known words, got 'drop'; give 'refuse' or 'ignore'"
        " [unknown-word]",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refusals(name: str) -> None:
    wrong, message = REFUSALS[name]
    with pytest.raises(okrcore.OkrError) as caught:
        wrong()
    assert str(caught.value) == message


def test_what_has_the_right_type_and_no_hit_is_an_empty_answer() -> None:
    assert PLAN.where(owner="Bo") == PLAN.where(owner=okr.Team("Ana Ruiz")) == ()
    assert PLAN.where(team="Sales") == PLAN.where(team=okr.Team("Sales")) == ()
    assert (
        PLAN.where(cycle="2027-Q1") == PLAN.where(cycle=okr.FiscalCalendar().quarter(2027, 1)) == ()
    )
    assert PLAN.where(tag="cost") == PLAN.where(level="team") == ()


def test_a_level_in_words_is_the_level() -> None:
    """S59: `where(level="company")` found nothing."""
    assert [each.id for each in PLAN.where(level="company")] == ["grow"]
    assert PLAN.where(level="company") == PLAN.where(level=okr.Level.COMPANY)
    for level in okr.Level:
        assert PLAN.where(level=level.value) == PLAN.where(level=level)


#: Each place that takes a member of an enum, with the enum.
DOORS: dict[str, tuple[Callable[[Any], object], type[StrEnum]]] = {
    "Plan.where": (lambda word: PLAN.where(level=word), okr.Level),
    "Rulebook.grade": (lambda word: okr.RECOMMENDED.grade("grade", 0.5, word), okr.Ambition),
    "Rulebook.scale": (lambda word: okr.RECOMMENDED.scale("grade", word), okr.Ambition),
    "Rulebook.verdict_for": (okr.RECOMMENDED.verdict_for, okr.Ambition),
    "ClosingRule.suggestion_for": (okr.RECOMMENDED.closing.suggestion_for, okr.Ambition),
    "PacingRule.share_for": (okr.RECOMMENDED.pacing.share_for, okr.Ambition),
    "LearningVerdict.name": (LEARNING.name, okr.ClosingDecision),
    "Agenda.section": (lambda word: section_or_none(WEEKLY, word), okr.review.AgendaTopic),
    "agenda": (
        lambda word: okr.review.make_agenda(PLAN, JOURNAL, as_of=DAY, ritual=word),
        okr.calendar.Ritual,
    ),
    "make_agenda.rites": (
        lambda word: okr.review.make_agenda(
            PLAN,
            JOURNAL,
            as_of=DAY,
            rites={**okr.review.AGENDA_TEMPLATES, word: okr.review.AGENDA_TEMPLATES["wins"]},
        ),
        okr.calendar.Ritual,
    ),
    "read_rows": (lambda word: okr.read_rows([{"Objective": "O"}], ambition=word), okr.Ambition),
}


def section_or_none(agenda: Any, topic: Any) -> object:
    """Return a section of an agenda; None if it has none of a known topic."""
    try:
        return agenda.section(topic)
    except okrcore.OkrError as error:
        if error.code != "not-in-agenda":
            raise
        return None


@pytest.mark.parametrize("name", DOORS)
def test_the_word_of_an_enum_is_its_member(name: str) -> None:
    """A law over every door that takes an enum: each word does what its member does, another is refused."""
    ask, kind = DOORS[name]
    for member in kind:
        assert ask(member.value) == ask(member)
    for wrong in ("no such word", 5, next(iter(kind)).value.upper()):
        with pytest.raises(okrcore.OkrError):
            ask(wrong)


def test_a_scale_of_a_method_is_known() -> None:
    """It gives None of what the method does not judge: hosts show one column for all items."""
    red = okr.rulebook.Bands([(None, "red")])
    method = okr.Rulebook(
        name="house", scales=[okr.rulebook.Scale("house grade", okr.rulebook.Axis.SCORE, red)]
    )
    book = attrs.evolve(okr.RECOMMENDED, methods=[method])
    other = okr.Objective(
        "other", "O", method="house", key_results=[okr.KeyResult("k", "K", okr.Reach(10))]
    )
    journal = JOURNAL.add(okr.CheckIn("k", DAY, 5))
    card = okr.evaluate(PLAN.put(other), journal, as_of=DAY, rulebook=book)
    assert [card.grade("house grade", id) for id in ("grow", "other", "k")] == [None, "red", "red"]
    assert [card.grade("grade", id) for id in ("grow", "other", "k")] == ["yellow", None, None]
    with pytest.raises(okrcore.OkrError, match="'grade, one decimal', 'house grade'"):
        card.grade("hose grade", "other")
