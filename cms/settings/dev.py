"""Editing the code: pages reload, errors show themselves, files are served as they lie."""

from cms.settings.base import *  # noqa: F403

DEBUG = True
SECRET_KEY = "for-development-only"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]
SEARCH_WORKER = MAIL_WORKER = True
