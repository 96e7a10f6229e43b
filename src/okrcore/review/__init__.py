"""Rituals: what is due."""

from okrcore.review.due_dates import Due as Due
from okrcore.review.due_dates import DueState as DueState
from okrcore.review.due_dates import due as due
