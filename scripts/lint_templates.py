"""Rules of the house for templates and style sheets, checked by `make lint`. Prints file, line and remedy; exit 1 on any."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

RULES = [
    (re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)"), "inline script: move it to static/js/"),
    (re.compile(r"<style\b"), "inline style: move it to static/css/"),
    (re.compile(r"\sstyle="), "style attribute: give the element a class"),
    (re.compile(r"\son[a-z]+="), "inline handler: use a data- attribute and a module in static/js/"),
    (re.compile(r"<script(?=[^>]*\bsrc=)(?![^>]*nonce)"), "script without nonce"),
    (re.compile(r"""(?:src|href)=["'](?:https?:)?//"""), "address of another host"),
    (re.compile(r"<img(?![^>]*\balt=)"), "picture without alternative text"),
]
MAILS = (ROOT / "templates" / "mail", ROOT / "templates" / "wagtailadmin" / "notifications")
STYLE_RULES = [
    (re.compile(r"url\(\s*['\"]?(?:https?:)?//"), "address of another host"),
    (re.compile(r"@import"), "import: link the file instead"),
]


def rules_of(path: Path) -> list[tuple[re.Pattern[str], str]]:
    """All rules; a mail has no style sheet, so its styles stand in its elements."""
    return [rule for rule in RULES if "style attribute" not in rule[1]] if path.parent in MAILS else RULES


def main() -> int:
    """Check every template and style sheet of ours."""
    faults = 0
    files = [(path, rules_of(path)) for path in sorted((ROOT / "templates").rglob("*.html"))]
    files += [(path, STYLE_RULES) for path in sorted((ROOT / "static" / "css").rglob("*.css"))]
    for path, rules in files:
        text = path.read_text(encoding="utf-8")
        for pattern, remedy in rules:
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                print(f"{path.relative_to(ROOT)}:{line}: {remedy}")
                faults += 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
