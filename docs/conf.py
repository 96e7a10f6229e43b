"""How the documentation is built: `sphinx-build -n -W docs docs/_build/html`. It needs no network."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE / "_tools")]
# The kernel of a notebook is another process, and looks there.
os.environ["PYTHONPATH"] = str(HERE.parent / "src")

project = "okrcore"
author = "The okrcore developers"
copyright = "the okrcore developers"
release = version = (
    (HERE.parent / "pyproject.toml").read_text().split('version = "')[1].split('"')[0]
)

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "reference"]
exclude_patterns = ["_build", "_tools", "examples"]
default_role = "py:obj"
nitpicky = True
nitpick_ignore_regex = [
    ("py:obj", ".*"),  # in docstrings, code that names nothing: `baseline=None`
    (
        "py:class",
        "Any|SupportsFloat|[A-Z]?[a-z]*(date|datetime)|Callable|Iterable|Iterator|Mapping",
    ),
    (
        "py:class",
        "Attribute|Band|Dated|DeclaredStatus|Figure|Grouping|Input|Joiner|JudgedScore|Kind|Limit|PartMeasure|Step|StepResult|StepRule|Strategy|Unknown|Value|YearEnd|Zone|_Step|_T",
    ),  # said where they are used
]

# --- the look ------------------------------------------------------------------------------------

html_theme = "furo"
html_title = "okrcore"
html_static_path = ["_static"]
html_css_files = ["okrcore.css"]
html_copy_source = False
html_show_sphinx = False
pygments_style = "friendly"

# --- Markdown and notebooks ----------------------------------------------------------------------

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 60
nb_ipywidgets_js: dict[str, Any] = {}  # they would be loaded from elsewhere
nb_mime_priority_overrides = [("html", "text/html", 10)]

# --- the reference, from docstrings --------------------------------------------------------------

autodoc_default_options = {"members": True, "member-order": "bysource", "no-value": True}
autodoc_typehints = "none"  # see _tools/reference.py
napoleon_google_docstring = True
napoleon_numpy_docstring = False
python_display_short_literal_types = True
add_module_names = False
