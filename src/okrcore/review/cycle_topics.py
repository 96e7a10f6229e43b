"""Topics around a cycle: status, dependents, adjustments, the close, the next cycle.

A topic is a row in `CYCLE_TOPICS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from okrcore._arith import written_beside
from okrcore._memo import once
from okrcore.calendar import AdjustmentPolicy, Cadence
from okrcore.journal import AdjustmentKind, AdjustmentTrigger, CheckIn, Closing, PostMortem
from okrcore.journal.decisions import decision_words
from okrcore.journal.journal import history_of
from okrcore.plan import Ambition, Guardrail, KeyResult, Objective, Person, Team
from okrcore.plan.measures import LINEAR
from okrcore.review.agenda_context import AgendaItem, Desk
from okrcore.review.agenda_templates import AgendaTopic
from okrcore.review.closing_advice import drafts_of, has_post_mortem, suggest_closing
from okrcore.review.retrospective import look_back
from okrcore.review.scopes import AgendaScope, list_parked
from okrcore.review.target_words import evidence_words
from okrcore.review.week_topics import Lists
from okrcore.scorecard import KeyResultResult, ObjectiveResult
from okrcore.scorecard.adjustment_words import became_words, member_words, rescale_words
from okrcore.scorecard.day.compiled_plan import LONG_AGO
from okrcore.scorecard.results import word_with_reason

__all__ = ["CYCLE_TOPICS", "exists", "out_of_scope"]


# --- status ------------------------------------------------------------------------------------


def _statuses(desk: Desk) -> Iterator[AgendaItem]:
    for objective in desk.objectives:
        result = desk.card.objective(objective.id)
        notes = [
            _key_result_words(desk.card.key_result(id))
            for id in result.key_results
            if id in desk.ids
        ]
        yield desk.item(objective.id, _objective_words(desk, result), notes=notes)


def _objective_words(desk: Desk, result: ObjectiveResult) -> str:
    score, expected = result.score, result.expected
    is_over = result.elapsed == 1 or result.lifecycle.closing is not None
    if score is None:
        words: list[str] = [result.why]
    elif expected is None or is_over:
        words = [f"score {written_beside(score, *result.edges)}"]
    else:
        words = [
            f"score {written_beside(score, expected, *result.edges)}",
            f"{written_beside(expected, 0.0, 1.0, score)} expected",
        ]
    so_far = " so far" if result.open_until else ""
    words.append(
        f"verdict {result.verdict}{so_far}" if result.verdict else word_with_reason(result)
    )
    if result.breached_guardrails:
        names = [desk.plan.guardrail(id).title for id in result.breached_guardrails]
        words.append(f"outside its limit: {', '.join(names)}")
    return "; ".join(words)


def _key_result_words(result: KeyResultResult) -> str:
    return f"{result.title}: {result.why}; {word_with_reason(result)}{_grades(result)}"


def _grades(result: ObjectiveResult | KeyResultResult) -> str:
    if result.original_score is None or result.adjusted_score is None:
        return ""
    if result.original_score == result.adjusted_score:
        return ""
    grades = (result.original_score, result.adjusted_score)
    original, adjusted_score = (written_beside(g, *result.edges, *grades) for g in grades)
    return f"; {original} by the original plan, {adjusted_score} as adjusted"


def _shared(desk: Desk) -> Iterator[AgendaItem]:
    for id in desk.shared:
        result = desk.card.key_result(id)
        yield desk.item(id, f"{result.why}; {word_with_reason(result)}", notes=desk.notes_on(id))


def _contributions(desk: Desk) -> Iterator[AgendaItem]:
    for id, parts in desk.shared.items():
        for part in parts:
            result = desk.card.key_result(part)
            yield desk.item(part, f"{result.why}; {word_with_reason(result)}", id)
        contribution = desk.plan.key_result(id).contribution
        for one in () if contribution is None else contribution.contributors:
            if not any(_belongs(desk, part, one) for part in parts):
                yield desk.item(id, "has no key result of its own for its part yet", owner=one)


def _belongs(desk: Desk, id: str, one: Person | Team) -> bool:
    place = desk.plan.homes[id].place
    return desk.owner_of(id) == one or (place is not None and place.team == one)


def _reallocation(desk: Desk) -> Iterator[AgendaItem]:
    for objective in desk.objectives:
        result = desk.card.objective(objective.id)
        if result.status in desk.rule.strengths:
            yield desk.item(objective.id, f"{result.status}: would more pay off?")
        elif result.status in desk.rule.alarms:
            yield desk.item(objective.id, f"{result.status}: rethink target, timing or effort?")


# --- adjustments -------------------------------------------------------------------------------


def _effects(desk: Desk) -> Iterator[AgendaItem]:
    here = {objective.id for objective in desk.objectives}
    for objective in desk.objectives:
        for child in desk.plan.children(objective.id):
            if child.id not in here:
                yield desk.item(child.id, f"supports {objective.title}", objective.id)
    own = {kr.id: kr for o in desk.objectives for kr in o.own_key_results}
    read = {kr.metric: kr for kr in own.values() if kr.metric is not None}
    for other in desk.plan.objectives:
        for kr, _ in desk.plan.key_results_of(other):
            if kr.id in own and desk.plan.homes[kr.id] is not other and other.id not in here:
                yield desk.item(other.id, f"counts {kr.title}", kr.id)
        watching: list[KeyResult | Guardrail] = [*other.own_key_results, *other.guardrails]
        for watched in watching:
            if other.id not in here and watched.metric in read:
                reader = read[watched.metric]
                yield desk.item(watched.id, f"reads the same metric as {reader.title}", reader.id)


def _owners(desk: Desk) -> Iterator[AgendaItem]:
    for objective in desk.objectives:
        named = "" if objective.owner is not None else ": nobody is named"
        yield desk.item(objective.id, f"objective{named}")
        for kr in objective.own_key_results:
            if kr.owner not in {None, objective.owner}:
                yield desk.item(kr.id, "key result")


def _adjusted(desk: Desk) -> Iterator[AgendaItem]:
    for entry in desk.adjustments:
        notes = [f"new fact: {entry.new_fact}"] if entry.new_fact else []
        if entry.trigger is AdjustmentTrigger.DIFFICULTY:
            notes.append("too hard: the original target is graded at the close")
        words = [f"{entry.kind} on {entry.on}", *map(became_words, desk.changes_of(entry))]
        words += filter(None, [rescale_words(entry)])
        words += member_words(entry, desk.title_of)
        yield desk.item(entry.of, f"{', '.join(words)}: {entry.because}", notes=notes)


def _records(desk: Desk) -> Iterator[AgendaItem]:
    """Yield adjustments without some fields, in cycles whose adjustments need a review."""
    for entry in desk.adjustments:
        cadence = _cadence_of(desk, entry.of)
        is_note = cadence is not None and cadence.character.adjustment is AdjustmentPolicy.NOTE
        wanted = _FIELDS_OF_PAUSES if entry.kind is AdjustmentKind.PAUSE else _FIELDS
        missing = [words for words, name in wanted.items() if not getattr(entry, name)]
        if missing and not is_note:
            yield desk.item(entry.of, f"adjusted on {entry.on}; to be said: {', '.join(missing)}")


def _cadence_of(desk: Desk, id: str) -> Cadence | None:
    """Return the cadence of the cycle of an item; None without a cycle."""
    item, home = desk.item_of_any_day(id)
    head = item if home is None else desk.item_of_any_day(home)[0]
    cycle = head.cycle if isinstance(head, Objective) else None
    return None if cycle is None else cycle.cadence


#: Fields that an adjustment review fills, beside the reason, by their words.
_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "what brought it about": "trigger",
        "the new fact": "new_fact",
        "the broken assumption": "broken_assumption",
        "the effects": "effects",
        "who decided": "decided_by",
        "when it was decided": "decided",
        "who confirmed to own it": "confirmed",
        "when it was published": "published",
    }
)
_FIELDS_OF_PAUSES: Final[Mapping[str, str]] = MappingProxyType(
    {**_FIELDS, "what stands in meanwhile": "temporary", "when to look at it again": "resume"}
)


# --- the close ---------------------------------------------------------------------------------


def _results(desk: Desk) -> Iterator[AgendaItem]:
    for objective in desk.objectives:
        result = desk.card.objective(objective.id)
        notes = [_key_result_words(desk.card.key_result(id)) for id in result.key_results]
        if result.judged is not None:
            judged = written_beside(result.judged.score, *result.edges)
            notes.insert(0, f"judged {judged}: {result.judged.because}")
        text = f"{_objective_words(desk, result)}{_grades(result)}"
        yield desk.item(objective.id, text, notes=notes)


def _decisions(desk: Desk) -> Iterator[AgendaItem]:
    for objective in desk.objectives:
        if desk.card.objective(objective.id).lifecycle.closing is None:
            yield desk.item(objective.id, _suggestion_words(desk, objective))


def _suggestion_words(desk: Desk, objective: Objective) -> str:
    found = suggest_closing(desk.card, objective.id)
    if found.decision is None:
        return f"decision open: {found.because}"
    return f"decision suggested: {found.decision}, because of {found.because}"


def _post_mortems(desk: Desk) -> Iterator[AgendaItem]:
    results = [desk.card.objective(objective.id) for objective in desk.objectives]
    due = [one for one in results if one.asks_for and not has_post_mortem(desk.card, one.id)]
    drafts = drafts_of(desk.card, [result.id for result in due])
    for result, draft in zip(due, drafts, strict=True):
        first = f"first signal on {draft.first_signal}" if draft.first_signal else "no signal"
        escalated = f"escalated on {draft.escalated}" if draft.escalated else "not escalated"
        notes = [
            f"{desk.plan.key_result(one.of).title}: {one.planned} was planned; {one.actual}"
            for one in draft.outcomes
        ]
        text = f"{result.verdict}; asks for {result.asks_for}; {first}, {escalated}"
        yield desk.item(result.id, text, notes=notes)
    for result in results:
        if _may_become_due(desk, result):
            text = f"{result.verdict} so far; final numbers may come until {result.open_until}"
            yield desk.item(result.id, text)


def _may_become_due(desk: Desk, result: ObjectiveResult) -> bool:
    """Return whether a preliminary verdict requires a post-mortem once it is final."""
    if result.open_until is None or has_post_mortem(desk.card, result.id):
        return False
    objective = desk.plan.objective(result.id)
    book = desk.card.rulebook.method(objective.method, f"Objective({result.id!r}).method")
    rule = book.verdict_for(objective.ambition)
    return rule is not None and bool(rule.asks_for) and result.verdict is not None


# --- looking back, and ahead -------------------------------------------------------------------


def _findings(desk: Desk) -> Iterator[AgendaItem]:
    ids = [objective.id for objective in desk.objectives]
    for found in look_back(desk.card, of=ids):
        text = f"{found.code}: {found.words}"
        yield desk.item(found.of, text, *found.ids, notes=[f"next time: {found.advice}"])


def _learned(desk: Desk) -> Iterator[AgendaItem]:
    named = {objective.id for objective in desk.objectives}
    for entry in desk.card.journal.in_force:
        learned = ""
        if entry.on <= desk.card.as_of:
            if isinstance(entry, CheckIn) and entry.of in desk.ids and entry.on > desk.since:
                learned = entry.learning
            elif isinstance(entry, Closing) and entry.of in named:
                learned = entry.learned
            elif isinstance(entry, PostMortem) and entry.of in named:
                learned = entry.changes
        if learned.strip():
            yield desk.item(entry.of, " ".join(learned.split()))


def _links(desk: Desk) -> Iterator[AgendaItem]:
    for objective in desk.objectives:
        for alignment in objective.supports:
            if not alignment.contribution.strip():
                above = desk.plan.items[alignment.to].title or alignment.to
                yield desk.item(objective.id, f"supports {above}", alignment.to)


def _next(desk: Desk) -> Iterator[AgendaItem]:
    continued = {each.continues: each for each in desk.plan.objectives}
    for objective in desk.objectives:
        closing = desk.card.objective(objective.id).lifecycle.closing
        if objective.id in continued:
            onward = continued[objective.id]
            yield desk.item(objective.id, f"goes on as {onward.title}", onward.id)
        elif closing is not None:
            yield desk.item(objective.id, decision_words(closing.decision))
        else:
            text = _suggestion_words(desk, objective)
            carries = suggest_closing(desk.card, objective.id).carries
            by_default = "; carried if nobody decides" if carries else ""
            yield desk.item(objective.id, f"{text}{by_default}")


def _to_come(desk: Desk) -> list[Objective]:
    # A ritual about an ended cycle looks ahead, too.
    is_past = desk.rite.scope in (AgendaScope.ENDED, AgendaScope.ENDING)
    return list(desk.coming if is_past else desk.objectives)


def _statements(desk: Desk) -> Iterator[AgendaItem]:
    for objective in _to_come(desk):
        words = evidence_words(desk.plan, objective)
        yield desk.item(objective.id, ", ".join(words) or "no key results yet")


def _instruments(desk: Desk) -> Iterator[AgendaItem]:
    readings, today = once(desk.card.journal, history_of).readings, desk.card.as_of.toordinal()
    for objective in _to_come(desk):
        for kr in objective.own_key_results:
            missing: list[str] = []
            if type(kr.measure) in LINEAR and kr.measure.ends() is None:  # type: ignore[union-attr]
                missing.append("no baseline yet")
            rows = readings.rows(kr.metric or kr.id, LONG_AGO, today)
            if not rows and kr.derived is None:
                missing.append("never read")
            if missing:
                yield desk.item(kr.id, ", ".join(missing))


def _not_now(desk: Desk) -> Iterator[AgendaItem]:
    for one in list_parked(desk.card):
        if desk.named and one.of not in desk.named:
            continue
        text = one.because
        if one.revisit is not None:
            text += "; look again now" if one.is_due else f"; look again on {one.revisit}"
        yield desk.item(one.of, text)


# --- topics without any items to list ----------------------------------------------------------


def exists(topic: AgendaTopic, desk: Desk) -> bool:
    """Return whether the plan has anything that a topic could list."""
    test = _EXISTING.get(topic)
    return test is None or test(desk)


def _moves(desk: Desk) -> bool:
    return any(
        result.reading is not None and result.expected is not None
        for result in (desk.card.key_result(kr.id) for kr in desk.key_results)
    )


def _has_confidence(desk: Desk) -> bool:
    ids = (*(o.id for o in desk.objectives), *(kr.id for kr in desk.key_results))
    return any(desk.card[id].confidence is not None for id in ids)


def _is_promise(desk: Desk, objective: Objective) -> bool:
    is_committed = objective.ambition is Ambition.COMMITTED
    return is_committed or bool(desk.card.objective(objective.id).asks_for)


def out_of_scope(topic: AgendaTopic, desk: Desk) -> str:
    """Return words for a topic of objectives, if the plan has some and none is in scope; or else ""."""
    if desk.objectives or not desk.plan.objectives or topic not in _OF_OBJECTIVES:
        return ""
    words = _OUT_OF_SCOPE[desk.rite.scope]
    return f"{words} in the scope" if desk.card.scopes else words


#: Topics that need an objective in scope.
_OF_OBJECTIVES: Final = frozenset(
    {
        AgendaTopic.MOVEMENTS,
        AgendaTopic.CONFIDENCE,
        AgendaTopic.CONTRIBUTIONS,
        AgendaTopic.GUARDRAILS,
        AgendaTopic.STALE,
        AgendaTopic.STALLED,
        AgendaTopic.DECISIONS,
        AgendaTopic.LINKS,
        AgendaTopic.POST_MORTEMS,
    }
)
_OUT_OF_SCOPE: Final[Mapping[AgendaScope, str]] = MappingProxyType(
    {
        AgendaScope.RUNNING: "no objective is running",
        AgendaScope.ENDING: "no objective is to be closed",
        AgendaScope.ENDED: "no objective has ended",
        AgendaScope.COMING: "no objective is to come",
        AgendaScope.SHARED: "no key result is shared",
    }
)
_EXISTING: Final[Mapping[AgendaTopic, Callable[[Desk], bool]]] = MappingProxyType(
    {
        AgendaTopic.MOVEMENTS: lambda desk: bool(desk.key_results),
        AgendaTopic.CONFIDENCE: _has_confidence,
        AgendaTopic.CONTRIBUTIONS: lambda desk: bool(desk.shared),
        AgendaTopic.GUARDRAILS: lambda desk: any(each.guardrails for each in desk.objectives),
        AgendaTopic.STALE: lambda desk: bool(desk.key_results),
        AgendaTopic.STALLED: _moves,
        AgendaTopic.INSTRUMENTS: lambda desk: any(each.own_key_results for each in _to_come(desk)),
        AgendaTopic.RECORDS: lambda desk: bool(desk.adjustments),
        AgendaTopic.DECISIONS: lambda desk: bool(desk.objectives),
        AgendaTopic.POST_MORTEMS: lambda desk: any(
            _is_promise(desk, each) for each in desk.objectives
        ),
        AgendaTopic.LINKS: lambda desk: any(each.supports for each in desk.objectives),
    }
)
CYCLE_TOPICS: Final[Mapping[AgendaTopic, Lists]] = MappingProxyType(
    {
        AgendaTopic.QUESTIONS: lambda _: iter(()),
        AgendaTopic.STANDING: _statuses,
        AgendaTopic.SHARED: _shared,
        AgendaTopic.CONTRIBUTIONS: _contributions,
        AgendaTopic.REALLOCATION: _reallocation,
        AgendaTopic.EFFECTS: _effects,
        AgendaTopic.OWNERS: _owners,
        AgendaTopic.ADJUSTED: _adjusted,
        AgendaTopic.RECORDS: _records,
        AgendaTopic.RESULTS: _results,
        AgendaTopic.DECISIONS: _decisions,
        AgendaTopic.POST_MORTEMS: _post_mortems,
        AgendaTopic.FINDINGS: _findings,
        AgendaTopic.LEARNED: _learned,
        AgendaTopic.LINKS: _links,
        AgendaTopic.NEXT: _next,
        AgendaTopic.STATEMENTS: _statements,
        AgendaTopic.INSTRUMENTS: _instruments,
        AgendaTopic.NOT_NOW: _not_now,
    }
)
