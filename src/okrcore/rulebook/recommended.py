"""`RECOMMENDED`: our advice. The documentation has the reason of each choice; each number has its source."""

from __future__ import annotations

from typing import Final

from okrcore.journal import ClosingDecision
from okrcore.plan import Ambition, AtLeast
from okrcore.rulebook.bands import OTHERWISE, Axis, Bands, Scale
from okrcore.rulebook.closing_rule import CarriedUntil, ClosingRule, SuggestionRule
from okrcore.rulebook.pacing_rule import Expectation, PacingRule
from okrcore.rulebook.rulebook import LearningVerdict, Rulebook, Verdict
from okrcore.rulebook.status_rules import ByBands, Closed, Done, NotStarted, Stale, Status

__all__ = ["RECOMMENDED"]

#: METHOD.md 2.2: half-open bands at 0.4 and 0.7. Published as 0.0-0.3, 0.4-0.6 and 0.7-1.0 they leave
#: holes, which rounding to one decimal first closes in another way.
_EDGES: Final = [(AtLeast(0.7), "green"), (AtLeast(0.4), "yellow"), (OTHERWISE, "red")]
#: METHOD.md 2.7: ServiceNow's 90 and 75 percent of plan.
_PACE: Final = Bands(
    [
        (AtLeast(1.1), Status.AHEAD),  # mirrors the 0.9: library default
        (AtLeast(0.9), Status.ON_TRACK),
        (AtLeast(0.75), Status.AT_RISK),
        (OTHERWISE, Status.OFF_TRACK),
    ]
)
#: SYSTEMS.md part 2: open-okr's bands of confidence.
_CONFIDENCE: Final = Bands(
    [(AtLeast(0.7), Status.ON_TRACK), (AtLeast(0.4), Status.AT_RISK), (OTHERWISE, Status.OFF_TRACK)]
)
#: Suggestions at the close. From 1.0 on nothing is left to do; below it, work is carried on as it is.
#: Below 0.4, the lowest of the published bands, something about it should change first. Undecided work
#: is carried if it is aspirational: it stays until it is done or handed over (METHOD.md 2.3). Missing a
#: promise is a decision, and never happens by default.
_SUGGESTED: Final = Bands(
    [
        (AtLeast(1.0), ClosingDecision.ACHIEVED),  # METHOD.md 2.3
        (AtLeast(0.4), ClosingDecision.CARRY),  # METHOD.md 2.2
        (OTHERWISE, ClosingDecision.MODIFY),
    ]
)

#: Our advice.
RECOMMENDED: Final = Rulebook(
    name="RECOMMENDED",
    scales=(
        Scale("grade", Axis.SCORE, Bands(_EDGES)),
        # METHOD.md 2.2: the other lawful reading, rounded half-up to one decimal first.
        Scale("grade, one decimal", Axis.SCORE, Bands(_EDGES, digits=1)),
    ),
    verdicts=(
        # METHOD.md 2.3: a committed objective below 1.0 is a miss, and needs a post-mortem.
        Verdict(
            Ambition.COMMITTED,
            Bands([(AtLeast(1.0), "delivered"), (OTHERWISE, "missed")]),
            asks_for="a post-mortem",
        ),
        # METHOD.md 2.3: about 0.7 is a success, and 1.0 is no alarm.
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
    # METHOD.md 1: a learning objective closes as validated or invalidated, without a number.
    learning=LearningVerdict(
        decisions=(
            (ClosingDecision.SCALE, "validated"),
            (ClosingDecision.ACHIEVED, "validated"),
            (ClosingDecision.STOP, "invalidated"),
            (ClosingDecision.ABANDON, "invalidated"),
        ),
        otherwise="inconclusive",
    ),
    status=(
        Closed(),
        NotStarted(),
        Done(),
        Stale(intervals=2),  # METHOD.md 2.7: no check-in for 14 days, two weekly intervals
        # 15% of the cycle: library default.
        ByBands(Axis.RATIO, _PACE, silent_until=0.15),
        ByBands(Axis.CONFIDENCE, _CONFIDENCE),
    ),
    # METHOD.md 2.3: 1.0 is expected of committed objectives, about 0.7 of aspirational ones.
    pacing=PacingRule(
        expectations=(
            Expectation(Ambition.COMMITTED, 1.0),
            Expectation(Ambition.ASPIRATIONAL, 0.7),
        )
    ),
    closing=ClosingRule(
        # METHOD.md 2.3: a stretch stays until it is done or handed over. 0.7 is a fair result of one cycle; as
        # the end of the work it would turn the target into 0.7 of itself.
        carried_until=CarriedUntil.FULL,
        suggestions=(
            SuggestionRule(Ambition.COMMITTED, _SUGGESTED),
            SuggestionRule(Ambition.ASPIRATIONAL, _SUGGESTED, carries=True),
            SuggestionRule(None, _SUGGESTED),
        ),
    ),
)
