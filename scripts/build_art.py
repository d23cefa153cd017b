#!/usr/bin/env python3
"""Make static/art/ from the drawings in scripts/art/: one palette for all, day and night, and the valley in four seasons.

usage: scripts/build_art.py [--pictures]

A drawing has an empty <style/>, which gets the colours of the classes that it uses. In the valley an element with season="winter"
(or several, by spaces) stays in those seasons only. What is written is committed: a machine that runs the site need not draw.
--pictures also takes the PNGs for other sites and for phones; it needs Chromium, and the fonts of scripts/build_assets.py.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

BASE_DIR = Path(__file__).resolve().parent.parent
SOURCE = BASE_DIR / "scripts" / "art"
TARGET = BASE_DIR / "static" / "art"

# A line has one weight in every drawing. "arm" is a limb: a shape that is drawn as a stroke.
LINES = ("tim", "line", "lines", "line3", "pen", "pen0", "face", "row", "rip", "row2", "stem", "bare")
PICTURES = {"og.png": ("og.html", 1200, 630), "apple-touch-icon.png": ("icon.html", 180, 180), "icon-512.png": ("icon.html", 512, 512)}
DOTS = {"star": 5, "dots": 7, "poppy": 10}
LIMBS = {"arm": 9, "arm12": 12}


def rule(name: str, valley: bool) -> str:
    """What a class looks like; the same word names the class and its colour."""
    if name in LIMBS:
        return f".{name}{{fill:none;stroke-width:{6 if valley else LIMBS[name]};stroke-linecap:round;stroke-linejoin:round}}"
    if name in LINES or name in DOTS:
        width = 1.8 if name == "face" else DOTS.get(name, 2.5)
        return f".{name}{{fill:none;stroke:var(--{name});stroke-width:{width};stroke-linecap:round;stroke-linejoin:round}}"
    if name.startswith("s-"):
        return f".{name}{{stroke:var(--{name[2:]})}}"
    if name == "cut":
        return ".cut{stroke:var(--cut);stroke-opacity:.4;stroke-width:2.5}"
    return ".sky{stop-color:var(--sky)}" if name == "sky" else f".{name}{{fill:var(--{name})}}"


def style(classes: set[str], day: dict[str, str], night: dict[str, str]) -> str:
    """The style sheet for these classes; the night's colours stand behind a media query."""
    colours = sorted({name.removeprefix("s-") for name in classes} - LIMBS.keys())
    if unknown := [name for name in colours if name not in day or name not in night]:
        raise SystemExit(f"build_art: no colour for {', '.join(unknown)}. Add it to day and night in scripts/art/palette.json.")

    def table(values: dict[str, str]) -> str:
        return ":root{" + ";".join(f"--{name}:{values[name]}" for name in colours) + "}"

    rules = "".join(rule(name, "h1" in classes) for name in sorted(classes, key=lambda name: (name.startswith("s-"), name)))
    return f"{table(day)}@media(prefers-color-scheme:dark){{{table(night)}}}{rules}"


def drop_other_seasons(element: ElementTree.Element, name: str) -> None:
    """Remove what belongs to other seasons, and the attribute that said so."""
    for child in list(element):
        if name in child.attrib.pop("season", name).split():
            drop_other_seasons(child, name)
        else:
            element.remove(child)


def drawing(path: Path, season: str, day: dict[str, str], night: dict[str, str]) -> str:
    """The finished drawing, without comments and line breaks."""
    root = ElementTree.parse(path).getroot()
    drop_other_seasons(root, season)
    classes = {name for element in root.iter() for name in element.get("class", "").split()}
    if classes:
        root[0].text = style(classes, day, night)
    return re.sub(r">\s+<", "><", ElementTree.tostring(root, "unicode")).replace(" />", "/>").strip() + "\n"


def write(target: Path, content: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content, encoding="utf-8")


def take_pictures() -> None:
    """Photograph the pages that stand beside the drawings."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("build_art: --pictures needs Chromium. Install it, or leave the option out: the PNGs are committed.")
    still = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
    ]
    for name, (page, width, height) in PICTURES.items():
        size, target = f"--window-size={width},{height}", f"--screenshot={TARGET / name}"
        address = (SOURCE / page).as_uri()
        subprocess.run([chromium, *still, size, target, "--virtual-time-budget=3000", address], check=True, capture_output=True)


def main() -> int:
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    palette = json.loads((SOURCE / "palette.json").read_text(encoding="utf-8"))
    day, night = palette["day"], palette["night"]
    for path in sorted(SOURCE.rglob("*.svg")):
        place = path.relative_to(SOURCE)
        if place.name == "valley.svg":
            for season, own in palette["seasons"].items():
                write(TARGET / f"valley-{season}.svg", drawing(path, season, day | own["day"], night | own["night"]))
        else:
            write(TARGET / place, drawing(path, "summer", day, night))
    if "--pictures" in sys.argv[1:]:
        take_pictures()
    return 0


if __name__ == "__main__":
    sys.exit(main())
