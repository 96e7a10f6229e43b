"""Agendas, closing advice and roll-overs in other words: no English is left but host texts.

Host texts are Greek, so that every English letter is one of the library's.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any

import pytest
from attrs import evolve

import okrcore as okr
from build import Q3, day
from made_up import MADE_UP, english_in
from okrcore import codec
from okrcore.calendar import Ritual
from okrcore.journal import ClosingDecision, PlannedActual
from okrcore.review import AGENDA_TEMPLATES, AgendaTemplate, AgendaTopic, TemplateSection
from okrcore.words import Figure, Reason, Words
from okrcore.words.reason import as_reason, as_reasons

Q4 = okr.FiscalCalendar().quarter(2026, 4)
MONDAY, LAST = day(8, 17), day(8, 10)
COMMITTED, ASPIRATIONAL = okr.Ambition.COMMITTED, okr.Ambition.ASPIRATIONAL
ANA, TEAM = okr.Person("Άννα"), okr.Team("Ομάδα")


def kr(id: str, title: str, measure: Any = None, **given: Any) -> okr.KeyResult:
    return okr.KeyResult(id, title, measure or okr.Increase(0, 100), **given)


def goal(id: str, title: str, *key_results: Any, **given: Any) -> okr.Objective:
    base: dict[str, Any] = {"cycle": Q3, "ambition": COMMITTED, "owner": ANA}
    return okr.Objective(id, title, key_results=key_results, **(base | given))


def sentences(agenda: okr.review.Agenda) -> Iterator[Reason]:
    """Yield every text of an agenda."""
    yield agenda.title
    for section in agenda.sections:
        yield from (section.title, section.empty, *section.questions)
        for item in section.items:
            yield from (item.title, item.text, *item.notes)


def left_in_english(texts: Iterable[str], *given: str) -> list[str]:
    return [text for text in texts if english_in(MADE_UP.write(text), *given)]


def is_reason(text: object) -> bool:
    return type(text) is Reason


def whole_quarter() -> tuple[okr.Plan, okr.Journal]:
    steps = okr.Milestones(okr.Milestone("σχέδιο"), okr.Milestone("κτίσμα", due=day(8, 28)))
    shared = kr(
        "shared", "Κοινό", contribution=okr.Contribution(contributors=[okr.Team("Άλλη ομάδα")])
    )
    need = okr.Dependency("δεδομένα", provider=TEAM, needed_by=day(9, 1))
    more = [
        okr.Dependency("χρήμα", agreed=True),
        okr.Dependency("χώρος", agreed=True, needed_by=MONDAY, escalated=day(8, 12)),
    ]
    plan = okr.Plan(
        [
            goal(
                "up",
                "Άνω",
                kr("a", "Άλφα", metric="nps"),
                kr("b", "Βήτα", steps, due=day(9, 10)),
                kr("c", "Γάμμα", okr.PassFail()),
                kr("d", "Δέλτα", unit="%"),
                shared,
                guardrails=[okr.Guardrail("g", "Φύλακας", okr.AtMost(5, warn_at=4))],
                initiatives=[
                    okr.Initiative("w", "Έργο", due=day(8, 30), drives=["a", "d"]),
                    okr.Initiative("v", "Εργάκι"),
                ],
                profile=okr.ObjectiveProfile(dependencies=[need, *more]),
            ),
            goal("under", "Κάτω", kr("e", "Έψιλον"), supports=[okr.Alignment("up")], owner=TEAM),
            goal("nobody", "Μόνο", kr("f", "Ζήτα", okr.EstablishBaseline()), owner=None),
            goal("later", "Αύριο", kr("z", "Ήτα", okr.Increase(None, 9)), cycle=Q4),
            goal(
                "parked", "Ύστερα", profile=okr.ObjectiveProfile(parked=okr.Parked("όχι", MONDAY))
            ),
            goal(
                "wait", "Κάποτε", profile=okr.ObjectiveProfile(parked=okr.Parked("όχι", day(12, 1)))
            ),
        ],
        metrics=[okr.Metric("nps", "Δείκτης", health=okr.AtLeast(50))],
    )
    said: dict[str, Any] = {
        "shipped": "φόρμα",
        "effect": "λιγότερα",
        "learning": "διάρκεια",
        "note": "δύο μέρες",
        "blocker": "αργεί",
        "by": "Νίκος",
    }
    journal = okr.Journal(
        [
            okr.CheckIn("nps", LAST, 20),
            okr.CheckIn("nps", MONDAY, 30, **said),
            okr.CheckIn("a", LAST, confidence=0.5),
            okr.CheckIn("a", MONDAY, confidence=0.8, projected=90),
            okr.CheckIn("b", LAST, ["κτίσμα"]),
            okr.CheckIn("b", MONDAY, ["σχέδιο"]),
            okr.CheckIn("c", MONDAY, False),
            okr.CheckIn("d", day(7, 6), 10),
            okr.CheckIn("d", day(8, 12), 10, shipped="σελίδα"),
            okr.CheckIn("shared", MONDAY, 12),
            okr.CheckIn("g", MONDAY, 9, blocker="όριο"),
            okr.CheckIn("w", MONDAY, 0.5),
        ]
    )
    return plan, journal


def agendas_of(
    plan: okr.Plan, journal: okr.Journal, on: date, **given: Any
) -> Iterator[okr.review.Agenda]:
    for ritual in Ritual:
        yield okr.review.make_agenda(plan, journal, as_of=on, ritual=ritual, **given)


# --- agendas -----------------------------------------------------------------------------------


@pytest.mark.parametrize("ritual", Ritual)
def test_titles_headings_and_questions_are_written_in_other_words(ritual: Ritual) -> None:
    template = AGENDA_TEMPLATES[ritual]
    texts: list[str] = [template.title]
    for each in template.sections:
        texts += [each.title, each.empty, each.none, *each.questions]
    assert all(map(is_reason, texts))
    assert left_in_english(texts) == []


def test_headings_are_the_field_s() -> None:
    weekly, close = (AGENDA_TEMPLATES[each].sections for each in (Ritual.WEEKLY, Ritual.CLOSE))
    assert [each.title for each in weekly] == [
        "Progress", "Confidence", "Guardrails", "Blockers", "Dependencies", "Stale", "Paused", "Due"
    ]  # fmt: skip
    assert [each.title for each in close] == [
        "Results", "Open guardrails", "Decisions", "Missed promises"
    ]  # fmt: skip
    assert close[1].none == "no guardrails"
    by_topic = {
        each.topic: each.title for rite in AGENDA_TEMPLATES.values() for each in rite.sections
    }
    assert by_topic[AgendaTopic.STANDING] == "Status"
    assert by_topic[AgendaTopic.BEHIND] == "At risk, off track"
    assert by_topic[AgendaTopic.STALLED] == "Stalled"
    assert by_topic[AgendaTopic.NEXT] == "Carried over"
    assert by_topic[AgendaTopic.LEARNED] == "Learnings"
    assert by_topic[AgendaTopic.NOT_NOW] == "Parked"
    assert by_topic[AgendaTopic.LINKS] == "Alignments without a stated contribution"
    assert by_topic[AgendaTopic.EFFECTS] == "What depends on it"


def test_items_are_written_in_other_words() -> None:
    plan, journal = whole_quarter()
    card = okr.evaluate(plan, journal, as_of=MONDAY)
    results = [card[id] for id in plan.items if id in card]
    # Reasons of statuses have tests of their own.
    given = [each.status_why for each in results if each.status_why.code == "text"]
    for agenda in agendas_of(plan, journal, MONDAY):
        assert left_in_english(sentences(agenda), *given) == [], agenda.ritual


def test_items_are_reasons_with_their_values() -> None:
    plan, journal = whole_quarter()
    weekly = okr.review.make_agenda(plan, journal, as_of=MONDAY)
    moved = {item.ids[0]: item.text for item in weekly.section("movements").items}
    assert moved["a"] == "20 to 30; score 0.20 to 0.30"
    assert moved["a"].code == "list/clauses"
    assert [part.code for part in moved["a"].values["parts"]] == [  # type: ignore[union-attr]
        "movement/reading", "movement/score-change"
    ]  # fmt: skip
    assert moved["b"] == "new: σχέδιο; taken back: κτίσμα; score 0.50"
    assert moved["c"] == "first read: no; score 0.00"
    german = Words(
        {
            "movement/reading": "{before} auf {after}",
            "movement/score-change": "Score {before} auf {after}",
        },
        decimal=",",
    )
    assert german.write(moved["a"]) == "20 auf 30; Score 0,20 auf 0,30"
    (due, *_) = weekly.section("due").items
    assert due.title == "Check-in due on 2026-07-06, 42 days ago (late)"
    assert not english_in(MADE_UP.write(due.title))
    assert "06/07/2026" in MADE_UP.write(due.title)


def test_an_unread_day_is_one_day() -> None:
    plan = okr.Plan([goal("o", "Στόχος", kr("k", "Άλφα"))])
    rule = evolve(okr.RECOMMENDED.review, still_days=1)
    book = evolve(okr.RECOMMENDED, review=rule)
    journal = okr.Journal([okr.CheckIn("k", day(8, 16), 30)])
    found = okr.review.make_agenda(
        plan, journal, as_of=MONDAY, ritual="mid-cycle review", rulebook=book
    )
    (item,) = found.section("stalled").items
    assert item.text == "30 for 1 day; off track"


def test_a_pause_has_its_own_reasons_alone() -> None:
    plan = okr.Plan([goal("o", "Στόχος", kr("k", "Άλφα"))])
    pause: dict[str, Any] = {"kind": okr.AdjustmentKind.PAUSE}
    entries: list[Any] = [
        okr.Adjustment("k", MONDAY, measure=okr.Increase(0, 80), because="νόμος"),
        okr.Adjustment("k", MONDAY, because="λιμάνι.", resume=day(9, 7), **pause),
        okr.Transition("k", MONDAY, okr.Lifecycle.ACTIVE),
        okr.Adjustment("k", MONDAY, because="πλοίο", **pause),
    ]
    found = okr.review.make_agenda(plan, okr.Journal(entries), as_of=MONDAY)
    (item,) = found.section("paused").items
    assert item.text == (
        "paused since 2026-08-17: λιμάνι; πλοίο; to be looked at again on 2026-09-07"
    )
    assert left_in_english([item.text]) == []
    moved = okr.Journal([okr.Transition("o", MONDAY, okr.Lifecycle.PAUSED)])
    plain = okr.review.make_agenda(plan, moved, as_of=MONDAY).section("paused").items[0].text
    assert (plain, plain.code) == ("paused since 2026-08-17", "pause/since")


def test_texts_of_your_own_templates_stay() -> None:
    section = TemplateSection(AgendaTopic.QUESTIONS, "Ours", ["Why?"], empty="quiet")
    template = AgendaTemplate("Mine", 5, okr.review.AgendaScope.RUNNING, 7, [section])
    plan, journal = whole_quarter()
    found = okr.review.make_agenda(plan, journal, as_of=MONDAY, rites={Ritual.WEEKLY: template})
    texts = [*sentences(found)]
    assert [MADE_UP.write(each) for each in texts] == ["Mine", "Ours", "quiet", "Why?"]
    assert {each.code for each in texts} == {"text"}
    plain = TemplateSection(AgendaTopic.QUESTIONS, "Ours")
    assert (plain.empty.code, plain.none) == ("nothing/all", "")
    kept = evolve(AGENDA_TEMPLATES[Ritual.WEEKLY], title="Δευτέρα")
    assert kept.sections[0].title.code == "section/progress"


def test_as_reasons_of_texts() -> None:
    made = as_reasons([Figure("1.5"), ClosingDecision.CARRY, Reason("nothing/all"), "own"])
    assert [each.code for each in made] == ["text", "text", "nothing/all", "text"]
    german = Words({"closing decision: carry": "mitnehmen"}, decimal=",")
    assert [german.write(each) for each in made] == ["1,5", "mitnehmen", "nothing", "own"]
    assert as_reason(as_reason("a")).values["text"] == "a"


@pytest.mark.parametrize("state", ["running", "ending", "ended", "coming", "shared"])
def test_words_without_items(state: str) -> None:
    plan = okr.Plan(
        [goal("parked", "Ύστερα", profile=okr.ObjectiveProfile(parked=okr.Parked("όχι", MONDAY)))]
    )
    for rite in AGENDA_TEMPLATES.values():
        scoped = evolve(rite, scope=okr.review.AgendaScope(state))
        found = okr.review.make_agenda(
            plan, okr.Journal(), as_of=MONDAY, rites={Ritual.WEEKLY: scoped}
        )
        assert left_in_english(section.empty for section in found.sections) == []


# --- the close ---------------------------------------------------------------------------------


def closing(objective: okr.Objective, *entries: Any, **given: Any) -> okr.review.ClosingSuggestion:
    card = okr.evaluate(okr.Plan([objective]), okr.Journal(entries), as_of=Q3.end, **given)
    return okr.review.suggest_closing(card, objective.id)


def at_close(value: Any, id: str = "k") -> okr.CheckIn:
    return okr.CheckIn(id, Q3.end, value)


EXPERIMENT: dict[str, Any] = {
    "trigger": okr.Trigger(okr.TriggerKind.EXPERIMENT, hypothesis="περισσότεροι"),
    "cycle": okr.Cycle.starting(day(9, 17), okr.Cadence.MICRO_TWO_WEEKS),
}
GUARD = okr.Guardrail("g", "Φύλακας", okr.AtMost(5))


@pytest.mark.parametrize(
    ("objective", "entries", "english", "code"),
    [
        (goal("o", "Σ", kr("k", "Α")), [at_close(55)], "a score of 0.55", "closing/score"),
        (
            goal("o", "Σ", kr("k", "Α"), ambition=ASPIRATIONAL),
            [at_close(75)],
            "a score of 0.75 (succeeded; carried until 1.0, by the rulebook)",
            "closing/score-with-note",
        ),
        (
            goal("o", "Σ", kr("k", "Α"), ambition=okr.Ambition.LEARNING),
            [],
            "what was learnt decides",
            "closing/learning",
        ),
        (
            goal("o", "Σ", kr("k", "Α"), kr("j", "Β")),
            [at_close(100)],
            "unmeasured key results decide between carry and achieved",
            "closing/unmeasured",
        ),
        (
            goal("o", "Σ", kr("k", "Α"), guardrails=[GUARD]),
            [at_close(100), at_close(9, "g")],
            "a guardrail to be settled first: Φύλακας",
            "closing/settle-first",
        ),
        (
            goal("o", "Σ", kr("k", "Α"), **EXPERIMENT),
            [at_close(60)],
            "a score of 0.60; an experiment ends with scale, iterate or stop",
            "closing/experiment",
        ),
        (
            goal("o", "Σ", kr("k", "Α"), ambition=okr.Ambition.LEARNING, **EXPERIMENT),
            [at_close(60)],
            "what was learnt decides: scale, iterate or stop",
            "closing/experiment-on-learning",
        ),
    ],
)
def test_advice_is_written_in_other_words(
    objective: okr.Objective, entries: list[Any], english: str, code: str
) -> None:
    because = closing(objective, *entries).because
    assert (because, because.code) == (english, code)
    assert left_in_english([because]) == []


def test_advice_of_other_rulebooks_is_written_in_other_words() -> None:
    rules = okr.RECOMMENDED.closing
    silent = evolve(okr.RECOMMENDED, name="Δικό μας", closing=evolve(rules, suggestions=()))
    firm = evolve(
        okr.RECOMMENDED, guardrails=evolve(okr.RECOMMENDED.guardrails, settles_hard=False)
    )
    hard = goal("o", "Σ", kr("k", "Α"), guardrails=[evolve(GUARD, hard=True)])
    found = [
        closing(hard, at_close(100), at_close(9, "g"), rulebook=book) for book in (silent, firm)
    ]
    assert [each.because for each in found] == [
        "Δικό μας suggests nothing",
        "a score of 1.00, with a hard guardrail that does not hold: Φύλακας",
    ]
    assert left_in_english(each.because for each in found) == []


def test_a_score_without_a_suggestion() -> None:
    # A band of the rule holds a score from 0.5 on, and none a lower one.
    bands = okr.rulebook.Bands([(okr.AtLeast(0.5), ClosingDecision.CARRY)])
    suggestions = [okr.rulebook.SuggestionRule(COMMITTED, bands)]
    book = evolve(okr.RECOMMENDED, closing=evolve(okr.RECOMMENDED.closing, suggestions=suggestions))
    found = closing(goal("o", "Σ", kr("k", "Α"), kr("j", "Β")), at_close(50), rulebook=book)
    assert found.because == "unmeasured key results decide between no suggestion and carry"
    assert left_in_english([found.because]) == []


@pytest.mark.parametrize("decision", ClosingDecision)
def test_decisions_have_a_sentence_each(decision: ClosingDecision) -> None:
    words = okr.journal.decisions.decision_words(decision)
    assert words.code == f"decided/{decision}"
    assert left_in_english([words]) == []


def test_a_draft_of_a_post_mortem_is_written_in_other_words() -> None:
    plan = okr.Plan([goal("o", "Σ", kr("k", "Α", unit="%"))])
    cut = okr.Adjustment("k", day(8, 1), measure=okr.Increase(0, 80), because="νόμος")
    journal = okr.Journal([cut, okr.CheckIn("k", day(9, 28), 40)])
    card = okr.evaluate(plan, journal, as_of=day(11, 30))
    draft = okr.review.draft_post_mortem(card, "o")
    (outcome,) = draft.outcomes
    assert outcome.planned == "0% to 100%, adjusted to 0% to 80%"
    assert outcome.actual == "40% is 50% of the way from 0% to 80%"
    assert left_in_english([outcome.planned, outcome.actual]) == []
    for ritual in (Ritual.CLOSE, Ritual.RETROSPECTIVE):
        agenda = okr.review.make_agenda(plan, journal, as_of=day(11, 30), ritual=ritual, of="o")
        for topic in {AgendaTopic.POST_MORTEMS, AgendaTopic.DECISIONS} & {
            each.topic for each in agenda.sections
        }:
            for item in agenda.section(topic).items:
                assert left_in_english([item.text, *item.notes]) == []
    read = codec.from_json(codec.to_json(okr.Journal([draft])), okr.Journal)
    assert read == okr.Journal([draft])
    assert type(PlannedActual("k", "0", "1").planned) is str


# --- the next cycle ----------------------------------------------------------------------------


def rolled(plan: okr.Plan, journal: okr.Journal, **given: Any) -> okr.review.Rollover:
    return okr.review.roll_over(plan, journal, as_of=Q3.end, cycle=Q4, **given)


def whole_roll_over() -> okr.review.Rollover:
    shared = kr("h", "Κοινό")
    plan = okr.Plan(
        [
            goal(
                "up",
                "Άνω",
                kr("a", "Άλφα"),
                kr("b", "Βήτα", okr.Milestones("ένα", "δύο", "τρία")),
                kr("c", "Γάμμα", okr.EstablishBaseline()),
                kr("d", "Δέλτα", okr.Reach(4)),
                kr("m", "Κτίσμα", okr.Milestones("όλο")),
                kr("x", "Μέσος", derived=okr.Derived(okr.Aggregation.MEAN, ["a", "d"])),
                kr("v", "Μισό", okr.Evidence(required=5, what="κλήσεις")),
                okr.KeyResultRef("h"),
                supports=[okr.Alignment("gone"), okr.Alignment("over")],
                ambition=ASPIRATIONAL,
            ),
            goal("gone", "Φευγάτο", shared),
            goal("over", "Τέλος", kr("o", "Όμικρον")),
            goal("learn", "Μάθηση", kr("l", "Λάμδα"), ambition=okr.Ambition.LEARNING),
            goal("miss", "Χαμένο", kr("n", "Νι")),
            goal("defer", "Αργότερα", kr("p", "Πι")),
            goal("change", "Αλλαγή", kr("q", "Ρο")),
            goal("done", "Έτοιμο", kr("r", "Σίγμα")),
            goal("idle", "Αργό", kr("s", "Ταυ")),
        ]
    )
    decided = {
        "gone": ClosingDecision.ABANDON,
        "over": ClosingDecision.STOP,
        "defer": ClosingDecision.DEFER,
        "change": ClosingDecision.MODIFY,
    }
    journal = okr.Journal(
        [
            at_close(50, "a"),
            at_close(["ένα"], "b"),
            at_close(7, "c"),
            at_close(4, "d"),
            at_close(["όλο"], "m"),
            at_close(["α", "β"], "v"),
            at_close(30, "h"),
            at_close(30, "n"),
            at_close(100, "r"),
            okr.Transition("idle", day(9, 1), okr.Lifecycle.PAUSED),
            *(okr.Closing(id, Q3.end, decision) for id, decision in decided.items()),
        ]
    )
    return rolled(plan, journal)


def test_outcomes_of_a_roll_over_are_written_in_other_words() -> None:
    found = whole_roll_over()
    because = {item.id: item.because for item in found.items}
    assert because["up"].endswith('what does it support now? "Φευγάτο" and "Τέλος" do not go on')
    assert because["a"] == "goes with its objective: 50 of 100 are left"
    assert because["b"] == "goes with its objective: 2 of 3 are left: δύο, τρία"
    assert because["v"] == "goes with its objective: 3 of 5 are left"
    assert because["c"] == "baseline found: 7; it needs a target"
    assert because["change"] == "modified, to what?"
    assert because["defer"] == "decided to defer"
    assert because["h"] == ('who owns it now? "Φευγάτο" does not go on; "Άνω" holds it until then')
    assert because["done"] == "done, with a score of 1.00"
    assert left_in_english(because.values()) == []
    assert all(map(is_reason, because.values()))


@pytest.mark.parametrize(
    ("value", "left"),
    [
        (99, "1 of 100 is left"),
        (99.5, "0.5 of 100 are left"),
        (98, "2 of 100 are left"),
    ],
)
def test_a_part_of_one_has_the_form_of_none(value: float, left: str) -> None:
    plan = okr.Plan([goal("o", "Σ", kr("k", "Α"), ambition=ASPIRATIONAL)])
    found = rolled(plan, okr.Journal([at_close(value)]))
    because = next(item.because for item in found.items if item.id == "k")
    assert because == f"goes with its objective: {left}"


def test_thousands_that_are_left_are_counted() -> None:
    plan = okr.Plan([goal("o", "Σ", kr("k", "Α", okr.Increase(0, 9000)), ambition=ASPIRATIONAL)])
    found = rolled(plan, okr.Journal([at_close(7000)]))
    left = next(item.because for item in found.items if item.id == "k").values["left"]
    assert left == "2,000 of 9,000 are left"
    assert left.values["count"] == 2000  # type: ignore[union-attr]


def test_a_parked_objective_has_its_reason_until_it_is_stored() -> None:
    found = whole_roll_over()
    parked = found.plan.objective("defer@2026-Q4")
    assert parked.profile is not None
    assert parked.profile.parked is not None
    because = parked.profile.parked.because
    assert because == "deferred at the close of 2026-Q3"
    assert MADE_UP.write(because) != because
    card = okr.evaluate(found.plan, okr.Journal(), as_of=Q4.end)
    shown = {each.of: each.because for each in okr.review.list_parked(card)}
    assert shown["defer@2026-Q4"].code == "parked/at-close"
    stored = codec.from_json(codec.to_json(found.plan), okr.Plan)
    assert (stored, stored.digest) == (found.plan, found.plan.digest)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # made a moment ago


def test_deferred_without_a_reason() -> None:
    plan = okr.Plan([goal("o", "Σ", kr("k", "Α"))])
    journal = okr.Journal([okr.Closing("o", Q3.end, ClosingDecision.DEFER)])
    (found,) = okr.review.list_parked(okr.evaluate(plan, journal, as_of=Q4.end))
    assert found.because == "deferred on 2026-09-30"
    assert MADE_UP.write(found.because).endswith("30/09/2026")


# --- objectives in a sentence ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("owner", "begins"), [(ANA, "I will achieve"), (TEAM, "We will achieve"), (None, "We will")]
)
def test_an_objective_in_a_sentence(owner: Any, begins: str) -> None:
    plan = okr.Plan(
        [
            goal(
                "o",
                "Σ",
                kr("k", "Α", okr.Increase(None, 9)),
                kr("j", "Β", okr.PassFail()),
                guardrails=[GUARD],
                initiatives=[okr.Initiative("w", "Έργο")],
                owner=owner,
            )
        ]
    )
    words = okr.review.describe_objective(plan, "o")
    assert words.startswith(begins)
    assert words.code == "statement/sentence"
    assert left_in_english([words]) == []


def test_a_text_of_the_library_is_safe_too() -> None:
    unsafe = Reason("text", text="\x1b[31m")
    made: list[Any] = [
        lambda: okr.Parked(unsafe),
        lambda: PlannedActual("k", unsafe, "1"),
        lambda: okr.Adjustment("k", MONDAY, weight=2, because=unsafe),
        lambda: TemplateSection(AgendaTopic.DUE, unsafe),
        lambda: TemplateSection(AgendaTopic.DUE, "Due", [unsafe]),
    ]
    for each in made:
        with pytest.raises(okr.InvalidValueError, match="leave out"):
            each()
    assert type(PlannedActual("k", Figure("5"), "1").planned) is Figure


@pytest.mark.parametrize(
    "vocabulary",
    [okr.review.RolloverOutcome, okr.review.CyclePattern, okr.review.DueState, ClosingDecision],
)
def test_words_of_reviews_have_rows(vocabulary: type[StrEnum]) -> None:
    assert left_in_english(vocabulary) == []
