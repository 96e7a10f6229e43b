"""The committed JSON Schema is the one that the types make.

When a type changes, `python tests/docs/test_schema.py` writes the file anew, from the root of the
repository; its difference is the change of the format, and is reviewed as one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest

import okrcore as okr
from okrcore import codec

FILE: Final = (
    Path(__file__).parents[2] / "docs" / "reference" / f"okrcore-{codec.VERSION}.schema.json"
)


def text_of(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def test_the_committed_schema_is_the_one_of_the_types() -> None:
    assert FILE.read_text(encoding="utf-8") == text_of(codec.json_schema()), __doc__


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(codec.json_schema())


def test_everything_it_defines_is_referred_to() -> None:
    schema = codec.json_schema()
    text = json.dumps(schema)
    assert [name for name in schema["$defs"] if f'"#/$defs/{name}"' not in text] == []


KR: Final = {"type": "key_result", "id": "k", "title": "K"}


@pytest.mark.parametrize(
    "data",
    [
        {"objectives": [{"id": "a"}]},
        {"objectives": [{"id": "a", "title": "A", "woner": "Ana"}]},
        {"objectives": [{"id": "a", "title": 5}]},
        {"objectives": [{"id": "a", "title": "A", "ambition": "bold"}]},
        {"objectives": [{"id": "a", "title": "A", "key_results": [{"id": "k", "title": "K"}]}]},
        {"objectives": [{"id": "a", "title": "A", "key_results": [KR]}]},
        {
            "objectives": [
                {"id": "a", "title": "A", "key_results": [KR | {"measure": {"type": "x"}}]}
            ]
        },
        {
            "objectives": [
                {
                    "id": "a",
                    "title": "A",
                    "key_results": [KR | {"measure": {"type": "reach", "target": "10"}}],
                }
            ]
        },
        {
            "objectives": [
                {
                    "id": "a",
                    "title": "A",
                    "key_results": [
                        KR | {"measure": {"type": "anchors", "anchors": [[1, 2, 3], [2, 3]]}}
                    ],
                }
            ]
        },
    ],
    ids=[
        "a field is missing",
        "a field is unknown",
        "a number for a text",
        "a word that is none",
        "a member of a union without its type",
        "a record without its measure",
        "an unknown type",
        "a text for a number",
        "three for a pair",
    ],
)
def test_it_refuses_what_load_refuses(data: Any) -> None:
    document = {"okrcore": 1, "kind": "plan", "data": data}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(codec.json_schema()).validate(document)
    with pytest.raises(okr.DecodeError):
        codec.load(document)


if __name__ == "__main__":
    FILE.write_text(text_of(codec.json_schema()), encoding="utf-8")
