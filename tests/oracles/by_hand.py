"""An evaluator of organisations by hand: plain dictionaries, exact fractions, plain recursion.

It is written from the documentation, shares no code with the package and imports nothing of it. Each rule
stands under the sentence that it comes from. An organisation is a dictionary of `objectives`, `metrics` and
`journal`; `rules` are those of `RECOMMENDED` where they do not differ. See `organisations.py` for the shapes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

__all__ = ["RULES", "Answer", "ByHand", "Point"]

Facts: TypeAlias = Mapping[str, Any]
ZERO, ONE = Fraction(0), Fraction(1)

RULES: Facts = {
    "clip": {"floor": 0, "ceiling": 1},  # "scores 0 to 1"
    "unread": None,  # "missing left out and shown"
    "flat": "absent",
    "parts": (("key results", False), ("objectives below", True)),  # "own, otherwise children"
    "combine": "mean",
    "weigh": "stated",
    "zero weights": "absent",
    "missing": None,
    "empty": None,
    "least coverage": 0,
    "archived": True,
    "micro": False,
    "entry": {},
    "result": {},
    "grace": 14,  # "a grace of 14 days for a key result's own readings"
    "budget": 2,
    "partial": True,
    "memory": "now",
    "vouches": 2,  # "too old is more than two check-in intervals"
    "status": True,
}
BANDS = {
    "committed": ((ONE, "delivered"), (None, "missed")),
    "aspirational": ((Fraction(7, 10), "succeeded"), (Fraction(4, 10), "progressed"), (None, "fell short")),
}
LEARNING = {"scale": "validated", "achieved": "validated", "stop": "invalidated", "abandon": "invalidated"}
SHARES = {"committed": ONE, "aspirational": Fraction(7, 10), None: ONE}
RATIOS = ((Fraction(11, 10), "ahead"), (Fraction(9, 10), "on track"), (Fraction(3, 4), "at risk"))
SURE = ((Fraction(7, 10), "on track"), (Fraction(4, 10), "at risk"))
LINES = ("increase", "decrease", "from-to", "reach", "relative", "points", "multiple")
MOVING = (*LINES, "exactly", "anchors")
BOUNDS = ("at-least", "above", "at-most", "below", "between")


class Point(NamedTuple):
    """A day, and how many of the entries in order have been written by then."""

    day: date
    upto: int


class Answer(NamedTuple):
    """An item on a day; `low` and `high` are its score with what is open scored as 0, and as 1."""

    score: Fraction | None = None
    progress: Fraction | None = None
    coverage: Fraction | None = None
    low: Fraction = ZERO
    high: Fraction = ONE
    excluded: bool = False
    expected: Fraction | None = None
    line: Fraction | None = None  # what is expected of it once it is read
    asked: Fraction | None = None  # of that, what the ambition asks for
    paced: Fraction | None = None  # progress of the parts of which something is expected


class Item(NamedTuple):
    """What enters a mean, with its weight there."""

    weight: Fraction
    answer: Answer


class Life(NamedTuple):
    """The state of an objective, and the place of its closing among the entries."""

    state: str
    closing: int | None


class Terms(NamedTuple):
    """What a key result is measured by on a day."""

    measure: Facts
    baseline: Fraction | None
    weight: Fraction
    due: date | None
    rescale: Fraction


class Reading(NamedTuple):
    """What was read, and the day it is true of."""

    value: Any
    on: date


def exact(number: float) -> Fraction:
    return Fraction(number)


def snapped(number: Fraction) -> Fraction:
    """ "Before an edge comparison or a rounding, and only there, a number is snapped to 12 decimals." """
    return Fraction(round(number * 10**12), 10**12)


def value_of(reading: Any) -> Fraction:
    """A number as it is; of a share, its quotient."""
    if isinstance(reading, tuple):
        return exact(reading[1]) / exact(reading[2])
    return exact(reading)


def band(bands: Sequence[tuple[Fraction | None, str]], number: Fraction) -> str:
    return next(name for edge, name in bands if edge is None or snapped(number) >= edge)


def clipped(clip: Facts, number: Fraction) -> Fraction:
    """ "Limits and rounding of a number, in this order: full credit, floor, ceiling, rounding." """
    if "full from" in clip and snapped(number) >= exact(clip["full from"]):
        number = ONE
    if "floor" in clip:
        number = max(number, exact(clip["floor"]))
    if "ceiling" in clip:
        number = min(number, exact(clip["ceiling"]))
    if "digits" in clip:
        scale = 10 ** clip["digits"]
        scaled = snapped(number) * scale
        number = Fraction((2 * scaled + 1) // 2, scale)  # half up
    return number


# --- measures ------------------------------------------------------------------------------------


def ends(measure: Facts, baseline: Fraction) -> tuple[Fraction, Fraction]:
    """ "+5% of 21% is 22.05%, +5 points is 26%." Of a negative baseline a percentage is one of its size."""
    match measure["kind"]:
        case "relative":
            return baseline, baseline + abs(baseline) * exact(measure["percent"]) / 100
        case "points":
            return baseline, baseline + exact(measure["change"])
        case "multiple":
            return baseline, baseline * exact(measure["factor"])
        case _:
            return baseline, exact(measure["target"])


def holds(bound: Facts, value: Fraction) -> bool:
    """ "The limit itself: AtMost(85) holds at 85, and Below(85) does not." """
    value = snapped(value)
    match bound["kind"]:
        case "at-least":
            return value >= bound["limit"]
        case "above":
            return value > bound["limit"]
        case "at-most":
            return value <= bound["limit"]
        case "below":
            return value < bound["limit"]
        case _:
            return bool(bound["low"] <= value <= bound["high"])


def bound_state(bound: Facts, value: Fraction) -> str:
    """ "`warn_at` lies before the limit, `tolerated_to` beyond it. Both warn." """
    value = snapped(value)
    up = bound["kind"] in ("at-least", "above")
    if holds(bound, value):
        warn = bound.get("warn_at")
        return "warning" if warn is not None and (value <= warn if up else value >= warn) else "held"
    tolerated = bound.get("tolerated_to")
    within = tolerated is not None and (value >= tolerated if up else value <= tolerated)
    return "warning" if within else "breached"


def anchored(measure: Facts, value: Fraction) -> Fraction:
    """ "Between them it is a line. Beyond the ends the nearest line goes on." """
    knots = [(exact(score), exact(at)) for score, at in measure["anchors"]]
    if measure["baseline"] is not None:
        knots.insert(0, (ZERO, exact(measure["baseline"])))
    falling = knots[1][1] < knots[0][1]
    for (low, start), (high, stop) in zip(knots, knots[1:], strict=False):
        last = (high, stop) == knots[-1]
        if last or (value >= stop if falling else value <= stop):
            return low + (high - low) * (value - start) / (stop - start)
    raise AssertionError


# --- an organisation -------------------------------------------------------------------------------


class ByHand:
    """An organisation with what happened in it, under rules."""

    def __init__(self, organisation: Facts, rules: Facts = RULES) -> None:
        self.rules = rules
        self.objectives = {each["id"]: each for each in organisation["objectives"]}
        self.metrics = {each["id"]: each for each in organisation["metrics"]}
        self.home: dict[str, str] = {}
        self.key_results: dict[str, Facts] = {}
        self.guardrails: dict[str, tuple[Facts, str]] = {}
        self.below: dict[str, list[tuple[str, Fraction]]] = defaultdict(list)
        for objective in self.objectives.values():
            for each in objective["key results"]:
                if "ref" not in each:
                    self.home[each["id"]] = objective["id"]
                    self.key_results[each["id"]] = each
            for each in objective["guardrails"]:
                self.guardrails[each["id"]] = (each, objective["id"])
        for objective in self.objectives.values():
            for edge in objective["supports"]:
                above = self.home.get(edge["to"], edge["to"])
                self.below[above].append((objective["id"], exact(edge["weight"])))
        # "Takes an entry out, as if it had never been written."
        voided = {each["voids"] for each in organisation["journal"] if each["kind"] == "correction"}
        written = [
            each
            for each in organisation["journal"]
            if each["kind"] != "correction" and each.get("id") not in voided
        ]
        # "Order is (on, recorded, position)."
        self.entries = sorted(written, key=lambda each: (each["on"], each.get("recorded", 0)))
        self.about: dict[str, list[tuple[int, Facts]]] = defaultdict(list)
        for place, each in enumerate(self.entries):
            self.about[each["of"]].append((place, each))
        self.known: dict[Any, Answer] = {}

    def at(self, day: date) -> Point:
        """ "The day whose evening is described: its check-ins count." """
        return Point(day, sum(each["on"] <= day for each in self.entries))

    def of(self, id: str, kind: str, point: Point) -> list[tuple[int, Facts]]:
        """The entries of a kind about an item, in order, with their places."""
        return [
            (place, each)
            for place, each in self.about[id]
            if place < point.upto and each["kind"] == kind
        ]

    # --- lives ---------------------------------------------------------------------------------

    def life(self, id: str, point: Point) -> Life:
        """ "Its life is a state, moved by what is written; without any entry it is active." """
        state, closing = "active", None
        for place, each in self.about[id]:
            if place >= point.upto:
                break
            if each["kind"] == "closing":
                state, closing = "closed", place
            elif each["kind"] == "transition":
                state = each["to"]
                closing = closing if state == "archived" else None
            elif each["kind"] == "adjustment" and each.get("proposal") == "pause":
                state = "paused"
        return Life(state, closing)

    def settled(self, id: str, point: Point) -> Point:
        """ "What is closed counts as it stood on its closing day": the entries before the closing."""
        closing = self.life(id, point).closing
        return point if closing is None else Point(self.entries[closing]["on"], closing)

    def is_closed(self, id: str, point: Point) -> bool:
        return self.life(id, point).closing is not None

    def is_over(self, id: str, point: Point) -> bool:
        """ "As of the last day of its cycle an objective is over"; closed, it is as well."""
        cycle = self.objectives[id]["cycle"]
        return self.is_closed(id, point) or (cycle is not None and point.day >= cycle["end"])

    def is_out(self, id: str, point: Point) -> bool:
        """ "Excluded: paused; draft, proposed or starting after `as_of`"; parked, deferred."""
        objective, life = self.objectives[id], self.life(id, point)
        if objective["parked"]:
            return True
        if life.state in ("draft", "proposed", "paused"):
            return True
        if life.state == "archived" and life.closing is None:
            return True
        if life.closing is not None and self.entries[life.closing]["decision"] == "defer":
            return True
        return self.is_ahead(id, self.settled(id, point))

    def is_ahead(self, id: str, point: Point) -> bool:
        cycle = self.objectives[id]["cycle"]
        return cycle is not None and cycle["start"] > point.day

    # --- key results -----------------------------------------------------------------------------

    def adjustments(self, id: str, point: Point) -> list[tuple[int, Facts]]:
        """ "An adjustment dated after the end of an unclosed cycle does not move the score of that cycle." """
        home = self.home[id]
        cycle, known = self.objectives[home]["cycle"], self.settled(home, point)
        return [
            (place, each)
            for place, each in self.of(id, "adjustment", known)
            if cycle is None or each["on"] <= cycle["end"]
        ]

    def terms(self, id: str, point: Point, grade: str) -> Terms:
        """ "Before the day it takes effect the old target counts, from then on the new one." """
        key_result, home = self.key_results[id], self.home[id]
        measure, since = key_result["measure"], -1
        weight, due, rescale = exact(key_result["weight"]), key_result["due"], ONE
        known, until = self.settled(home, point), len(self.entries)
        for place, each in self.adjustments(id, point):
            too_hard = each.get("trigger") == "difficulty"
            left_out = grade == "original" or (
                # "Where the target was too hard, the original one governs again at the close."
                grade == "governing" and too_hard and self.is_over(home, point)
            )
            if left_out:
                until = min(until, place) if "measure" in each else until
                continue
            if "measure" in each:
                measure, since, until = each["measure"], place, len(self.entries)
            weight = exact(each["weight"]) if "weight" in each else weight
            due = each.get("due", due)
            rescale *= exact(each.get("rescale", 1))
        # "Before an adjusted measure" a baseline has no effect on it: a new one is to be established.
        found = [
            each["value"]
            for place, each in self.of(id, "baseline", known)
            if since < place < until
        ]
        stated = measure.get("baseline")
        if measure["kind"] == "reach":
            stated = 0
        elif stated is None and found:
            stated = found[-1]
        return Terms(measure, None if stated is None else exact(stated), weight, due, rescale)

    def window(self, id: str, point: Point, grade: str) -> tuple[date, date, date | None]:
        """The first day of which readings count, the last, and the deadline."""
        key_result, cycle = self.key_results[id], self.objectives[self.home[id]]["cycle"]
        due = self.terms(id, point, grade).due
        first, last, deadline = date.min, date.max, due
        if cycle is not None:
            # "Readings from the cycle's start to the earlier of due and cycle end"
            deadline = cycle["end"] if due is None else min(due, cycle["end"])
            first, last = cycle["start"], deadline
            if key_result["metric"] is None:
                last += timedelta(days=self.rules["grace"])
        if key_result["observable_from"] is not None:
            # "From then on its readings count, without an end."
            first, last = key_result["observable_from"], date.max
        return first, last, deadline

    def readings(self, id: str, first: date, last: date, point: Point) -> list[Reading]:
        return [
            Reading(each["value"], each["on"])
            for _, each in self.of(id, "check-in", point)
            if each["value"] is not None and first <= each["on"] <= last
        ]

    def aggregated(self, how: str, read: Sequence[Reading]) -> Reading:
        """ "How its readings in a cycle become its value"; shares "add up by their counts"."""
        values = [each.value for each in read]
        value: Any = values[-1]
        if how in ("total", "sum", "mean") and all(isinstance(each, tuple) for each in values):
            value = ("ratio", sum(each[1] for each in values), sum(each[2] for each in values))
        elif how in ("total", "sum"):
            value = sum(map(value_of, values), ZERO)
        elif how == "mean":
            value = sum(map(value_of, values), ZERO) / len(values)
        elif how == "minimum":
            value = min(map(value_of, values))
        elif how == "maximum":
            value = max(map(value_of, values))
        elif how == "ratio":
            first, second = map(value_of, values)
            value = first / second
        return Reading(value, max(each.on for each in read))

    def reading(self, id: str, point: Point, grade: str) -> Reading | None:
        key_result, known = self.key_results[id], self.settled(self.home[id], point)
        if key_result["derived"] is not None:
            # "While one of them is unread it has no value."
            how, parts = key_result["derived"]
            read = [self.reading(part, known, grade) for part in parts]
            found = [each for each in read if each is not None]
            if len(found) < len(read) or (how == "ratio" and value_of(found[1].value) == 0):
                return None
            if how == "latest":
                return max(found, key=lambda each: each.on)
            return self.aggregated(how, found)
        first, last, _ = self.window(id, point, grade)
        source = key_result["metric"] or id
        read_here = self.readings(source, first, last, known)
        how = self.metrics[source]["reads"] if key_result["metric"] else "latest"
        return self.aggregated(how, read_here) if read_here else None

    def attained(self, measure: Facts, baseline: Fraction | None, read: Any) -> Fraction | None:
        """Progress, raw: it may be negative, or above 1."""
        kind = measure["kind"]
        if kind in LINES:
            if baseline is None:
                return None
            start, target = ends(measure, baseline)
            if start == target:  # "absent, 0, full, at least, at most"
                value, held = value_of(read), self.rules["flat"]
                if held in ("at least", "at most"):
                    return Fraction(value >= target if held == "at least" else value <= target)
                return {"absent": None, "zero": ZERO, "full": ONE}[held]
            return (value_of(read) - start) / (target - start)
        match kind:
            case "at-least" | "above" | "at-most" | "below" | "between":
                return Fraction(holds(measure, value_of(read)))
            case "exactly":
                target, start = exact(measure["target"]), exact(measure["baseline"])
                return 1 - abs(value_of(read) - target) / abs(target - start)
            case "budget":
                # "Full while within, falling to 0 at a multiple of it."
                limit = exact(measure["limit"])
                over = (value_of(read) - limit) / (limit * (self.rules["budget"] - 1))
                return 1 - max(over, ZERO)
            case "pass-fail":
                credit = exact(read)
                return credit if self.rules["partial"] or credit == 1 else ZERO
            case "judged":
                return exact(read)
            case "milestones":
                whole = sum(exact(weight) for _, weight, _ in measure["steps"])
                return sum((exact(w) for name, w, _ in measure["steps"] if name in read), ZERO) / whole
            case "evidence":
                return Fraction(len(set(read)), measure["required"])
            case "anchors":
                return anchored(measure, value_of(read))
            case "steps":
                scores = (exact(s) for bound, s in measure["steps"] if holds(bound, value_of(read)))
                return next(scores, None)
            case "zones":
                return exact(dict(measure["zones"])[read])
            case _:  # "Each part is clipped before they are combined"
                made = [
                    self.attained(part, stated(part), read[name]) for name, part in measure["parts"]
                ]
                each = [clipped(self.rules["clip"], one) for one in made if one is not None]
                return joined(measure["combine"], each)

    def key_result(self, id: str, point: Point, grade: str = "governing") -> Answer:
        key = (id, point, grade)
        if key not in self.known:
            self.known[key] = self._key_result(id, point, grade)
        return self.known[key]

    def _key_result(self, id: str, point: Point, grade: str) -> Answer:
        key_result, home = self.key_results[id], self.home[id]
        known, terms = self.settled(home, point), self.terms(id, point, grade)
        seen_from = key_result["observable_from"]
        if (
            self.is_out(home, point)
            or terms.measure["kind"] == "establish"
            or (seen_from is not None and seen_from > known.day)
        ):
            return Answer(excluded=True)
        read = self.reading(id, point, grade)
        progress = None if read is None else self.attained(terms.measure, terms.baseline, read.value)
        measured = progress is not None
        no_way = read is not None and terms.baseline is not None and terms.measure["kind"] in LINES
        if progress is not None:
            progress *= terms.rescale
        elif self.rules["unread"] is not None and not no_way:
            progress = exact(self.rules["unread"])
        expected, asked = self.expected(id, point, grade), self.expected(id, point, grade, asked=True)
        if progress is None:
            return Answer(coverage=ZERO, line=expected, asked=asked)
        score = clipped(self.rules["clip"], progress)
        low, high = (score, score) if measured else (ZERO, ONE)
        paced = None if expected is None else score
        return Answer(score, progress, Fraction(measured), low, high, False, expected, None, asked, paced)

    # --- pace ------------------------------------------------------------------------------------

    def active_days(self, id: str, first: date, last: date, point: Point) -> int:
        """ "Days on which something is paused are never counted." The last day is not counted."""
        days = [first + timedelta(days=n) for n in range((last - first).days)]
        known = [self.at(day) for day in days if day < point.day]
        paused = (self.life(id, Point(at.day, min(at.upto, point.upto))).state == "paused" for at in known)
        return len(days) - sum(paused)

    def expected(self, id: str, point: Point, grade: str, *, asked: bool = False) -> Fraction | None:
        """ "Progress expected by now; None where the measure has no line", or no end. """
        key_result, home = self.key_results[id], self.home[id]
        known, terms = self.settled(home, point), self.terms(id, point, grade)
        cycle, (_, _, deadline) = self.objectives[home]["cycle"], self.window(id, point, grade)
        if cycle is None or deadline is None:
            return None

        def days(day: date) -> int:
            return self.active_days(home, cycle["start"], day, known)

        line = [(0, ZERO), (days(deadline), ONE)]
        for on, value in key_result["waypoints"]:
            step = self.attained(terms.measure, terms.baseline, value)
            if step is not None:
                line.insert(-1, (days(on), step))
        share = ONE if known.day >= deadline else on_line(line, days(known.day))
        # "Aspirational ones for 0.7 of it"; a bound has to hold all the same.
        full = SHARES.get(self.objectives[home]["ambition"], ONE) if asked else ONE
        return self.expected_of(terms.measure, full, share, known.day, deadline)

    def expected_of(
        self, measure: Facts, full: Fraction, share: Fraction, day: date, deadline: date
    ) -> Fraction | None:
        """ "Linear for moving metrics, weights due for milestones, 1 for bounds, no line" for the others."""
        kind = measure["kind"]
        if kind in MOVING:
            return full * share
        if kind in BOUNDS or kind == "budget":
            return ONE
        if kind == "milestones":
            whole = sum(exact(weight) for _, weight, _ in measure["steps"])
            come = (exact(weight) for _, weight, due in measure["steps"] if (due or deadline) <= day)
            return full * sum(come, ZERO) / whole
        if kind == "compound":
            each = [self.expected_of(part, full, share, day, deadline) for _, part in measure["parts"]]
            known = [one for one in each if one is not None]
            return joined(measure["combine"], known) if len(known) == len(each) else None
        return None

    # --- objectives ------------------------------------------------------------------------------

    def parts(self, id: str, point: Point, grade: str) -> list[Item]:
        """ "Which of them feed a mean follows from the plan's structure, never from which readings exist." """
        objective, known = self.objectives[id], self.settled(id, point)
        found: list[Item] = []
        for kind, otherwise in self.rules["parts"]:
            if otherwise and found:
                continue
            if kind == "key results":
                for each in objective["key results"]:
                    if "ref" in each:
                        item = Item(exact(each["weight"]), self.key_result(each["ref"], known, grade))
                    else:
                        weight = self.terms(each["id"], point, grade).weight
                        item = Item(weight, self.key_result(each["id"], point, grade))
                    found.append(item)
            else:
                for below, weight in self.below[id]:
                    if self.rules["micro"] or not self.is_micro(below):
                        answer = self.objective(below, known, grade)
                        found.append(Item(weight, self.above(below, known, answer)))
        return found

    def above(self, id: str, point: Point, answer: Answer) -> Answer:
        """ "Archived: a closed one as it was closed, unless the rulebook leaves it out." """
        left_out = self.life(id, point).state == "archived" and not self.rules["archived"]
        return answer._replace(excluded=answer.excluded or left_out)

    def is_micro(self, id: str) -> bool:
        cycle = self.objectives[id]["cycle"]
        return cycle is not None and cycle["cadence"] in ("micro week", "micro two weeks")

    def objective(self, id: str, point: Point, grade: str = "governing") -> Answer:
        key = (id, point, grade)
        if key not in self.known:
            self.known[key] = self._objective(id, point, grade)
        return self.known[key]

    def _objective(self, id: str, point: Point, grade: str) -> Answer:
        answer = self.rolled_up(id, point, grade)
        if self.is_out(id, point) or self.objectives[id]["ambition"] == "learning":
            # "No score at all"; what is expected is that of the parts.
            return Answer(
                excluded=True, expected=answer.expected, asked=answer.asked, paced=answer.paced
            )
        return answer

    def rolled_up(self, id: str, point: Point, grade: str) -> Answer:
        rules, items = self.rules, self.parts(id, point, grade)
        empty = None if rules["empty"] is None else exact(rules["empty"])
        if exact(rules["least coverage"]) > 0:
            empty = None  # "the share of the weight that must be read for there to be a score"
        least, most = clipped(rules["result"], ZERO), clipped(rules["result"], ONE)
        if not items:
            return Answer(empty, empty, ZERO, least, most)
        if rules["weigh"] == "equal":
            items = [Item(ONE if each.weight else ZERO, each.answer) for each in items]
        if all(not each.weight for each in items):
            # "What it means that all weights are 0."
            if rules["zero weights"] == "zero":
                return Answer(ZERO, ZERO, ZERO, least, most)
            if rules["zero weights"] == "absent":
                return Answer(empty, empty, ZERO, least, most)
            items = [Item(ONE, each.answer) for each in items]
        counted = [each for each in items if each.weight and not each.answer.excluded]
        if not counted:
            return Answer(empty, empty, None, excluded=True)
        entry, missing = rules["entry"], rules["missing"]
        entered: list[tuple[Fraction, Fraction]] = []
        for each in counted:
            score = each.answer.score
            if score is None and missing is not None:
                score = exact(missing)
            if score is not None:
                entered.append((each.weight, clipped(entry, score)))
        whole = sum(each.weight for each in counted)
        # "Missing leaves the mean but keeps its weight in `coverage` and `score_range`; coverage is recursive."
        coverage = sum(each.weight * (each.answer.coverage or ZERO) for each in counted) / whole
        progress = self.combined(entered)
        if coverage < exact(rules["least coverage"]):
            progress = None
        low = self.combined([(each.weight, clipped(entry, each.answer.low)) for each in counted])
        high = self.combined([(each.weight, clipped(entry, each.answer.high)) for each in counted])
        assert low is not None and high is not None
        result = rules["result"]
        score = None if progress is None else clipped(result, progress)
        if progress is None and empty is not None:
            score = progress = empty
        # "Averaged over the same key results as the progress."
        line = [(each.weight, *self.pace_of(each.answer)) for each in counted]
        moving = [(w, e, a, p) for w, e, a, p in line if e is not None and a is not None and p is not None]
        expected = self.mean([(weight, each) for weight, each, _, _ in moving])
        asked = self.mean([(weight, each) for weight, _, each, _ in moving])
        paced = self.mean([(weight, each) for weight, _, _, each in moving])
        # "What is still open scored as 0, and as 1"; the score lies in its range.
        low, high = clipped(result, low), clipped(result, high)
        if score is not None:
            low, high = min(low, score), max(high, score)
        return Answer(
            score,
            progress,
            coverage,
            low,
            high,
            expected=expected,
            asked=asked,
            paced=paced,
        )

    def pace_of(self, answer: Answer) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
        """What is expected of a part, and asked for, and what came of it."""
        if answer.score is not None or self.rules["missing"] is None:
            return answer.expected, answer.asked, answer.paced
        return answer.line, answer.asked, exact(self.rules["missing"])

    @staticmethod
    def mean(entered: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
        whole = sum((weight for weight, _ in entered), ZERO)
        return sum((w * score for w, score in entered), ZERO) / whole if whole else None

    def combined(self, entered: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
        if not entered:
            return None
        if self.rules["combine"] == "minimum":
            return min(score for _, score in entered)
        if self.rules["combine"] == "share achieved":
            return self.mean([(weight, Fraction(snapped(score) >= 1)) for weight, score in entered])
        return self.mean(entered)

    # --- both grades -------------------------------------------------------------------------------

    def is_touched(self, id: str, point: Point) -> bool:
        """ "None where nothing was adjusted": in the item itself, or in one below it."""
        if id in self.home:
            changes = ("measure", "weight", "due", "rescale")
            return any(any(c in each for c in changes) for _, each in self.adjustments(id, point))
        known = self.settled(id, point)
        own = [each.get("ref", each.get("id")) for each in self.objectives[id]["key results"]]
        below = [each for each, _ in self.below[id] if not self.is_micro(each)]
        return any(self.is_touched(each, known) for each in [*own, *below])

    # --- guardrails ------------------------------------------------------------------------------

    def check_in_days(self, home: str, metric: str | None) -> int:
        """ "A guardrail on a metric that is measured monthly has that metric's rhythm." """
        if metric is not None and self.metrics[metric]["check_in_days"] is not None:
            return int(self.metrics[metric]["check_in_days"])
        cycle = self.objectives[home]["cycle"]
        days = {"annual": 14, "half-yearly": 14, "micro week": 1, "micro two weeks": 2}
        return 7 if cycle is None else days.get(cycle["cadence"], 7)

    def guardrail(self, id: str, point: Point) -> str:
        guardrail, home = self.guardrails[id]
        known, cycle = self.settled(home, point), self.objectives[home]["cycle"]
        first, last = date.min, date.max
        if cycle is not None:
            grace = 0 if guardrail["metric"] else self.rules["grace"]  # "a shared metric has no grace"
            first, last = cycle["start"], cycle["end"] + timedelta(days=grace)
        read = self.readings(guardrail["metric"] or id, first, last, known)
        how = self.metrics[guardrail["metric"]]["reads"] if guardrail["metric"] else "latest"
        # "The metric is a total, so each reading counts on top of those before it."
        running = [self.aggregated(how, read[: n + 1]) for n in range(len(read))]
        states = [bound_state(guardrail["bound"], value_of(each.value)) for each in running]
        if (guardrail["hard"] or self.rules["memory"] == "ever") and "breached" in states:
            return "breached"  # "For safety and regulation a breach that has healed is a breach."
        if not states:
            return "unknown"
        if self.is_over(home, point):
            close = known.day if cycle is None else min(known.day, cycle["end"])
            days = self.rules["vouches"] * self.check_in_days(home, guardrail["metric"])
            if (close - read[-1].on).days > days:
                # "Too old to vouch for the end"; what was outside its limit is not vouched for either.
                return "breached" if states[-1] == "breached" else "unknown"
        return states[-1]

    def verdict(self, id: str, point: Point) -> str | None:
        """ "At the close a verdict, and only if both ends of `score_range` agree on it." """
        objective, closing = self.objectives[id], self.life(id, point).closing
        if not self.is_over(id, point) or objective["ambition"] is None:
            return None
        if objective["ambition"] == "learning":
            # "Validated, invalidated or inconclusive, by what was decided."
            decided = None if closing is None else self.entries[closing]["decision"]
            return decided and LEARNING.get(decided, "inconclusive")
        answer = self.objective(id, point)
        if answer.score is None:
            return None
        bands = BANDS[objective["ambition"]]
        low, high = band(bands, answer.low), band(bands, answer.high)
        if low != high:
            return None
        if low == bands[0][1]:
            states = [self.guardrail(each["id"], point) for each in objective["guardrails"]]
            if "breached" in states or "unknown" in states:
                return "success withheld"
        return low

    # --- status ----------------------------------------------------------------------------------

    @staticmethod
    def pace(answer: Answer) -> Fraction | None:
        """ "Progress of those parts by what is expected of them under the ambition; 1 is on the line." """
        if answer.expected is None or answer.asked is None or answer.paced is None:
            return None
        return answer.paced / answer.asked if answer.asked else ONE

    def status(self, id: str, point: Point) -> str:
        """How an item stands today: the first rule of `RECOMMENDED` that answers."""
        home, is_part = self.home.get(id, id), id in self.home
        cycle = self.objectives[home]["cycle"]
        answer = self.key_result(id, point) if is_part else self.objective(id, point)
        if self.is_over(home, point):
            return self.result(id, home, point, answer)
        if not is_part and not self.objectives[id]["key results"]:
            return "unknown"
        whole = self.active_days(home, cycle["start"], cycle["end"], point)
        is_young = self.active_days(home, cycle["start"], point.day, point) < Fraction(15, 100) * whole
        last = self.last_check_in(id, point)
        if last is None and is_young:
            return "not started"  # "While it is young and nothing has been read."
        if self.is_done(id, point):
            return "achieved"
        # "Silence is counted up to the deadline, and not on days of a pause."
        seen = self.key_results[id]["observable_from"] if is_part else None
        until = self.window(id, point, "governing")[2] if is_part else cycle["end"]
        since = last or max(seen or cycle["start"], cycle["start"])
        silent = self.active_days(home, since, min(point.day, until or point.day), point)
        metric = self.key_results[id]["metric"] if is_part else None
        if silent > 2 * self.check_in_days(home, metric):
            return "stale"
        pace, sure = self.pace(answer), self.confidence(id, point)
        if pace is not None and not is_young:
            return band((*RATIOS, (None, "off track")), pace)
        return "unknown" if sure is None else band((*SURE, (None, "off track")), sure)

    def result(self, id: str, home: str, point: Point, answer: Answer) -> str:
        """ "Reached what its ambition asks for, or not." """
        ambition = self.objectives[home]["ambition"]
        if id in self.home:
            if answer.score is None or (ambition is None and snapped(answer.score) < 1):
                return "unknown"
            return "achieved" if snapped(answer.score) >= SHARES.get(ambition, ONE) else "missed"
        verdict = self.verdict(id, point)
        if verdict is None or ambition == "learning":
            return "unknown"
        return {BANDS[ambition][0][1]: "achieved", "success withheld": "unknown"}.get(verdict, "missed")

    def has_status(self, id: str, point: Point) -> bool:
        """Whether the documentation says how an item stands: it counts, and is made of one cycle."""
        objective = self.objectives[self.home.get(id, id)]
        answer = self.key_result(id, point) if id in self.home else self.objective(id, point)
        if answer.excluded or objective["cycle"] is None or not objective["key results"]:
            return False
        return id in self.home or all(
            "ref" not in each and each["due"] is None and each["observable_from"] is None
            for each in objective["key results"]
        )

    def last_check_in(self, id: str, point: Point) -> date | None:
        if id not in self.home:
            each = [self.last_check_in(one["id"], point) for one in self.objectives[id]["key results"]]
        elif self.key_results[id]["derived"] is not None:
            known = self.settled(self.home[id], point)
            each = [self.last_check_in(part, known) for part in self.key_results[id]["derived"][1]]
        else:
            first, last, _ = self.window(id, point, "governing")
            said = self.of(self.key_results[id]["metric"] or id, "check-in", point)
            each = [one["on"] for _, one in said if first <= one["on"] <= last]
        return max((day for day in each if day is not None), default=None)

    def is_done(self, id: str, point: Point) -> bool:
        """ "When nothing is left to do: delivered in full, or the baseline found." """
        if id not in self.home:
            own = [each["id"] for each in self.objectives[id]["key results"]]
            counted = [each for each in own if self.terms(each, point, "governing").weight]
            return bool(counted) and all(self.is_done(each, point) for each in counted)
        kind, answer = self.terms(id, point, "governing").measure["kind"], self.key_result(id, point)
        if kind == "establish":
            return self.reading(id, point, "governing") is not None
        delivered = kind in ("pass-fail", "milestones", "evidence")
        return delivered and answer.score is not None and snapped(answer.score) >= 1

    def confidence(self, id: str, point: Point) -> Fraction | None:
        """ "What people believe", 0 to 1; of an objective the mean over its parts."""
        if id in self.home:
            said = self.of(id, "check-in", point)
            known = [exact(one["confidence"]) for _, one in said if one["confidence"] is not None]
            return known[-1] if known else None
        own = [each["id"] for each in self.objectives[id]["key results"]]
        parts = [
            (self.terms(each, point, "governing").weight, self.confidence(each, point))
            for each in own
            if not self.key_result(each, point).excluded
        ]
        return self.mean([(weight, one) for weight, one in parts if one is not None])


def joined(how: str, parts: Sequence[Fraction]) -> Fraction:
    """ "Mean, minimum or product of the parts." """
    if how == "minimum":
        return min(parts)
    if how == "mean":
        return sum(parts, ZERO) / len(parts)
    product = ONE
    for each in parts:
        product *= each
    return product


def on_line(line: Sequence[tuple[int, Fraction]], today: int) -> Fraction:
    """ "Along a straight line, or along its waypoints." """
    for (start, low), (stop, high) in zip(line, line[1:], strict=False):
        if today <= stop and start < stop:
            return low + (high - low) * Fraction(today - start, stop - start)
    return ONE


def stated(measure: Facts) -> Fraction | None:
    if measure["kind"] == "reach":
        return ZERO
    baseline = measure.get("baseline")
    return None if baseline is None else exact(baseline)
