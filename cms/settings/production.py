"""Serving families. Refuses to start when something is missing, and names it."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from cms.settings.base import *  # noqa: F403
from cms.settings.base import MEDIA_ROOT, env

NEEDED = {
    "SECRET_KEY": "a long random text, for example from `openssl rand -base64 48`",
    "ALLOWED_HOSTS": "the site's names, separated by commas: familien.example.org",
    "BASE_URL": "the address of the site: https://familien.example.org",
    "EMAIL_URL": "the mail server: smtp+tls://user:password@mail.example.org:587",
}
missing = [f"{name} ({why})" for name, why in NEEDED.items() if not env(name, default="").strip()]
if missing:
    raise ImproperlyConfigured("The environment does not set: " + "; ".join(missing) + ". See docs/operations.md.")

DEBUG = False
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
BASE_URL = env("BASE_URL").rstrip("/")
WAGTAILADMIN_BASE_URL = BASE_URL
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[BASE_URL] if BASE_URL.startswith("https:") else [])
SEARCH_WORKER = MAIL_WORKER = True

LOCAL = urlsplit(BASE_URL).scheme == "http" and urlsplit(BASE_URL).hostname in ("127.0.0.1", "localhost", "::1")
if BASE_URL.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # Behind a proxy that ends TLS, the visitor's address is the last one it has written into X-Forwarded-For.
    ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1)
elif not LOCAL:
    raise ImproperlyConfigured(f"BASE_URL is {BASE_URL}: outside of this machine it must begin with https://.")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": MEDIA_ROOT}},
    "staticfiles": {"BACKEND": "cms.storage.HashedStorage"},
}
TEMPLATES[0]["APP_DIRS"] = False  # noqa: F405
TEMPLATES[0]["OPTIONS"]["loaders"] = [  # type: ignore[index]  # noqa: F405
    (
        "django.template.loaders.cached.Loader",
        ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
    )
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}

if dsn := env("SENTRY_DSN", default=""):
    import sentry_sdk

    sentry_sdk.init(dsn=dsn, send_default_pii=False)
