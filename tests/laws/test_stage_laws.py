"""Laws of the stages of a day: the fast way of each figure is bound to its plain definition, to the last bit.

- batches have the parts and weights of each objective, and each objective is rolled up once
- scores, coverage and ranges in batches are those of each objective
- progress in one pass over spans is that of each key result
- states of guardrails in the middle of a cycle are those of all their readings
- expected progress in one pass is that of each key result
- statuses of all items in one pass are those of each alone
- closings evaluated in their part have the numbers of a whole evaluation of their day
- facts of two days share the plan as written, and nothing that an adjustment changes

Days, plans and rulebooks are drawn: quarters of `okrcore.testing`, cascades under drawn rules, and whole
organisations with entries of every kind. What is rare in them is in one dense quarter, which is evaluated
under each rulebook on several days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import chain
from math import isnan
from types import MappingProxyType
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import dense
import okrcore as okr
from cascades import with_each
from effort import examples
from okrcore._arith import ABSENT, bounded
from okrcore.errors import InconsistentPlanError
from okrcore.journal.journal import history_of
from okrcore.plan import Combination
from okrcore.rulebook import DayCount, OverrideDuration, Weighing
from okrcore.scorecard.day.closed_items import LAST
from okrcore.scorecard.day.compiled_plan import Pools
from okrcore.scorecard.day.expected_progress import HELD, elapsed_share, expected_progress
from okrcore.scorecard.day.facts import Facts, facts_of
from okrcore.scorecard.day.guardrails import watch_guardrail
from okrcore.scorecard.day.means import items_of, mean_of
from okrcore.scorecard.day.parts import Inputs, Weighed, parts_of_each
from okrcore.scorecard.day.pauses import pauses_in
from okrcore.scorecard.day.progress import default_progress, progress_of_one
from okrcore.scorecard.day.status_by_rule import statuses_by
from okrcore.scorecard.evaluation import Evaluation
from okrcore.testing import Quarter, cascades, lines, plans, quarters, rulebooks
from oracles.organisations import organisations
from oracles.records_of import RULE_SETS, rulebook_of
from oracles.records_of import journal_of as journal_of_organisation
from oracles.records_of import plan_of as plan_of_organisation
from strategies import CYCLE

KEY_RESULTS, OBJECTIVES = (
    okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS),
    okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.OBJECTIVES),
)
ALL_BELOW = okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.DESCENDANTS)
RULES: Sequence[Mapping[str, Any]] = (
    {"parts": [KEY_RESULTS, OBJECTIVES], "weigh": Weighing.SIZE},
    {"parts": [KEY_RESULTS, OBJECTIVES], "weigh": Weighing.EQUAL},
    {
        "parts": [
            okr.rulebook.RollUpPart(okr.rulebook.RollUpSource.KEY_RESULTS, as_one=True),
            OBJECTIVES,
        ]
    },
    {"parts": [KEY_RESULTS, ALL_BELOW]},
    {"parts": [ALL_BELOW, OBJECTIVES], "with_micro": True, "least_coverage": 0.5},
    {"parts": [KEY_RESULTS, ALL_BELOW], "with_judged": OverrideDuration.UNTIL_READ},
    {"parts": [KEY_RESULTS, OBJECTIVES], "combine": Combination.MINIMUM, "missing": 0.0},
)
RULED = [
    evolve(okr.RECOMMENDED, name=f"{at}", roll_up=rule, confidence=rule)
    for at, rule in enumerate(okr.rulebook.RollUpRule(**given) for given in RULES)
]
PACED = evolve(
    okr.RECOMMENDED,
    name="days after the first",
    pacing=evolve(okr.RECOMMENDED.pacing, days=DayCount.EXCLUSIVE, holds_after_due=False),
)
PACED_APART = evolve(okr.RECOMMENDED, name="two ways to count days", methods=[PACED])
LISTED = [okr.RECOMMENDED, PACED_APART, *RULED, *(rulebook_of(name)[0] for name in RULE_SETS)]
BOOKS = st.sampled_from(LISTED)


@st.composite
def evaluations_of_quarters(draw: st.DrawFn) -> Evaluation:
    quarter = draw(quarters())
    return Evaluation(quarter.plan, quarter.journal, quarter.day, draw(BOOKS | rulebooks()))


@st.composite
def closed_quarters(draw: st.DrawFn) -> Evaluation:
    """Draw quarters with more closings, written before everything or after it."""
    quarter = draw(quarters())
    decided = {
        entry.of
        for entry in quarter.journal.entries
        if isinstance(entry, okr.Closing | okr.Transition)
    }
    free = [each.id for each in quarter.plan.objectives if each.id not in decided]
    ids = draw(st.sets(st.sampled_from(free), min_size=1)) if free else set[str]()
    on = st.integers(0, 80).map(lambda n: CYCLE.start + timedelta(days=n))
    decisions = st.sampled_from(
        [okr.ClosingDecision.ACHIEVED, okr.ClosingDecision.CARRY, okr.ClosingDecision.DEFER]
    )
    closings = [okr.Closing(id, draw(on), draw(decisions)) for id in sorted(ids)]
    entries = [*quarter.journal.entries]
    written = [*closings, *entries] if draw(st.booleans()) else [*entries, *closings]
    day = draw(st.sampled_from([quarter.day, CYCLE.end]))
    return Evaluation(quarter.plan, okr.Journal(written), day, draw(BOOKS))


@st.composite
def evaluations_of_organisations(draw: st.DrawFn) -> Evaluation:
    organisation, book = draw(organisations()), rulebook_of(draw(st.sampled_from([*RULE_SETS])))[0]
    plan, journal = plan_of_organisation(organisation), journal_of_organisation(organisation)
    return Evaluation(plan, journal, organisation["day"], book)


@st.composite
def evaluations_of_cascades(draw: st.DrawFn) -> Evaluation:
    """Draw cascades under their own rules and methods, or without methods and under one rule."""
    cascade = draw(cascades())
    if draw(st.booleans()):
        return _evaluation_of(cascade, cascade.rulebook)
    # Without a weight of 0, objectives of one shape are a batch.
    alike = with_each(
        cascade,
        lambda objective: evolve(
            objective,
            method=None,
            key_results=[evolve(kr, weight=kr.weight or 4) for kr in objective.key_results],
            supports=[evolve(each, weight=each.weight or 4) for each in objective.supports],
        ),
    )
    return _evaluation_of(alike, draw(BOOKS))


def _evaluation_of(cascade: Quarter, book: okr.Rulebook) -> Evaluation:
    return Evaluation(cascade.plan, cascade.journal, cascade.day, book)


def is_refused(evaluation: Evaluation) -> bool:
    """Whether weights or sizes do not fit the rulebook, which is known only when parts are weighed."""
    try:
        evaluation.pace, evaluation.confidence  # noqa: B018
    except InconsistentPlanError:
        return True
    return False


@st.composite
def with_suppositions(draw: st.DrawFn, drawn: st.SearchStrategy[Evaluation]) -> Evaluation:
    """Draw evaluations, some with supposed scores."""
    evaluation = draw(drawn)
    # A score is supposed of a key result that is read itself.
    ids = [kr.id for kr in evaluation.facts.compiled.key_results if not kr.derived]
    if ids and not draw(st.integers(0, 3)):
        supposed = draw(st.dictionaries(st.sampled_from(ids), st.sampled_from([0.0, 0.5, 1.0])))
        evaluation = evolve(evaluation, supposed=tuple(supposed.items()))
    return evaluation


EVALUATIONS = with_suppositions(
    evaluations_of_quarters()
    | closed_quarters()
    | evaluations_of_organisations()
    | evaluations_of_cascades()
).filter(lambda evaluation: not is_refused(evaluation))


#: Whole organisations take long to draw.
few = settings(max_examples=examples(gate=60, explore=5_000))


def bits(numbers: Iterable[float]) -> list[str]:
    """Return numbers to the last bit: the sign of 0 counts, and ABSENT equals itself."""
    return [float(each).hex() for each in numbers]


# --- parts -------------------------------------------------------------------------------------


@few
@given(EVALUATIONS)
def test_batches_have_the_parts_of_each_objective(evaluation: Evaluation) -> None:
    check_parts(evaluation)


def check_parts(evaluation: Evaluation) -> None:
    inputs, compiled = evaluation.inputs, evaluation.facts.compiled
    by_shape = [batch for batch in inputs.batches.values() if batch]
    for batch in [*by_shape, *chain.from_iterable(batches for batches, _ in inputs.levels)]:
        for n, index in enumerate(batch.objectives):
            cut = slice(n * batch.count, (n + 1) * batch.count)
            plain = inputs.loose.get(index) or _parts_of(evaluation, index)
            assert (tuple(batch.parts[cut]), tuple(batch.weights[cut])) == plain.weighed
    # Each objective is rolled up once, after all its parts.
    order = [
        index
        for batches, others in inputs.levels
        for index in (*chain.from_iterable(batch.objectives for batch in batches), *others)
    ]
    assert sorted(order) == [*compiled.of_objectives]
    place = {index: n for n, index in enumerate(order)}
    for index, parts in inputs.each():
        assert tuple(parts) == inputs.of(index).indexes
        assert all(place[at] < place[index] for at in parts if at in place)


def _parts_of(evaluation: Evaluation, index: int) -> Inputs:
    rules = [book.roll_up for book in evaluation.facts.books]
    size_of = evaluation.facts.size_of
    return next(parts_of_each(evaluation.facts.compiled, rules, [index], Weighed(), size_of))


# --- scores ------------------------------------------------------------------------------------


@few
@given(EVALUATIONS)
def test_scores_in_batches_are_those_of_each(evaluation: Evaluation) -> None:
    check_scores(evaluation)
    check_coverage(evaluation)
    check_ranges(evaluation)


def check_scores(evaluation: Evaluation) -> None:
    scores, objectives = evaluation.scores, evaluation.facts.compiled.of_objectives
    plain = [evaluation.basis.score_of(index, scores.values) for index in objectives]
    assert bits(scores.values[index] for index in objectives) == bits(score for score, _ in plain)
    assert bits(scores.progress[index] for index in objectives) == bits(raw for _, raw in plain)


def check_coverage(evaluation: Evaluation) -> None:
    values = evaluation.coverage.values
    for index in evaluation.facts.compiled.of_objectives:
        if index not in evaluation.closed:
            whole = mean_of(items_of(evaluation.inputs.of(index), values))
            plain = ABSENT if evaluation.excluded[index] else 0.0 if isnan(whole) else whole
            assert bits([values[index]]) == bits([plain])


def check_ranges(evaluation: Evaluation) -> None:
    basis, own = evaluation.basis, evaluation.scores.values
    compiled = evaluation.facts.compiled
    for limit, ends, edge in (
        (0.0, evaluation.ranges.low, min),
        (1.0, evaluation.ranges.high, max),
    ):
        # Ends of parts as they were rolled up, before any gave way to a score.
        values = [*ends]
        for index in compiled.scored:
            if index in evaluation.closed:
                then, at = evaluation.closed[index]
                values[index] = (then.ranges.low, then.ranges.high)[limit == 1][at]
            elif evaluation.excluded[index]:
                values[index] = ABSENT
            elif index in compiled.of_key_results:
                is_open = isnan(own[index]) or index in evaluation.progress.by_default
                clip = evaluation.facts.books[index].attainment.clip
                values[index] = clip.apply(limit) if is_open else own[index]
                assert bits([ends[index]]) == bits([values[index]])
                continue
            else:
                values[index] = basis.limited(index, values, limit, basis.guard_states(index))
            assert bits([ends[index]]) == bits([edge(values[index], own[index])])


# --- progress ----------------------------------------------------------------------------------


@few
@given(EVALUATIONS)
def test_progress_in_one_pass_is_that_of_each(evaluation: Evaluation) -> None:
    check_progress(evaluation)


def check_progress(evaluation: Evaluation) -> None:
    progress, facts = evaluation.progress, evaluation.facts
    plain = [_progress_of(evaluation, index) for index in facts.compiled.of_key_results]
    assert bits(progress.raw) == bits(plain)
    clips = [book.attainment.clip for book in facts.books]
    assert bits(progress.scores) == bits(
        raw if isnan(raw) else clip.apply(raw) for raw, clip in zip(plain, clips, strict=False)
    )


def _progress_of(evaluation: Evaluation, index: int) -> float:
    facts, readings, supposed = evaluation.facts, evaluation.readings, evaluation.readings.supposed
    if index in supposed:
        return supposed[index]
    if index in evaluation.closed:
        then, at = evaluation.closed[index]
        return then.progress.raw[at]
    if evaluation.excluded[index]:
        return ABSENT
    raw = progress_of_one(facts, evaluation.excluded, readings, index)
    if readings.read(index) is None:
        raw = default_progress(facts, index)
    factor = facts.rescaled.get(index)
    return raw if factor is None else bounded(raw * factor)


# --- guardrails --------------------------------------------------------------------------------


@few
@given(EVALUATIONS)
def test_states_of_guardrails_are_those_of_their_watch(evaluation: Evaluation) -> None:
    check_guardrails(evaluation)


def check_guardrails(evaluation: Evaluation) -> None:
    facts = evaluation.facts
    for index, objective in zip(
        facts.compiled.of_objectives, facts.compiled.objectives, strict=True
    ):
        assert [*evaluation.guardrails.of(index)] == [
            watch_guardrail(facts, index, guardrail).state for guardrail in objective.guardrails
        ]


# --- pace --------------------------------------------------------------------------------------


@few
@given(EVALUATIONS)
def test_lines_in_one_pass_are_those_of_each(evaluation: Evaluation) -> None:
    check_lines(evaluation)
    check_elapsed(evaluation)


def check_lines(evaluation: Evaluation) -> None:
    facts, pace = evaluation.facts, evaluation.pace
    for index, kr in enumerate(facts.compiled.key_results):
        if index in evaluation.closed:
            continue
        home, ends = facts.compiled.home_of(index), (facts.baselines[index], facts.targets[index])
        pacing, pauses = facts.books[index].pacing, pauses_in(facts, home.id, kr.id)
        line = expected_progress(kr, home, facts.day, pacing, ends, pauses)
        score, share = evaluation.scores.values[index], pacing.share_for(home.ambition)
        if isnan(score) and evaluation.excluded[index]:
            line = ABSENT
        expected = line if type(kr.measure) in HELD else line * share
        assert bits([pace.expected[index]]) == bits([expected])
        assert bits([pace.scored[index]]) == bits([ABSENT if isnan(line) else score])


def check_elapsed(evaluation: Evaluation) -> None:
    facts, plain = evaluation.facts, list[float]()
    for index in range(len(facts.compiled.scored)):
        home = facts.compiled.home_of(index)
        pacing, pauses, cycle = facts.books[index].pacing, pauses_in(facts, home.id), home.cycle
        plain.append(
            ABSENT
            if cycle is None
            else elapsed_share(cycle.start, cycle.end, facts.day, pacing, pauses)
        )
    assert bits(evaluation.elapsed) == bits(plain)


# --- statuses ----------------------------------------------------------------------------------


@few
@given(EVALUATIONS)
def test_statuses_in_one_pass_are_those_of_each(evaluation: Evaluation) -> None:
    check_statuses(evaluation)


def check_statuses(evaluation: Evaluation) -> None:
    facts = evaluation.facts
    found = {**evaluation.key_result_statuses, **evaluation.objective_statuses}
    for index in facts.compiled.scored:
        if index not in evaluation.closed:
            alone = statuses_by(facts.books[index].status, evaluation, [index])
            assert alone == {index: found[index]}


# --- closings ----------------------------------------------------------------------------------


def columns_of(evaluation: Evaluation, index: int) -> dict[str, Any]:
    """Return every stage of an evaluation at the index of an objective or key result."""
    compiled, id = evaluation.facts.compiled, evaluation.facts.compiled.ids[index]
    verdicts, check_ins, pace = evaluation.verdicts, evaluation.check_ins, evaluation.pace
    close = verdicts.of if index in compiled.of_objectives else verdicts.of_key_result
    found: dict[str, Any] = {
        "book": evaluation.facts.books[index].name,
        "excluded": evaluation.excluded[index],
        "coverage": bits([evaluation.coverage.values[index]]),
        "judged": evaluation.judgements.scores.get(index),
        "last read": evaluation.last_reads[index],
        "score": bits([evaluation.scores.values[index], evaluation.scores.progress[index]]),
        "range": bits([evaluation.ranges.low[index], evaluation.ranges.high[index]]),
        "touched": index in evaluation.touched,
        "pace": bits([pace.expected[index], pace.scored[index]]),
        "elapsed": bits([evaluation.elapsed[index]]),
        "confidence": bits([evaluation.confidence[index]]),
        "declared": evaluation.declarations.statuses.get(id),
        "check-ins": [
            column[index]
            for column in (
                check_ins.last,
                check_ins.awaited,
                check_ins.is_due,
                check_ins.every,
                check_ins.deadlines,
                check_ins.until,
            )
        ],
        "read": evaluation.read_moments[index],
        "moved": evaluation.last_moves[index],
        "done": evaluation.done[index],
        "verdict": close(index) if verdicts.is_over(index) else None,
        "status": evaluation.status(index),
    }
    if index in compiled.of_objectives:
        inputs = evaluation.inputs.of(index)
        parts = [compiled.ids[evaluation.inputs.original(at)] for at in inputs.indexes]
        return found | {
            "size": evaluation.inputs.sizes.get(index),
            "guardrails": [*evaluation.guardrails.of(index)],
            "parts": (parts, inputs.weights, inputs.blocks),
            "work": [bits([evaluation.work[at]]) for at in compiled.work.of(index)[0]],
        }
    return found | {
        "reading": evaluation.readings.read(index),
        "progress": bits([evaluation.progress.raw[index], evaluation.progress.scores[index]]),
        "baseline": bits([evaluation.facts.baselines[index], evaluation.facts.targets[index]]),
    }


@few
@given((closed_quarters() | evaluations_of_organisations()).filter(lambda each: bool(each.closed)))
def test_closings_in_their_part_equal_a_whole_evaluation(evaluation: Evaluation) -> None:
    assume(not is_refused(evaluation))
    check_closings(evaluation)


def check_closings(evaluation: Evaluation) -> None:
    # Results have the scores of versions of the day, so these have closings of their own.
    for version in (evaluation, *(evaluation.versions or ())):
        check_closings_of(version)


def check_closings_of(evaluation: Evaluation) -> None:
    wholes: dict[int, Evaluation] = {}
    for index, (then, at) in evaluation.closed.items():
        of = evaluation.facts.compiled.ids[index]
        assert then.facts.compiled.ids[at] == of
        whole = wholes.setdefault(id(then), whole_of(then))
        if is_refused(whole):  # other objectives may not fit the rulebook
            continue
        assert columns_of(then, at) == columns_of(whole, whole.facts.compiled.index_of[of])


def whole_of(then: Evaluation) -> Evaluation:
    """Return the evaluation of a closing with all objectives, from the start."""
    # A journal of its own, as a journal keeps the evaluations of its closings.
    journal, order = okr.Journal(then.journal.entries), then.order
    if order[1] is False and then.own_closing is not None:
        # The position of its closing in its own journal, without what was written later.
        order = (order[0], False, history_of(journal).moment(then.own_closing)[1])
    assert order < LAST
    return evolve(then, journal=journal, part=None, order=order)


# --- a quarter with everything rare ------------------------------------------------------------


@cache
def dense_evaluations(day: date) -> Sequence[Evaluation]:
    """Return evaluations of the dense quarter on a day under each rulebook that takes its weights."""
    drawn = (
        Evaluation(dense.plan(method), dense.journal(closed=closed), day, book)
        for book in LISTED
        for method in [None, *(method.name for method in book.methods[:1])]
        for closed in (False, True)
    )
    return tuple(evaluation for evaluation in drawn if not is_refused(evaluation))


@pytest.mark.parametrize(
    "check",
    [
        check_parts,
        check_scores,
        check_coverage,
        check_ranges,
        check_progress,
        check_guardrails,
        check_lines,
        check_elapsed,
        check_statuses,
        check_closings,
    ],
)
@pytest.mark.parametrize("day", dense.DAYS, ids=str)
def test_the_laws_hold_for_everything_rare(day: date, check: Callable[[Evaluation], None]) -> None:
    evaluations = dense_evaluations(day)
    assert len(evaluations) > len(LISTED)
    for evaluation in evaluations:
        check(evaluation)


# --- facts -------------------------------------------------------------------------------------

DAY_OF_CHANGE = CYCLE.start + timedelta(days=45)


@st.composite
def two_epochs(draw: st.DrawFn) -> tuple[okr.Plan, okr.Journal, str]:
    """Draw a plan with an adjustment of measure, weight and deadline of one key result in the middle."""
    plan = draw(plans(max_objectives=4, measure=lines(), described=False, alone=True))
    own = [kr for each in plan.objectives for kr in each.own_key_results if each.cycle == CYCLE]
    assume(own)
    kr = draw(st.sampled_from(own))
    change = okr.Adjustment(
        kr.id,
        DAY_OF_CHANGE,
        measure=okr.FromTo(3, 17),
        weight=kr.weight + 1,
        due=CYCLE.end - timedelta(days=3),
        because="a fact",
    )
    return plan, okr.Journal([change]), kr.id


@few
@given(two_epochs(), st.integers(0, 44), st.integers(0, 40))
def test_facts_of_two_epochs_share_the_plan_as_written_alone(
    drawn: tuple[okr.Plan, okr.Journal, str], before: int, after: int
) -> None:
    plan, journal, of = drawn
    old, new = (
        facts_of(plan, history_of(journal), day, okr.RECOMMENDED)
        for day in (CYCLE.start + timedelta(days=before), DAY_OF_CHANGE + timedelta(days=after))
    )
    # Each is what it would be if the plan had been written as it is in force on the day.
    for facts in (old, new):
        assert facts.stored is plan
        in_force = journal.effective(plan, on=facts.day)
        written = facts_of(in_force, history_of(okr.Journal()), facts.day, okr.RECOMMENDED)
        assert terms_of(facts) == terms_of(written)
    stated, index = plan.key_result(of), new.compiled.index_of[of]
    assert old.compiled.key_results[old.compiled.index_of[of]] == stated
    assert (new.baselines[index], new.targets[index], new.spans[index]) == (3, 17, 14)
    assert new.compiled.key_results[index].weight == stated.weight + 1
    assert new.compiled.last[index] == (CYCLE.end - timedelta(days=3)).toordinal()
    # Nothing that may change is in both.
    assert old.compiled is not new.compiled
    assert not {*map(id, changeable(old))} & {*map(id, changeable(new))}


def terms_of(facts: Facts) -> list[Any]:
    """Return everything that facts have of the plan in force."""
    compiled = facts.compiled
    return [
        compiled.key_results,
        compiled.objectives,
        compiled.measures,
        compiled.home,
        compiled.rare,
        compiled.last,
        compiled.nonlinear,
        *map(bits, (facts.baselines, facts.targets, facts.spans)),
        *((compiled.own.of(index), compiled.below.of(index)) for index in compiled.of_objectives),
    ]


def changeable(facts: Facts) -> Iterator[object]:
    """Yield the lists, mappings and records of facts and their compiled plan, the plan as written apart."""
    for record in (facts, facts.compiled):
        for field in attrs.fields(type(record)):
            value = getattr(record, field.name)
            if isinstance(value, list | dict | MappingProxyType | Pools):
                yield value
    yield facts.compiled.kept_inputs
