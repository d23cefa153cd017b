#!/usr/bin/env python3
"""Make build/static/vendor/ from the npm packages that package-lock.json names: style sheet, type, icons.

usage: scripts/build_assets.py          (after `npm ci`)

Writes kern.css (the design system and the type, one request), fonts/*.woff2, icons.svg and the packages' licences. The output
depends on nothing but the packages, static/icons.txt and offers/data/topics.csv, so that a second run changes no byte and no
hashed file name.
"""

import csv
import difflib
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
PACKAGES = BASE_DIR / "node_modules"
VENDOR = BASE_DIR / "build" / "static" / "vendor"
ICON_LIST = BASE_DIR / "static" / "icons.txt"
TOPICS = BASE_DIR / "offers" / "data" / "topics.csv"

KERN = PACKAGES / "@kern-ux" / "native"
FIRA = PACKAGES / "@fontsource" / "fira-sans"
LUCIDE = PACKAGES / "lucide-static"

# Later subsets win where ranges overlap, so the one that nearly every page needs comes last.
SUBSETS = ("cyrillic", "latin-ext", "latin")
WEIGHTS = (400, 600)

FACE = """\
/* {subset} {weight} */
@font-face {{
  font-family: "Fira Sans";
  font-style: normal;
  font-weight: {weight};
  font-display: swap;
  src: url("fonts/{file}") format("woff2");
  unicode-range: {ranges};
}}
"""

# Arial stretched to Fira's measure, so that no line moves when the real type arrives. size-adjust is the width of a German page
# set in Fira Sans over the same in Arial, for 600 in Arial Bold (measured in Chromium); ascent and descent are Fira's hhea
# table (935 and 265 of 1000 units) divided by it, because the browser multiplies them again.
FALLBACK_FACE = """\
@font-face {{
  font-family: "Fira Sans Fallback";
  font-style: normal;
  font-weight: {weight};
  src: {local};
  size-adjust: {size:.2%};
  ascent-override: {ascent:.2%};
  descent-override: {descent:.2%};
  line-gap-override: 0%;
}}
"""
FALLBACKS = (
    (400, 1.008, ("Arial", "ArialMT", "Liberation Sans")),
    (600, 0.943, ("Arial Bold", "Arial-BoldMT", "Liberation Sans Bold")),
)
FIRA_ASCENT, FIRA_DESCENT = 0.935, 0.265


class BuildError(Exception):
    """A build that cannot go on; the text says what to do."""


def write(target: Path, content: str | bytes) -> None:
    """Write only what changed, so that a time stamp says when the content did."""
    data = content.encode() if isinstance(content, str) else content
    if not target.exists() or target.read_bytes() != data:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def kern() -> str:
    """The design system in a cascade layer of its own, so that a plain rule of ours wins. Its fonts stay behind, ours come from fonts().

    What it draws by data: URIs is allowed by the site's policy. A file it would load from elsewhere would be missing, so the
    build stops when an update brings one.
    """
    css = (KERN / "dist" / "kern.min.css").read_text(encoding="utf-8")
    if "@font-face" in css or "@import" in css:
        raise BuildError("kern.min.css now brings @font-face or @import: leave them out here, fonts() brings ours.")
    foreign = [url for url in re.findall(r"url\(\s*[\"']?([^\"')]*)", css) if not url.startswith(("data:", "#"))]
    if foreign:
        raise BuildError(f"kern.min.css now loads other files: {', '.join(sorted(set(foreign))[:3])}. Copy them here or leave them out.")
    return "@layer kern{" + css.removeprefix('@charset "UTF-8";').lstrip("\ufeff") + "}\n"


def unicode_ranges() -> dict[str, str]:
    """Subset of Fira Sans to its unicode-range, as the package states it."""
    ranges = (FIRA / "unicode.json").read_text(encoding="utf-8")
    return dict(re.findall(r'"([a-z-]+)": "(U\+[^"]+)"', ranges))


def fonts() -> str:
    """Copy the subsets in use; answers their @font-face rules and that of "Fira Sans Fallback"."""
    ranges, faces, files = unicode_ranges(), [], set()
    for weight in WEIGHTS:
        for subset in SUBSETS:
            file = f"fira-sans-{subset}-{weight}-normal.woff2"
            write(VENDOR / "fonts" / file, (FIRA / "files" / file).read_bytes())
            files.add(file)
            faces.append(FACE.format(subset=subset, weight=weight, file=file, ranges=ranges[subset]))
    for weight, size, names in FALLBACKS:
        local = ", ".join(f'local("{name}")' for name in names)
        faces.append(FALLBACK_FACE.format(weight=weight, local=local, size=size, ascent=FIRA_ASCENT / size, descent=FIRA_DESCENT / size))
    for stale in (VENDOR / "fonts").iterdir():
        if stale.name not in files:
            stale.unlink()
    return "\n".join(faces)


def icons_listed() -> Iterator[tuple[str, str, str]]:
    """(symbol, Lucide name, where it is asked for) of each line of static/icons.txt."""
    for number, line in enumerate(ICON_LIST.read_text(encoding="utf-8").splitlines(), 1):
        entry = line.split("#")[0].strip()
        if entry:
            symbol, _, name = entry.partition("=")
            yield symbol, name or symbol, f"{ICON_LIST.relative_to(BASE_DIR)}, line {number}"


def icons_of_topics() -> Iterator[tuple[str, str, str]]:
    """The same for the column "icon" of the topics, where there is such a file."""
    if not TOPICS.exists():
        return
    with TOPICS.open(encoding="utf-8", newline="") as file:
        heading = file.readline()
        columns = next(csv.reader([heading], delimiter=";" if ";" in heading else ","))
        rows = csv.DictReader(file, fieldnames=columns, delimiter=";" if ";" in heading else ",")
        for number, row in enumerate(rows, 2):
            if name := (row.get("icon") or "").strip():
                yield name, name, f"{TOPICS.relative_to(BASE_DIR)}, line {number}"


def symbol(name: str, lucide: str, source: str) -> str:
    """One <symbol> of an icon; its stroke is the text's colour. Raises BuildError for an icon that Lucide does not have."""
    file = LUCIDE / "icons" / f"{lucide}.svg"
    if not file.exists():
        known = [path.stem for path in (LUCIDE / "icons").glob("*.svg")]
        near = difflib.get_close_matches(lucide, known, n=3)
        hint = f" Similar: {', '.join(near)}." if near else ""
        raise BuildError(f'{source}: Lucide has no icon "{lucide}".{hint} See https://lucide.dev/icons for all.')
    drawing = re.search(r"<svg[^>]*>(.*)</svg>", file.read_text(encoding="utf-8"), re.DOTALL)
    if drawing is None:
        raise BuildError(f"{file.relative_to(BASE_DIR)} is not the SVG that this script reads.")
    shapes = re.sub(r"\s*\n\s*", "", drawing[1]).replace(" />", "/>")
    stroke = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return f'<symbol id="icon-{name}" viewBox="0 0 24 24" {stroke}>{shapes}</symbol>'


def build_icons(wanted: Iterable[tuple[str, str, str]]) -> int:
    """Write the sprite, sorted by name; answers how many symbols it has."""
    symbols: dict[str, str] = {}
    for name, lucide, source in wanted:
        symbols.setdefault(name, symbol(name, lucide, source))
    lines = [symbols[name] for name in sorted(symbols)]
    licence = "<!-- Lucide, ISC licence, see licences/lucide-static.txt -->"
    write(VENDOR / "icons.svg", "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', licence, *lines, "</svg>"]) + "\n")
    return len(lines)


def build_licences() -> None:
    """Put the licences beside the files: Fira's and Lucide's ask for it."""
    for package, name in ((KERN, "LICENSE.md"), (FIRA, "LICENSE"), (LUCIDE, "LICENSE")):
        write(VENDOR / "licences" / f"{package.name}.txt", (package / name).read_bytes())


def main() -> int:
    missing = [str(package.relative_to(PACKAGES)) for package in (KERN, FIRA, LUCIDE) if not package.is_dir()]
    if missing:
        print(f"build_assets: {', '.join(missing)} not installed. Run `npm ci` first.", file=sys.stderr)
        return 1
    try:
        write(VENDOR / "kern.css", fonts() + kern())
        count = build_icons([*icons_listed(), *icons_of_topics()])
        build_licences()
    except BuildError as error:
        print(f"build_assets: {error}", file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in VENDOR.rglob("*") if path.is_file())
    files = len(SUBSETS) * len(WEIGHTS)
    print(f"build_assets: {count} icons, {files} font files, {size // 1000} kB in {VENDOR.relative_to(BASE_DIR)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
