"""The topics that come with the app."""

import csv
from pathlib import Path

from offers.models import Topic

FILE = Path(__file__).resolve().parent.parent / "data" / "topics.csv"


def load_topics() -> int:
    """Create the topics that are missing; how many there were. What staff have changed stays."""
    known = set(Topic.objects.values_list("slug", flat=True))
    with FILE.open(encoding="utf-8", newline="") as file:
        missing = [row for row in csv.DictReader(file, delimiter=";") if row["slug"] not in known]
    for row in missing:
        Topic.objects.create(**{**row, "featured": int(row["featured"]) if row["featured"] else None})
    return len(missing)
