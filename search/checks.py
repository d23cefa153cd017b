"""What a setting of the search can break, said before anybody searches."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from search.engines import EXAMPLE, get_engine
from search.vocabulary.files import FILES, FOLDER


@register(Tags.compatibility)
def search_url_names_an_engine(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    try:
        get_engine()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint=f"For example SEARCH_URL={EXAMPLE}", id="search.E001")]
    return []


@register(Tags.compatibility)
def vocabulary_is_there(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    missing = [name for name in FILES if not (FOLDER / name).is_file()]
    hint = f"They belong into {FOLDER}. Was the app installed without its data files?"
    return [Error(f"The vocabulary of the search lacks {', '.join(missing)}.", hint=hint, id="search.E002")] if missing else []
