"""Static files with their content's hash in the name, kept by browsers for good."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Hashes what our ES modules import too: otherwise a new page could run with yesterday's module.

    Only ours, in static/js: packages bring modules with imports that no file answers.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _all_scripts, imports = self._js_module_import_aggregation_patterns
        # On the object: the class is shared with other storages.
        self.patterns = (*self.patterns, ("js/*.js", imports))  # type: ignore[has-type]
        super().__init__(*args, **kwargs)
