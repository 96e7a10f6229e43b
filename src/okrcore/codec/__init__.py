"""Plain data in and out: JSON documents with their schema, tables, text for calendars."""

from okrcore.codec.calendar_text import to_icalendar as to_icalendar
from okrcore.codec.calendar_text import to_rrule as to_rrule
from okrcore.codec.documents import VERSION as VERSION
from okrcore.codec.documents import Storable as Storable
from okrcore.codec.documents import dump as dump
from okrcore.codec.documents import from_json as from_json
from okrcore.codec.documents import load as load
from okrcore.codec.documents import load_document as load_document
from okrcore.codec.documents import to_json as to_json
from okrcore.codec.keeping import Document as Document
from okrcore.codec.keeping import Kept as Kept
from okrcore.codec.reports import report as report
from okrcore.codec.schema import json_schema as json_schema
from okrcore.codec.tables import from_tables as from_tables
from okrcore.codec.tables import to_tables as to_tables
