"""Production, with a bare page beside it and a header that counts SQL queries. Only benchmarks use this."""

from cms.settings.production import *  # noqa: F403
from cms.settings.production import MIDDLEWARE, STORAGES

ROOT_URLCONF = "scripts.bench.urls"
MIDDLEWARE = ["scripts.bench.middleware.count_queries", *MIDDLEWARE]
# The index holds listings that the database does not have: nobody may put that right during a run.
SEARCH_WORKER = False
# The names of static files are those of production; compressing the files themselves takes longer than a short run, and nobody asks for
# them here.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}
