"""Typed text shows as itself: by hand, and through a CommonMark parser with GitHub's extensions."""

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tutor.feedback.markdown import escape_markdown, one_line, quote

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])

ESCAPED = {
    "plain words, as typed.": "plain words, as typed.",
    "<script>alert(1)</script>": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "Q&amp;A": "Q&amp;amp;A",
    "*so* _very_ **sorry**": r"\*so\* \_very\_ \*\*sorry\*\*",
    "[me](http://x.y)": r"\[me\](http\://x.y)",
    "![pic](x)": r"\!\[pic\](x)",
    "`code` ~~gone~~": r"\`code\` \~\~gone\~\~",
    r"back\slash": r"back\\slash",
    "# title": r"\# title",
    "> said": "&gt; said",
    "- item": r"\- item",
    "+ item": r"\+ item",
    "=====": r"\=====",
    "12) twelve": r"12\) twelve",
    "1. one": r"1\. one",
    "a | b": r"a \| b",
    "$x$ :smile:": r"\$x\$ \:smile:",
    "    indented": "indented",
    "a\n    indented": "a\\\n&nbsp;&nbsp;&nbsp;&nbsp;indented",
    "a\tb": "a   b",
    "two\nlines": "two\\\nlines",
    "a\r\n\r\n- b": "a\\\n\\\n\\- b",
    "www.example.org": r"www\.example.org",
    "nul\x00": "nul�",
    "": "",
    " \n ": "",
}


@pytest.mark.parametrize(("text", "escaped"), ESCAPED.items())
def test_escaped(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


def _shown(rendered: str) -> str:
    """The text of the one paragraph that is all there may be."""
    whole = re.fullmatch(r"<p>(.*)</p>\n", rendered, re.DOTALL)
    assert whole, rendered
    text = whole[1].replace("<br />", "")
    assert "<" not in text
    return html.unescape(text).replace("\xa0", " ")


def _as_typed(text: str) -> str:
    lines = [line.rstrip().expandtabs(4) for line in text.strip().splitlines()]
    text = "\n".join(lines).replace("\xa0", " ")
    indent = re.compile(r"^\s+", re.MULTILINE)
    text = indent.sub(lambda found: re.sub(r"[^\S\n]", " ", found[0]), text)
    return re.sub(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]", "�", text)


MARKUP = st.text(alphabet="*_`#[]()!<>&|~-+=.:;@\\$\"'{}/ \n\t1a", max_size=60)


@given(st.one_of(MARKUP, st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)))
@example("a\n===\nb")
@example("a | b\n--- | ---\nc | d")
@example("[a]: /b\n[a]")
@example("&#42;a&#42;")
@example("a\n\n\n```\nb")
@example("1a:@ <!-- -->")
def test_a_parser_shows_what_was_typed(text: str) -> None:
    escaped = escape_markdown(text)
    if not escaped:
        assert not text.strip()
        return
    assert _shown(MARKDOWN.render(escaped)) == _as_typed(text)


@given(MARKUP)
def test_a_quotation_holds_all_of_it(text: str) -> None:
    rendered = MARKDOWN.render(quote(text) + "\n\nafter")
    assert rendered.startswith("<blockquote>")
    assert rendered.endswith("</blockquote>\n<p>after</p>\n")
    assert rendered.count("<p>") == (2 if text.strip() else 1)


@given(MARKUP)
def test_one_line_is_one_line_and_one_cell(text: str) -> None:
    line = one_line(text)
    assert "\n" not in line
    table = MARKDOWN.render(f"| a | b |\n|---|---|\n| {line} | end |\n")
    cells = re.findall(r"<td>(.*?)</td>", table)
    assert cells[1:] == ["end"]
    assert html.unescape(cells[0]) == " ".join(text.split())
