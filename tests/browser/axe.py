"""Accessibility as axe-core finds it, by the rules of WCAG 2.2 AA."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
ALL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
RUN = """async runOnly => {
    const result = await axe.run(document, {runOnly, resultTypes: ["violations"]});
    const advice = node => node.failureSummary.split("\\n").slice(1).join(" ").trim();
    return result.violations.flatMap(
        found => found.nodes.map(node => `${found.id}: ${node.target.join(" ")}: ${advice(node)}`));
}"""


@cache
def _source() -> str:
    return SOURCE.read_text()


def violations(page: Page, rules: Mapping[str, Any] = ALL) -> list[str]:
    """What breaks a rule on the page as it is shown now: the rule, the element, and what to do."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_source())
    found: list[str] = page.evaluate(RUN, rules)
    return found
