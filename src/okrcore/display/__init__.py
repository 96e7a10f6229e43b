"""Records as text, Markdown and HTML, for people."""

from okrcore.display.html import agenda_html as agenda_html
from okrcore.display.html import comparison_html as comparison_html
from okrcore.display.html import explanation_html as explanation_html
from okrcore.display.html import rulebooks_html as rulebooks_html
from okrcore.display.html import scorecard_html as scorecard_html
from okrcore.display.markdown import agenda_markdown as agenda_markdown
from okrcore.display.markdown import comparison_markdown as comparison_markdown
from okrcore.display.markdown import explanation_markdown as explanation_markdown
from okrcore.display.markdown import rulebooks_markdown as rulebooks_markdown
from okrcore.display.markdown import scorecard_markdown as scorecard_markdown
from okrcore.display.text import agenda_text as agenda_text
from okrcore.display.text import comparison_text as comparison_text
from okrcore.display.text import explanation_text as explanation_text
from okrcore.display.text import format_shares as format_shares
from okrcore.display.text import rulebooks_text as rulebooks_text
from okrcore.display.text import scorecard_text as scorecard_text
