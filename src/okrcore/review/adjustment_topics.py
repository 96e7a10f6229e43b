"""Topics of adjustments: dependents, owners, adjustments and their records.

A topic is a row in `ADJUSTMENT_TOPICS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from okrcore.calendar import AdjustmentPolicy, Cadence
from okrcore.journal import Adjustment, AdjustmentKind, AdjustmentTrigger
from okrcore.plan import Guardrail, KeyResult, Objective
from okrcore.review.agenda_context import AgendaItem, Desk
from okrcore.review.agenda_templates import AgendaTopic
from okrcore.review.week_topics import Lists
from okrcore.scorecard.adjustment_words import became_words, member_words, rescale_words
from okrcore.scorecard.day.derived_metrics import read_ids
from okrcore.words.reason import Reason, noted

__all__ = ["ADJUSTMENT_TOPICS"]


def _effects(desk: Desk) -> Iterator[AgendaItem]:
    here = {objective.id for objective in desk.objectives}
    for objective in desk.objectives:
        for child in desk.plan.children(objective.id):
            if child.id not in here:
                text = Reason("effect/supports", title=objective.title)
                yield desk.item(child.id, text, objective.id)
    own = {kr.id: kr for o in desk.objectives for kr in o.own_key_results}
    read = {id: kr for kr in own.values() for id in _metrics_of(desk, kr)}
    for other in desk.plan.objectives:
        for kr, _ in desk.plan.key_results_of(other):
            if kr.id in own and desk.plan.homes[kr.id] is not other and other.id not in here:
                yield desk.item(other.id, Reason("effect/counts", title=kr.title), kr.id)
        watching: list[KeyResult | Guardrail] = [*other.own_key_results, *other.guardrails]
        for watched in watching:
            same = [id for id in _metrics_of(desk, watched) if id in read]
            if other.id not in here and same:
                reader = read[same[0]]
                text = Reason("effect/same-metric", title=reader.title)
                yield desk.item(watched.id, text, reader.id)


def _metrics_of(desk: Desk, item: KeyResult | Guardrail) -> Iterable[str]:
    """Return the metrics with readings of their own that an item reads."""
    return () if item.metric is None else read_ids(desk.plan, item.metric)


def _owners(desk: Desk) -> Iterator[AgendaItem]:
    for objective in desk.objectives:
        code = "owner/of-nobody" if objective.owner is None else "owner/objective"
        place = objective.place
        people = () if place is None else tuple(str(one) for one in place.contributors)
        notes = [Reason("owner/contributors", names=people)] if people else []
        yield desk.item(objective.id, Reason(code), notes=notes)
        for kr in objective.own_key_results:
            if kr.owner and not desk.identities.are_same(kr.owner, objective.owner):
                yield desk.item(kr.id, Reason("owner/key-result"))


def _adjusted(desk: Desk) -> Iterator[AgendaItem]:
    for entry in desk.adjustments:
        notes: list[str] = (
            [Reason("adjustment/new-fact", fact=entry.new_fact)] if entry.new_fact else []
        )
        if entry.trigger is AdjustmentTrigger.DIFFICULTY:
            notes.append(Reason("adjustment/too-hard"))
        if entry.moved.strip():
            notes.append(Reason("adjustment/moved", people=" ".join(entry.moved.split())))
        notes += _speed(entry)
        kind: str = Reason("adjustment/kind-on", kind=entry.kind, day=entry.on)
        words = [kind, *map(became_words, desk.changes_of(entry)), rescale_words(entry)]
        words += member_words(entry, desk.title_of)
        text = Reason("adjustment/because", changes=noted(words), because=entry.because)
        yield desk.item(entry.of, text, notes=notes)


def _speed(entry: Adjustment) -> Iterator[str]:
    """Yield the days from the decision of an adjustment to its publication, and to its effect."""
    if entry.decided is None:
        return
    words = [Reason("adjustment/decided", day=entry.decided)]
    for act, day in (("published", entry.published), ("in-force", entry.on)):
        days = 0 if day is None else (day - entry.decided).days
        if days:
            code = f"adjustment/{act}-{'after' if days > 0 else 'before'}"
            words.append(Reason(code, count=abs(days)))
        elif day is not None:
            words.append(Reason(f"adjustment/{act}-same"))
    yield noted(words)


def _records(desk: Desk) -> Iterator[AgendaItem]:
    """Yield adjustments without some fields, in cycles whose adjustments need a review."""
    for entry in desk.adjustments:
        cadence = _cadence_of(desk, entry.of)
        is_note = cadence is not None and cadence.character.adjustment is AdjustmentPolicy.NOTE
        wanted = _FIELDS_OF_PAUSES if entry.kind is AdjustmentKind.PAUSE else _FIELDS
        missing = [name for name in wanted if not getattr(entry, name)]
        if missing and not is_note:
            fields = [Reason(f"missing-field/{name.replace('_', '-')}") for name in missing]
            text = Reason("adjustment/incomplete", day=entry.on, fields=fields)
            yield desk.item(entry.of, text)


def _cadence_of(desk: Desk, id: str) -> Cadence | None:
    """Return the cadence of the cycle of an item; None without a cycle."""
    item, home = desk.item_of_any_day(id)
    head = item if home is None else desk.item_of_any_day(home)[0]
    cycle = head.cycle if isinstance(head, Objective) else None
    return None if cycle is None else cycle.cadence


#: Fields that an adjustment review fills, beside the reason.
_FIELDS: Final = (
    "trigger",
    "new_fact",
    "broken_assumption",
    "effects",
    "decided_by",
    "decided",
    "confirmed",
    "published",
)
_FIELDS_OF_PAUSES: Final = (*_FIELDS, "temporary", "resume")


ADJUSTMENT_TOPICS: Final[Mapping[AgendaTopic, Lists]] = MappingProxyType(
    {
        AgendaTopic.EFFECTS: _effects,
        AgendaTopic.OWNERS: _owners,
        AgendaTopic.ADJUSTED: _adjusted,
        AgendaTopic.RECORDS: _records,
    }
)
