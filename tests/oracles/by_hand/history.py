"""Journals read by hand: the entries in order, lives, terms, readings and guardrails.

Written from the documentation; imports nothing of the package.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from oracles.by_hand.measures import (
    LINES,
    ONE,
    ZERO,
    Facts,
    beyond,
    bound_state,
    exact,
    stated,
    value_of,
)

__all__ = ["History", "Point", "Reading", "Terms"]

DAYS_BETWEEN_CHECK_INS = {"annual": 14, "half-yearly": 14, "micro week": 1, "micro two weeks": 2}


class Point(NamedTuple):
    """A day, and how many of the entries in order are written by then."""

    day: date
    upto: int


NEVER = Point(date.min, 0)


class Life(NamedTuple):
    """The state of an objective, and the places of its last move and of its closing."""

    state: str
    since: int
    closing: int | None


class Terms(NamedTuple):
    """The terms by which a key result is measured on a day."""

    measure: Facts
    baseline: Fraction | None
    weight: Fraction
    due: date | None
    rescale: Fraction


class Reading(NamedTuple):
    """A value, and the day it is true of."""

    value: Any
    on: date


def has_more(each: Facts) -> bool:
    """Whether a check-in has more than a reading."""
    return each["confidence"] is not None or each["status"] is not None


def aggregated(how: str, read: Sequence[Reading]) -> Reading:
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


def state_since(
    bound: Facts, how: str, read: list[Reading], settled: int, *, remembers: bool
) -> str:
    """ "A later reading outside the limit is a new breach"; a pooled value is one if it gets worse."""
    values = [value_of(aggregated(how, read[: n + 1]).value) for n in range(len(read))]
    states = [bound_state(bound, value) for value in values]
    before = beyond(bound, values[settled - 1]) if settled else None

    def is_new(n: int) -> bool:
        is_worse = how == "latest" or before is None or beyond(bound, values[n]) > before
        return n >= settled and states[n] == "breached" and is_worse

    new = [n for n in range(len(read)) if is_new(n)]
    if new and (remembers or new[-1] == len(read) - 1):
        return "breached"
    return "held" if not states or states[-1] == "breached" else states[-1]


class History:
    """A plan, and the entries about it in order."""

    def __init__(self, organisation: Facts, rules: Facts) -> None:
        self.organisation, self.rules = organisation, rules
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
            for edge in objective["supports"]:
                self.below[edge["to"]].append((objective["id"], exact(edge["weight"])))
        # "Takes an entry out, as if it had never been written."
        voided = {each["voids"] for each in organisation["journal"] if each["kind"] == "correction"}
        written = [
            each
            for each in organisation["journal"]
            if each["kind"] != "correction" and each.get("id") not in voided
        ]
        # "Order is (on, recorded, position)."
        self.entries = sorted(written, key=lambda each: (each["on"], each.get("recorded", (0, 0))))
        self.about: dict[str, list[tuple[int, Facts]]] = defaultdict(list)
        for place, each in enumerate(self.entries):
            self.about[each["of"]].append((place, each))

    def rules_of(self, objective: str) -> Facts:
        """The rules by which an objective is judged: its method's, or the main ones."""
        method = self.objectives[objective]["method"]
        rules: Facts = self.rules if method is None else self.rules["methods"][method]
        return rules

    def at(self, day: date) -> Point:
        """ "The day whose evening is described: its check-ins count." """
        return Point(day, sum(each["on"] <= day for each in self.entries))

    def of(self, id: str, kind: str, point: Point) -> list[tuple[int, Facts]]:
        """The entries of a kind about an item, in order, with their places."""
        about = self.about[id]
        return [(n, each) for n, each in about if n < point.upto and each["kind"] == kind]

    # --- lives -----------------------------------------------------------------------------------

    def life(self, id: str, point: Point) -> Life:
        """ "A state, moved by what is written into the journal; without any entry it is active." """
        state, since, closing = "active", -1, None
        for place, each in self.about[id]:
            if place >= point.upto:
                break
            if each["kind"] == "closing":
                state, since, closing = "closed", place, place
            elif each["kind"] == "transition":
                state, since = each["to"], place
                closing = closing if state == "archived" else None
            elif each["kind"] == "adjustment" and each["proposal"] == "pause":
                state, since = "paused", place
        return Life(state, since, closing)

    def settled(self, id: str, point: Point) -> Point:
        """ "A closed objective counts as on its closing day": by the entries up to its closing.

        The closing itself is one of them: "where the target was too hard, the original one governs again
        at the close", for whatever refers to its key results as well.
        """
        closing = self.life(id, point).closing
        return point if closing is None else Point(self.entries[closing]["on"], closing + 1)

    def decision(self, id: str, point: Point) -> str | None:
        closing = self.life(id, point).closing
        return None if closing is None else str(self.entries[closing]["decision"])

    def is_over(self, id: str, point: Point) -> bool:
        """ "As of the last day of its cycle an objective is over"; once it is closed, as well."""
        cycle = self.objectives[id]["cycle"]
        is_closed = self.life(id, point).closing is not None
        return is_closed or (cycle is not None and point.day >= cycle["end"])

    def is_out(self, id: str, point: Point) -> bool:
        """ "Excluded: paused; draft, proposed or starting after `as_of`"; parked, deferred."""
        objective, life = self.objectives[id], self.life(id, point)
        cycle = objective["cycle"]
        if objective["parked"] or life.state in ("draft", "proposed"):
            return True
        if life.state == "paused":
            # After the end there is nothing to pause.
            return cycle is None or self.entries[life.since]["on"] <= cycle["end"]
        if life.state == "archived" and life.closing is None:
            return True
        if self.decision(id, point) == "defer":
            return True
        return cycle is not None and cycle["start"] > self.settled(id, point).day

    def active_days(self, id: str, first: date, last: date, point: Point) -> int:
        """ "Days on which something is paused are never counted." The last day is not counted."""
        days = [first + timedelta(days=n) for n in range((last - first).days)]
        if all(each["kind"] in ("check-in", "closing") for _, each in self.about[id]):
            return len(days)
        known = (self.at(day) for day in days if day < point.day)
        before = (Point(at.day, min(at.upto, point.upto)) for at in known)
        return len(days) - sum(self.life(id, each).state == "paused" for each in before)

    def silent_days(self, id: str, last: date, until: date, point: Point) -> int:
        """The days after a last one, up to another; "not on days of a pause"."""
        days = [last + timedelta(days=n + 1) for n in range((until - last).days)]
        known = [self.at(day) for day in days]
        moments = [Point(at.day, min(at.upto, point.upto)) for at in known]
        return len(days) - sum(self.life(id, each).state == "paused" for each in moments)

    # --- terms -----------------------------------------------------------------------------------

    def adjustments(self, id: str, point: Point) -> list[tuple[int, Facts]]:
        """ "Dated after the end of an unclosed cycle it does not move the score of that cycle." """
        home = self.home[id]
        cycle, known = self.objectives[home]["cycle"], self.settled(home, point)
        found = self.of(id, "adjustment", known)
        return [(n, each) for n, each in found if cycle is None or each["on"] <= cycle["end"]]

    def is_touched(self, id: str, point: Point) -> bool:
        """ "None where nothing was adjusted": the item itself, or one that enters it."""
        if id in self.home:
            return self.is_changed(id, [each for _, each in self.adjustments(id, point)])
        known = self.settled(id, point)
        below = self.all_below(id, point)
        return any(
            self.is_touched(each, below.get(each, known)) for each in self.members(id, point)
        )

    def is_changed(self, id: str, adjustments: Sequence[Facts]) -> bool:
        """ "Unless an adjustment changed it": one that repeats the terms in force changes nothing."""
        cycle, terms = self.objectives[self.home[id]]["cycle"], dict(self.key_results[id])
        end = date.max if cycle is None else cycle["end"]
        for each in adjustments:
            if self.is_planned(self.home[id], each["on"]):
                # "The original is what was in force at the end of the first day."
                kept = ("measure", "weight", "due")
                terms.update({name: each[name] for name in kept if name in each})
                continue
            measure = each.get("measure", terms["measure"])
            due = min(each.get("due") or terms["due"] or end, end)
            # "An adjusted measure begins without a baseline", if it states none.
            is_begun_anew = (
                "measure" in each and stated(measure) is None and measure["kind"] in LINES
            )
            if (
                is_begun_anew
                or measure != terms["measure"]
                or each.get("weight", terms["weight"]) != terms["weight"]
                or due != min(terms["due"] or end, end)
                or each.get("rescale", 1) != 1
            ):
                return True
        return False

    def is_planned(self, id: str, on: date) -> bool:
        """ "In force at the end of the first day of its cycle, or of the day on which it became active"."""
        cycle = self.objectives[id]["cycle"]
        first = date.min if cycle is None else cycle["start"]
        moves = [each for _, each in self.about[id] if each["kind"] in ("transition", "closing")]
        if on <= first or not moves or moves[0].get("to") not in ("draft", "proposed"):
            return on <= first
        since = moves[0]["on"]
        if since > on or (cycle is not None and since > first):
            return False
        members = [id, *(each for each, home in self.home.items() if home == id)]
        if cycle is None and any(
            each["kind"] == "adjustment" and each["on"] < since
            for member in members
            for _, each in self.about[member]
        ):
            return False  # it was active then, and the original was known
        started = [each["on"] for each in moves if each.get("to") not in ("draft", "proposed")]
        return not started or on <= started[0]

    def members(self, id: str, point: Point) -> list[str]:
        """The ids of all that enter the score of an objective; "weight 0 is tracked, not counted".

        "What it means that all weights are 0" may be that they are equal.
        """
        rules, found = self.rules_of(id), list[tuple[str, list[Fraction]]]()
        for kind, otherwise in rules["parts"]:
            if otherwise and found:
                continue
            if kind == "key results of all objectives below":
                for key, then in self.all_below(id, point).items():
                    found.append((key, [self.terms(key, then, "original").weight]))
                    found[-1][1].append(self.terms(key, then, "adjusted").weight)
                continue
            if kind == "key results":
                for each in self.objectives[id]["key results"]:
                    key, weights = each.get("ref") or each["id"], [exact(each["weight"])]
                    if "ref" not in each:
                        # A weight that was planned is the original one.
                        grades = ("original", "adjusted")
                        weights = [self.terms(key, point, grade).weight for grade in grades]
                    found.append((key, weights))
                continue
            for below, weight in self.below[id]:
                if rules["micro"] or not self.is_micro(below):
                    found.append((below, [weight]))
        are_equal = rules["zero weights"] == "equal" and not any(w[-1] for _, w in found)
        return [key for key, weights in found if are_equal or any(weights)]

    def all_below(self, id: str, point: Point) -> dict[str, Point]:
        """ "Key results of all objectives below", each once, with the day it counts on.

        "Below a closed objective a key result counts as on the day of that closing, for whatever is above",
        and "on several ways down as on the one that is open, or was closed last". Those that count in the
        objective itself enter with it.
        """
        rules = self.rules_of(id)
        if all(kind != "key results of all objectives below" for kind, _ in rules["parts"]):
            return {}
        own: list[str] = []
        if any(kind == "key results" for kind, _ in rules["parts"]):
            own = self.held_by(id)
        found = self.on_ways_down(id, self.settled(id, point), with_micro=rules["micro"])
        return {each: then for each, then in found.items() if each not in own}

    def on_ways_down(self, id: str, known: Point, *, with_micro: bool) -> dict[str, Point]:
        found: dict[str, Point] = {}
        for below, _ in self.below[id]:
            if self.is_micro(below) and not with_micro:
                continue
            then = self.settled(below, known)
            for each in self.held_by(below):
                found[each] = max(found.get(each, NEVER), self.settled(self.home[each], then))
            for each, day in self.on_ways_down(below, then, with_micro=with_micro).items():
                found[each] = max(found.get(each, NEVER), day)
        return found

    def held_by(self, id: str) -> list[str]:
        """The ids of the key results of an objective, with those that it refers to."""
        return [each.get("ref") or each["id"] for each in self.objectives[id]["key results"]]

    def is_micro(self, id: str) -> bool:
        cycle = self.objectives[id]["cycle"]
        return cycle is not None and cycle["cadence"] in ("micro week", "micro two weeks")

    def terms(self, id: str, point: Point, grade: str) -> Terms:
        """ "Before the day it takes effect the old target counts, from then on the new one." """
        key_result, home = self.key_results[id], self.home[id]
        measure, since, until = key_result["measure"], -1, len(self.entries)
        weight, due, rescale = exact(key_result["weight"]), key_result["due"], ONE
        is_over, eased = self.is_over(home, point), None
        for place, each in self.adjustments(id, point):
            # "Where the target was too hard, the original one governs again at the close."
            is_too_hard = each.get("trigger") == "difficulty"
            if is_too_hard:
                eased = each.get("measure", eased)
            elif "measure" in each:
                # An adjustment that repeats nothing but the measure of such a one is one, too.
                is_alone = not any(name in each for name in ("weight", "due", "rescale"))
                is_too_hard = is_alone and each["measure"] == eased
                eased = eased if is_too_hard else None
            is_planned = self.is_planned(home, each["on"])
            is_too_hard = is_too_hard and is_over
            dropped = grade == "original" or (grade == "governing" and is_too_hard)
            if dropped and not is_planned:
                until = min(until, place) if "measure" in each else until
                continue
            if "measure" in each:
                measure, since, until = each["measure"], place, len(self.entries)
            weight = exact(each["weight"]) if "weight" in each else weight
            due = each.get("due", due)
            rescale *= exact(each.get("rescale", 1))
        baseline = stated(measure)
        if baseline is None:
            # "A `BaselineSet` before an adjusted measure has no effect on the adjusted measure."
            found = self.of(id, "baseline", self.settled(home, point))
            cycle = self.objectives[home]["cycle"]
            last = date.max if cycle is None else cycle["end"]  # as of adjustments
            known = [
                exact(each["value"])
                for n, each in found
                if since < n < until and each["on"] <= last
            ]
            baseline = known[-1] if known else None
        return Terms(measure, baseline, weight, due, rescale)

    # --- readings --------------------------------------------------------------------------------

    def grace(self, cycle: Facts) -> timedelta:
        """ "Of a week seven": the grace is no longer than the cycle."""
        days = (cycle["end"] - cycle["start"]).days + 1
        return timedelta(days=min(self.rules["grace"], days))

    def is_in_time(self, each: Facts, deadline: date | None, grace: timedelta) -> bool:
        """ "With `recorded`, `on` is taken at its word"; "there are fourteen days of grace to write"."""
        if "recorded" not in each or deadline is None:
            return True
        written = each["on"] + timedelta(days=each["recorded"][0])
        return bool(each["on"] <= deadline and written <= deadline + grace)

    def writing(self, id: str, point: Point, grade: str) -> tuple[date | None, timedelta]:
        """The day after which none is true, and the days of grace to write; none where all readings count."""
        cycle, _, deadline = (
            self.objectives[self.home[id]]["cycle"],
            *self.window(id, point, grade)[1:],
        )
        if cycle is None or self.key_results[id]["observable_from"] is not None:
            return None, timedelta(0)
        return deadline, self.grace(cycle)

    def window(self, id: str, point: Point, grade: str) -> tuple[date, date, date | None]:
        """The first day of which readings count, the last, and the deadline."""
        key_result, home = self.key_results[id], self.home[id]
        cycle, due = self.objectives[home]["cycle"], self.terms(id, point, grade).due
        first, last, deadline = date.min, date.max, due
        if cycle is not None:
            # "Readings from the cycle's start to the earlier of due and cycle end, plus a grace."
            deadline = cycle["end"] if due is None else min(due, cycle["end"])
            grace = timedelta(0) if key_result["metric"] else self.grace(cycle)
            first, last = cycle["start"], deadline + grace
        if key_result["observable_from"] is not None:
            # "From then on its readings count, without an end."
            first, last = max(first, key_result["observable_from"]), date.max
        return first, last, deadline

    def readings(
        self,
        id: str,
        first: date,
        last: date,
        point: Point,
        deadline: date | None,
        grace: timedelta,
    ) -> list[Reading]:
        return [
            Reading(each["value"], each["on"])
            for _, each in self.of(id, "check-in", point)
            if each["value"] is not None
            and first <= each["on"] <= last
            and self.is_in_time(each, deadline, grace)
        ]

    def said(self, id: str, point: Point) -> list[Facts]:
        """The check-ins of a key result, or of a metric; none whose reading was written after the grace."""
        deadline, grace = None, timedelta(0)
        if id in self.home:
            deadline, grace = self.writing(id, point, "governing")
        return [
            each
            for _, each in self.of(id, "check-in", point)
            if each["value"] is None
            or (deadline is not None and each["on"] > deadline and has_more(each))
            or self.is_in_time(each, deadline, grace)
        ]

    def reading(self, id: str, point: Point, grade: str) -> Reading | None:
        key_result, known = self.key_results[id], self.settled(self.home[id], point)
        if key_result["derived"] is not None:
            # "While one of them is unread it has no value."
            how, parts = key_result["derived"]
            read = [self.reading(part, known, grade) for part in parts]
            found = [each for each in read if each is not None]
            if len(found) < len(read) or (how == "ratio" and value_of(found[1].value) == 0):
                return None
            latest = max(found, key=lambda each: each.on)
            return latest if how == "latest" else aggregated(how, found)
        how, read_then = self.all_readings(id, point, grade)
        return aggregated(how, read_then) if read_then else None

    def all_readings(self, id: str, point: Point, grade: str) -> tuple[str, list[Reading]]:
        """What makes the value of a key result of its readings, and these."""
        key_result, known = self.key_results[id], self.settled(self.home[id], point)
        first, last, _ = self.window(id, point, grade)
        source = key_result["metric"] or id
        read_then = self.readings(source, first, last, known, *self.writing(id, point, grade))
        how = self.metrics[source]["reads"] if key_result["metric"] else "latest"
        return how, read_then

    def is_paused_throughout(self, id: str, first: date, last: date, point: Point) -> bool:
        """Whether an objective was paused on every day of a period that is over."""
        known = [self.at(first + timedelta(days=n)) for n in range((last - first).days + 1)]
        moments = (Point(at.day, min(at.upto, point.upto)) for at in known)
        return last <= point.day and all(self.life(id, each).state == "paused" for each in moments)

    # --- guardrails ------------------------------------------------------------------------------

    def check_in_days(self, home: str, metric: str | None) -> int:
        """ "A guardrail on a metric that is measured monthly has that metric's rhythm." """
        if metric is not None and self.metrics[metric]["check_in_days"] is not None:
            return int(self.metrics[metric]["check_in_days"])
        cycle = self.objectives[home]["cycle"]
        return 7 if cycle is None else DAYS_BETWEEN_CHECK_INS.get(cycle["cadence"], 7)

    def guardrail(self, id: str, point: Point) -> str:
        """ "State held, warning, breached or unknown." """
        guardrail, home = self.guardrails[id]
        known, cycle, rules = (
            self.settled(home, point),
            self.objectives[home]["cycle"],
            self.rules_of(home),
        )
        first, last, deadline, grace = date.min, date.max, None, timedelta(0)
        if cycle is not None:
            deadline, grace = cycle["end"], self.grace(cycle)
            # "A shared metric lives on: none of its readings of a day after the end counts."
            first, last = cycle["start"], deadline if guardrail["metric"] else deadline + grace
        source = guardrail["metric"] or id
        read = self.readings(source, first, last, known, deadline, grace)
        how = self.metrics[guardrail["metric"]]["reads"] if guardrail["metric"] else "latest"
        before = (first, last)
        if not read and cycle is not None and guardrail["metric"] and how == "latest":
            # "It keeps its last value over the start of a cycle, until it is stale."
            patience = rules["vouches"] * self.check_in_days(home, guardrail["metric"])
            oldest = min(known.day, cycle["end"]) - timedelta(patience)
            if known.day >= cycle["start"]:
                before = oldest, cycle["start"] - timedelta(1)
                read = self.readings(source, *before, known, deadline, grace)[-1:]
        # "A judgement `held` on the guardrail settles breached, stale or unknown as of its day."
        can_settle = rules["settles hard"] or not guardrail["hard"]
        judged = self.of(id, "judgement", known) if can_settle else []
        if judged:
            place, judgement = judged[-1]
            until = Point(known.day, place)
            earlier = self.readings(source, *before, until, deadline, grace)
            if before != (first, last):
                every = self.readings(source, *before, known, deadline, grace)
                earlier = read if len(earlier) == len(every) else []
            remembers = guardrail["hard"] or rules["memory"] == "ever"
            state = state_since(guardrail["bound"], how, read, len(earlier), remembers=remembers)
            seen = max([judgement["on"], *(each.on for each in read)])
            if not self.is_over(home, point) or state == "breached":
                return state
            close = known.day if cycle is None else min(known.day, cycle["end"])
            days = rules["vouches"] * self.check_in_days(home, guardrail["metric"])
            return "unknown" if (close - seen).days > days else state
        # "The metric is a total, so each reading counts on top of those before it."
        running = [aggregated(how, read[: n + 1]) for n in range(len(read))]
        states = [bound_state(guardrail["bound"], value_of(each.value)) for each in running]
        if (guardrail["hard"] or rules["memory"] == "ever") and "breached" in states:
            return "breached"  # "For safety and regulation a breach that has healed is a breach."
        if not states:
            return "unknown"
        if self.is_over(home, point):
            close = known.day if cycle is None else min(known.day, cycle["end"])
            days = rules["vouches"] * self.check_in_days(home, guardrail["metric"])
            if (close - read[-1].on).days > days:
                # "Too old to vouch for the end." A breach is none that is vouched for.
                return "breached" if states[-1] == "breached" else "unknown"
        return states[-1]
