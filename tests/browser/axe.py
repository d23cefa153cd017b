"""axe-core in a page, through the debugger: a strict Content-Security-Policy lets nothing in by other ways."""

import json
from functools import cache
from pathlib import Path

from playwright.sync_api import CDPSession, Page

SCRIPT = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


@cache
def script() -> str:
    return SCRIPT.read_text(encoding="utf-8")


class Axe:
    """Looks at one page as often as asked; the script goes in once."""

    def __init__(self, page: Page) -> None:
        page.wait_for_load_state()
        self.session: CDPSession = page.context.new_cdp_session(page)
        self._evaluate(script())

    def findings(self) -> list[str]:
        """A line for each rule that is broken, with its first place. Empty is good."""
        options = json.dumps({"runOnly": RULES, "resultTypes": ["violations"]})
        violations = json.loads(self._evaluate(f"axe.run(document, {options}).then(found => JSON.stringify(found.violations))"))
        return [f"{each['id']} ({len(each['nodes'])}): {each['help']}: {each['nodes'][0]['target'][0]}" for each in violations]

    def _evaluate(self, expression: str) -> str:
        answer = self.session.send("Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True})
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value", "")
