"""What a setting of this app can break."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register("places")
def places_folder(app_configs: Sequence[AppConfig] | None, **_arguments: Any) -> list[CheckMessage]:
    """The folder with the district's places is there, whatever the database holds."""
    folder = Path(settings.PLACES_FOLDER)
    if (folder / "places.csv").is_file():
        return []
    return [
        Error(
            f"PLACES_FOLDER is {folder}, and there is no places.csv.",
            hint="Set PLACES_FOLDER to the folder with your district's places; docs/another-district.md says what it holds.",
            id="places.E001",
        )
    ]
