"""What all environments share. Everything that differs comes from the environment or from the module that imports this."""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
STATE_DIR = Path(env("STATE_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "search",
    "people",
    "news",
    "offers",
    "home",
    "places",
    "cms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "leaflet",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.middleware.ReadablePathMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.middleware.PrivatePathMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.accounts.middleware.IdleSessionMiddleware",
    "people.accounts.middleware.SecondFactorMiddleware",
    "people.guard.AdminGuardMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "cms.context_processors.csp_nonce",
            ],
        },
    },
]

# Database

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{STATE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Readers go on while somebody publishes; writers wait for each other instead of failing.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
else:
    DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": env.cache("CACHE_URL", default="locmemcache://"),
    # Failed sign-ins and used codes count in all processes and on all machines (docs/accounts.md).
    "limits": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "sign_in_limits", "OPTIONS": {"MAX_ENTRIES": 100_000}},
}

# Search: the settings that pick the engine and what understands questions

SEARCH_URL = env("SEARCH_URL", default=f"embedded:///{STATE_DIR / 'index'}")
# What understands questions beside their words: "bundled", "off", or a folder with an ONNX model (docs/search.md).
SEARCH_SEMANTICS = env("SEARCH_SEMANTICS", default="bundled")
# Whether this process follows the outbox in the background; management commands and tests drain it themselves.
SEARCH_WORKER = False

# People and language

AUTH_USER_MODEL = "cms.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "people.accounts.adapters.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# amount/window/of whom; ip: the visitor's address, key: the e-mail address, user: the account (docs/accounts.md)
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/h/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "manage_email": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
MFA_ADAPTER = "people.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": "10/m/ip"}
MFA_FORMS = {
    "activate_totp": "people.accounts.forms.AppForm",
    "authenticate": "people.accounts.forms.SignInCodeForm",
    "reauthenticate": "people.accounts.forms.ConfirmCodeForm",
    "add_webauthn": "people.accounts.forms.PasskeyForm",
    "edit_webauthn": "people.accounts.forms.RenamePasskeyForm",
}
# Whose role asks for it comes into the admin with a second factor only. Never from the environment.
SECOND_FACTOR_REQUIRED = True
# Hours without use after which a session ends; the second for those whose role asks for a second factor.
SESSION_HOURS, SESSION_HOURS_SECOND_FACTOR = 12, 8
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
ACCOUNT_SESSION_REMEMBER = True
LOG_KEEP_DAYS = env.int("LOG_KEEP_DAYS", default=365)
# What families report: days until the district is asked where a Kita is silent, and days a settled report is kept (docs/reports.md).
REPORT_ANSWER_DAYS = env.int("REPORT_ANSWER_DAYS", default=7)
REPORT_KEEP_DAYS = env.int("REPORT_KEEP_DAYS", default=180)
# Days for which it is known when a Kita was asked whether its offers still hold, and at which address (docs/freshness.md).
CONFIRMATION_MAIL_KEEP_DAYS = env.int("CONFIRMATION_MAIL_KEEP_DAYS", default=365)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/admin/"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("Deutsch"))]
TIME_ZONE = "Europe/Berlin"
# Of one there is nothing to choose, and the account page does not ask.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]

# The state whose public holidays count, as the library `holidays` names it.
HOLIDAYS_COUNTRY, HOLIDAYS_STATE = "DE", env("HOLIDAYS_STATE", default="RP")
# The folder with the district's places, boundaries and postcodes; see docs/another-district.md.
PLACES_FOLDER = Path(env("PLACES_FOLDER", default=str(BASE_DIR / "places" / "data")))
# A process looks this often whether another one has changed a place; with the building, it knows within a second.
PLACES_CHECK_SECONDS = 0.5

# Files

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "build" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env("MEDIA_ROOT", default=str(STATE_DIR / "media"))
# What one upload may hold at most; of a longer one, no more than this is taken off the line (docs/pictures.md).
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "cms.uploads.CutTooLong",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
WAGTAILIMAGES_IMAGE_MODEL = "cms.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.upload_forms.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "webp", "jpeg": "webp", "png": "webp"}
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "txt"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.upload_forms.DocumentForm"

# Map

MAP_TILES_URL = env("MAP_TILES_URL", default="")
# A geocoder that answers as Nominatim does, asked by the server when an editor wants the point of an address.
GEOCODER_URL = env("GEOCODER_URL", default="")
LEAFLET_CONFIG = {
    "TILES": [],  # the library's default is another host
    "RESET_VIEW": False,
    "MAX_ZOOM": 17,
    "MIN_ZOOM": 8,
    "NO_GLOBALS": True,
}

# Wagtail

WAGTAIL_SITE_NAME = "Familien im Rhein-Lahn-Kreis"
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{WAGTAIL_SITE_NAME}: "
MFA_TOTP_ISSUER = WAGTAIL_SITE_NAME
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAILADMIN_NOTIFICATION_USE_HTML = True
# Who answers for listings is asked to approve them; administrators are not.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
# A new password comes from /konto/, like signing in.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_COMMENTS_ENABLED = True
# An offer's form holds its dates, exceptions and long lists.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# What the browser may load: ours alone. Wagtail's admin needs more and gets it in PrivatePathMiddleware.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
if MAP_TILES_URL:
    from urllib.parse import urlsplit

    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(f"https://{urlsplit(MAP_TILES_URL).netloc.replace('{s}', '*')}")

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True

# Mail: all of it waits in the database; MAIL_TRANSPORT is what carries it on (docs/operations.md)

# Set to nothing is the same as not set: production then says what it needs, and not this line.
EMAIL_CONFIG = env.email_url_config(env("EMAIL_URL", default="").strip() or f"filemail://{STATE_DIR / 'mails'}")
vars().update(EMAIL_CONFIG)
# Of a demonstration's mails, one wants to read more than a log.
IN_FOLDER = EMAIL_CONFIG["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend"
MAIL_TRANSPORT = "cms.mail.folder.FolderBackend" if IN_FOLDER else EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_BACKEND = "cms.mail.backend.QueueBackend"
# The library leaves out the slash with which a path begins.
EMAIL_FILE_PATH = f"/{EMAIL_CONFIG['EMAIL_FILE_PATH']}"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env("FROM_EMAIL", default="familien@example.org")
# Whether this process sends in the background; management commands and tests do not.
MAIL_WORKER = False
# How long the contents of a sent mail stay, and how long that it was sent.
MAIL_KEEP_DAYS, MAIL_LOG_DAYS = 7, 90
