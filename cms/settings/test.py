"""Tests: nothing is hashed or compressed, nothing leaves the machine, the index lies in a folder of the test run."""

import tempfile
from pathlib import Path

from cms.settings.base import *  # noqa: F403

SECRET_KEY = "for-tests-only"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Tests of meaning turn it on; the others need no model.
SEARCH_SEMANTICS = "off"
SEARCH_URL = f"embedded:///{Path(tempfile.mkdtemp(prefix='search-')) / 'index'}"
WHITENOISE_AUTOREFRESH = True
# No question to the database that comes once a second: counted queries are the same in every run.
PLACES_CHECK_SECONDS = 3600.0
# Tests of accounts turn it on; the others sign people in without any factor.
SECOND_FACTOR_REQUIRED = False
