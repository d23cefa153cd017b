"""Imports run one way, as the table of the design says."""

import grimp
import pytest

# Each app, and what it may import. cms/urls.py and cms/wsgi.py put the site together and may import all.
MAY_IMPORT = {
    "cms": set(),
    "places": {"cms"},
    "home": {"cms", "places"},
    "offers": {"cms", "places"},
    "news": {"cms", "offers"},
    "surveys": {"cms", "places"},
    "people": {"cms", "places", "home", "offers", "news"},
    "search": {"cms", "places", "offers", "news", "people"},
}
ASSEMBLY = {"cms.urls"}
APPS = [app for app in MAY_IMPORT if app != "surveys"]


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(*APPS, include_external_packages=False, cache_dir=None)


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_only_what_the_table_allows(app, graph):
    forbidden = []
    for module in {app} | graph.find_descendants(app):
        for imported in graph.find_modules_directly_imported_by(module):
            owner = imported.split(".")[0]
            if owner not in MAY_IMPORT[app] | {app} and module not in ASSEMBLY:
                forbidden.append(f"{module} imports {imported}")
    assert forbidden == []


def test_every_folder_with_code_is_in_the_table():
    from django.apps import apps
    from django.conf import settings

    ours = {
        config.name
        for config in apps.get_app_configs()
        if str(config.path).startswith(str(settings.BASE_DIR)) and ".venv" not in config.path
    }
    assert ours <= set(MAY_IMPORT)
