"""The rulebook: how OKRs are judged, as frozen data; and `RECOMMENDED`, our advice.

Rules of this file:

1. A rulebook holds no OKRs, and no code of its own: another system is other data.
2. Every number in it has a source, or is labelled a default of this library.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, final

from attrs import field, frozen

from okrcore._checks import as_tuple, must_be_a, must_be_all, must_be_text
from okrcore.plan import Ambition, AtLeast
from okrcore.rulebook.bands import OTHERWISE, Axis, Bands, Scale
from okrcore.rulebook.rules import AttainmentRule, RollUpRule
from okrcore.rulebook.standing import (
    STATUS_RULES,
    ByBands,
    Closed,
    ClosingRule,
    Done,
    GuardrailRule,
    NotStarted,
    PacingRule,
    Stale,
    Status,
    StatusRule,
)

__all__ = ["RECOMMENDED", "Rulebook", "Verdict"]


@final
@frozen
class Verdict:
    """What the close says of an objective, by its ambition.

    Args:
        ambition: The ambition it is for.
        bands: Names over the score; the first is the success, which guardrails may withhold.
        asks_for: What anything but a success asks for, in words: a post-mortem.
    """

    ambition: Ambition
    bands: Bands
    asks_for: str = field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_a(self, "ambition", self.ambition, Ambition)
        must_be_a(self, "bands", self.bands, Bands)
        must_be_a(self, "asks_for", self.asks_for, str)

    @property
    def success(self) -> str:
        """The name of the success."""
        return self.bands.bands[0][1]


#: METHOD.md 2.6: half-open bands at 0.4 and 0.7; Google's 0.0-0.3, 0.4-0.6, 0.7-1.0 leave holes.
_GRADES: Final = Bands([(AtLeast(0.7), "green"), (AtLeast(0.4), "yellow"), (OTHERWISE, "red")])
#: ServiceNow's 90 and 75 percent of plan (METHOD.md 2.7); "ahead" mirrors the 0.90: library default.
_PACE: Final = Bands(
    [
        (AtLeast(1.1), Status.AHEAD),
        (AtLeast(0.9), Status.ON_TRACK),
        (AtLeast(0.75), Status.AT_RISK),
        (OTHERWISE, Status.OFF_TRACK),
    ]
)
#: Confidence bands 0.7 and 0.4 (open-okr's METHOD.md 3.2, in SYSTEMS.md part 2).
_BELIEF: Final = Bands(
    [(AtLeast(0.7), Status.ON_TRACK), (AtLeast(0.4), Status.AT_RISK), (OTHERWISE, Status.OFF_TRACK)]
)


def _as_scales(values: Iterable[Scale]) -> tuple[Scale, ...]:
    return as_tuple(values)


def _as_verdicts(values: Iterable[Verdict]) -> tuple[Verdict, ...]:
    return as_tuple(values)


def _as_rules(values: Iterable[StatusRule]) -> tuple[StatusRule, ...]:
    return as_tuple(values)


@final
@frozen(kw_only=True)
class Rulebook:
    """How OKRs are judged.

    Args:
        name: What it is called; results carry it.
        attainment: How a reading becomes a key result's score.
        roll_up: How scores become a score.
        scales: Names for ranges of a number, such as grades.
        verdicts: What the close says, by ambition.
        status: Rules that are tried in order; the first that answers wins.
        pacing: What progress is expected by a day.
        guardrails: What a breach does.
        closing: What counts around the end of a cycle.

    Laws: test_a_score_lies_in_the_range_of_its_parts, test_order_of_siblings_never_matters.

    >>> from attrs import evolve
    >>> strict = evolve(RECOMMENDED, name="unread is 0", roll_up=RollUpRule(missing=0))
    >>> strict.roll_up.missing
    0.0
    """

    name: str
    attainment: AttainmentRule = AttainmentRule()
    roll_up: RollUpRule = RollUpRule()
    scales: tuple[Scale, ...] = field(default=(), converter=_as_scales)
    verdicts: tuple[Verdict, ...] = field(default=(), converter=_as_verdicts)
    status: tuple[StatusRule, ...] = field(default=(), converter=_as_rules)
    pacing: PacingRule = PacingRule()
    guardrails: GuardrailRule = GuardrailRule()
    closing: ClosingRule = ClosingRule()

    def __attrs_post_init__(self) -> None:
        must_be_text(self, "name", self.name)
        must_be_a(self, "attainment", self.attainment, AttainmentRule)
        must_be_a(self, "roll_up", self.roll_up, RollUpRule)
        must_be_all(self, "scales", self.scales, Scale)
        must_be_all(self, "verdicts", self.verdicts, Verdict)
        must_be_all(self, "status", self.status, *STATUS_RULES)
        must_be_a(self, "pacing", self.pacing, PacingRule)
        must_be_a(self, "guardrails", self.guardrails, GuardrailRule)
        must_be_a(self, "closing", self.closing, ClosingRule)

    def verdict_for(self, ambition: Ambition | None) -> Verdict | None:
        """Return what the close says for an ambition; None where nothing is said."""
        return next((v for v in self.verdicts if v.ambition is ambition), None)

    def grade(self, scale: str, score: float, ambition: Ambition | None = None) -> str | None:
        """Return the name that a scale gives a number; None where no scale or band answers."""
        for found in self.scales:
            if found.name == scale and found.ambition in (None, ambition):
                return found.bands.name(score)
        return None


#: Our advice; each choice is argued in `docs/explanation/`.
RECOMMENDED: Final = Rulebook(
    name="RECOMMENDED",
    scales=(Scale("grade", Axis.SCORE, _GRADES),),
    verdicts=(
        # Google playbook: a committed objective below 1.0 needs a post-mortem (METHOD.md 2.3).
        Verdict(
            Ambition.COMMITTED,
            Bands([(AtLeast(1.0), "delivered"), (OTHERWISE, "missed")]),
            asks_for="a post-mortem",
        ),
        Verdict(
            Ambition.ASPIRATIONAL,
            Bands(
                [
                    (AtLeast(0.7), "succeeded"),
                    (AtLeast(0.4), "progressed"),
                    (OTHERWISE, "fell short"),
                ]
            ),
        ),
    ),
    status=(
        Closed(),
        NotStarted(),
        Done(),
        Stale(),
        # Silent for the first 15% of the cycle: library default.
        ByBands(Axis.RATIO, _PACE, silent_until=0.15),
        ByBands(Axis.CONFIDENCE, _BELIEF),
    ),
)
