"""Words for the periods of a measure of each period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from okrcore.plan import EachPeriod, Unit
from okrcore.scorecard.day.each_period import PeriodResult, PeriodState
from okrcore.scorecard.day.wording import show_reading, target_words
from okrcore.words.reason import Reason, clauses

__all__ = ["each_period_words", "periods_held_words"]

#: Most values of periods in a sentence (library default).
_MOST_SHOWN: Final = 12

_WITH_READING: Final = {
    PeriodState.HELD: "period/held",
    PeriodState.NOT_HELD: "period/not-held",
    PeriodState.OPEN: "period/so-far",
}


def periods_held_words(
    measure: EachPeriod, periods: Sequence[PeriodResult], unit: Unit | None
) -> str:
    """Return the number of periods held, with the value of each that is over, in words."""
    over = [each for each in periods if each.state is not PeriodState.OPEN]
    shown, to_come = over[-_MOST_SHOWN:], len(periods) - len(over)
    values = [_value_words(measure, each, unit) for each in shown]
    held = [each.state for each in over].count(PeriodState.HELD)
    code = "score/periods" if len(shown) == len(over) else "score/periods-last"
    last = {} if len(shown) == len(over) else {"shown": len(shown)}
    words = Reason(
        code, count=len(over), held=held, target=target_words(measure, unit), values=values, **last
    )
    return clauses((words, Reason("score/periods-to-come", count=to_come) if to_come else ""))


def _value_words(measure: EachPeriod, period: PeriodResult, unit: Unit | None) -> str:
    if period.reading is None:
        return Reason("reading/none")
    return show_reading(period.reading, unit, measure)


def each_period_words(
    measure: EachPeriod, periods: Sequence[PeriodResult], unit: Unit | None
) -> Iterator[str]:
    """Yield each period with its days, its value and its state, in words."""
    for each in periods:
        first, last = each.days.start, each.days.end
        if each.reading is None:
            code = "period/to-come" if each.state is PeriodState.OPEN else "period/not-read"
            yield Reason(code, first=first, last=last)
        else:
            reading = show_reading(each.reading, unit, measure)
            yield Reason(_WITH_READING[each.state], first=first, last=last, reading=reading)
