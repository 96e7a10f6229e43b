"""Codec: plain data in and out.

At the top: `read_rows`, `read_text`, `write_text`, `to_records`. Here alone: JSON documents with their schema,
tables, scores of columns, reports, and text for calendars.
"""

from okrcore.codec.documents import (
    VERSION,
    Storable,
    dump,
    from_json,
    load,
    load_document,
    report,
    to_json,
)
from okrcore.codec.exchange.column_map import ColumnMap
from okrcore.codec.exchange.import_result import PROBLEMS, ImportProblem, ImportResult
from okrcore.codec.exchange.row_reader import read_rows
from okrcore.codec.exchange.text_reader import read_text
from okrcore.codec.exchange.text_writer import lost_in_text, write_text
from okrcore.codec.icalendar import to_icalendar, to_rrule
from okrcore.codec.record_cells import Scalar
from okrcore.codec.record_columns import COLUMNS, Column
from okrcore.codec.records import to_records
from okrcore.codec.schema import json_schema
from okrcore.codec.score_columns import ColumnScores, score_columns
from okrcore.codec.tables import from_tables, to_tables
from okrcore.codec.unknown_fields import Document, UnknownField

__all__ = [
    "COLUMNS",
    "PROBLEMS",
    "VERSION",
    "Column",
    "ColumnMap",
    "ColumnScores",
    "Document",
    "ImportProblem",
    "ImportResult",
    "Scalar",
    "Storable",
    "UnknownField",
    "dump",
    "from_json",
    "from_tables",
    "json_schema",
    "load",
    "load_document",
    "lost_in_text",
    "read_rows",
    "read_text",
    "report",
    "score_columns",
    "to_icalendar",
    "to_json",
    "to_records",
    "to_rrule",
    "to_tables",
    "write_text",
]
