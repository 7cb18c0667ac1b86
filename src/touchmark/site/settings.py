"""
All settings, in one file, from the environment only.

Without any variable the site runs on SQLite under ``var/``, to be tried on one's own machine: it makes its own
secret key in ``var/`` and refuses to answer for any host but this one. ``touchmark doctor`` says what is configured.
"""

import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from pythonjsonlogger.core import RESERVED_ATTRS

from touchmark.site import env

VAR = Path(env.text("TOUCHMARK_VAR", "var")).resolve()
VAR.mkdir(parents=True, exist_ok=True)


def _own_secret(name: str) -> str:
    """Give this installation's own secret, made at first use and kept from other users of the machine."""
    path = VAR / name
    if not path.exists():
        with path.open("x", encoding="utf-8") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="utf-8")


def _database(url: str) -> dict[str, Any]:
    """
    Give the database's settings.

    On SQLite every transaction takes the write lock at its start (IMMEDIATE), so that a read that leads to a write
    cannot be overtaken; WAL lets readers go on meanwhile. Connections are kept: to open one costs a millisecond.
    PostgreSQL compiles no query: what is asked here runs for less than compiling it takes.
    """
    found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60))
    if found["ENGINE"] == "django.db.backends.sqlite3":
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        found.setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
    return found


PUBLIC_URL = env.text("TOUCHMARK_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
SECRET_KEY = env.text("TOUCHMARK_SECRET_KEY", "") or _own_secret("secret.key")
#: Keys from before, while something is still sealed or signed under them: ``touchmark reseal``.
SECRET_KEY_FALLBACKS = env.words("TOUCHMARK_SECRET_KEY_FALLBACKS")
DEBUG = False
ALLOWED_HOSTS = env.words("TOUCHMARK_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
DATABASES = {"default": _database(env.text("TOUCHMARK_DATABASE_URL", f"sqlite:///{VAR}/touchmark.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "touchmark.apps.audit",
    "touchmark.apps.outbox",
    "touchmark.apps.accounts",
    "touchmark.apps.hooks",
    "touchmark.apps.inbox",
    "touchmark.apps.blobs",
    "touchmark.apps.deadlines",
    "touchmark.apps.registry",
    "touchmark.apps.catalog",
    "touchmark.apps.rules",
    "touchmark.apps.clients",
    "touchmark.apps.screening",
    "touchmark.apps.flaggers",
    "touchmark.apps.mandates",
    "touchmark.apps.orders",
    "touchmark.apps.notices",
    "touchmark.apps.decisions",
    "touchmark.apps.counters",
    "touchmark.apps.examinations",
    "touchmark.apps.tiers",
    "touchmark.apps.penalties",
    "touchmark.apps.traders",
    "touchmark.apps.gates",
    "touchmark.apps.appeals",
    "touchmark.apps.disputes",
    "touchmark.apps.buyers",
    "touchmark.apps.safety",
    "touchmark.apps.desk",
    "touchmark.apps.reports",
    "touchmark.web",
]

MIDDLEWARE = [
    "touchmark.web.health.requests.CountRequests",
    "touchmark.api.frame.Frame",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "touchmark.web.plain.PlainAddresses",
    "touchmark.web.guard.SecondFactorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "touchmark.web.ui.context.page",
            ],
        },
    },
]

ROOT_URLCONF = "touchmark.site.urls"
WSGI_APPLICATION = "touchmark.site.wsgi.application"
TOUCHMARK_WIRING = "touchmark.site.wiring"

# Who somebody is
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "touchmark.web.people.adapter.ClosedSignup"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proved by the invitation that was sent to it
ACCOUNT_LOGOUT_ON_GET = False
SOCIALACCOUNT_ADAPTER = "touchmark.web.people.sign_on.OwnSignOn"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Touchmark"
MFA_ADAPTER = "touchmark.web.people.sealed.SealedFactors"
#: Whether rights holders may make an account by themselves, and the address of the installation's own terms for them.
TOUCHMARK_SIGN_UP = env.flag("TOUCHMARK_SIGN_UP", default=False)
TOUCHMARK_TERMS = env.text("TOUCHMARK_TERMS", "")
PASSWORD_RESET_TIMEOUT = 60 * 60
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.text("TOUCHMARK_PROXIES", "0"))  # how many of our own stand in front

# What the browser may do with our pages
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = False  # TLS ends at the proxy in front
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 60 * 60

# Words and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# What several processes count together: rate limits, codes used once
CACHES = {"default": {"BACKEND": "touchmark.site.cache.Counts", "LOCATION": VAR / "cache"}}

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
#: A folder, or a bucket as ``s3://name/prefix`` with its account; blank in the account: what ``AWS_…`` says.
BLOBS: Path | str = env.text("TOUCHMARK_BLOBS", "") or VAR / "blobs"
TOUCHMARK_BLOBS_ACCOUNT = {
    "endpoint": env.text("TOUCHMARK_BLOBS_ENDPOINT", ""),
    "region": env.text("TOUCHMARK_BLOBS_REGION", ""),
    "key": env.text("TOUCHMARK_BLOBS_KEY", ""),
    "secret": env.text("TOUCHMARK_BLOBS_SECRET", ""),
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 24 * 2**20  # a picture of 16 MB in Base64, and words
FILE_UPLOAD_HANDLERS = [
    "touchmark.web.media.upload.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
SNAPSHOTS = VAR / "snapshots"
SHARDS = VAR / "shards"

# Letters and messages
EMAIL_BACKEND = "django.core.mail.backends.{}.EmailBackend".format(env.text("TOUCHMARK_EMAIL", "filebased"))
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = env.text("TOUCHMARK_EMAIL_HOST", "localhost")
EMAIL_PORT = int(env.text("TOUCHMARK_EMAIL_PORT", "25"))
EMAIL_HOST_USER = env.text("TOUCHMARK_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("TOUCHMARK_EMAIL_PASSWORD", "")
#: STARTTLS, or TLS from the first byte on (port 465 as a rule).
_EMAIL_TLS = env.choice("TOUCHMARK_EMAIL_TLS", "no", "starttls", "yes")
EMAIL_USE_TLS, EMAIL_USE_SSL = _EMAIL_TLS == "starttls", _EMAIL_TLS == "yes"
DEFAULT_FROM_EMAIL = env.text("TOUCHMARK_FROM", "touchmark@localhost")
TOUCHMARK_RECORD_KEY_FILE = Path(env.text("TOUCHMARK_RECORD_KEY", str(VAR / "record.key")))
#: Weights of the operator's own, a file; blank: those that come along.
TOUCHMARK_MODEL = env.text("TOUCHMARK_MODEL", "")
#: The share of clear listings that are drawn at random to be looked at all the same.
TOUCHMARK_SAMPLE = env.share("TOUCHMARK_SAMPLE", 0.02)
#: The share of reviewers' decisions that are drawn at random for somebody else to look at again, blind.
TOUCHMARK_SECOND_LOOKS = env.share("TOUCHMARK_SECOND_LOOKS", 0.02)
#: The Commission's transparency database, up to ``/api/v1``; blank: no statement is told to it.
TOUCHMARK_TRANSPARENCY_URL = env.text("TOUCHMARK_TRANSPARENCY_URL", "")
TOUCHMARK_TRANSPARENCY_TOKEN = env.text("TOUCHMARK_TRANSPARENCY_TOKEN", "")
#: Whoever reads ``/metrics`` shows it; blank: nobody may.
TOUCHMARK_METRICS_TOKEN = env.text("TOUCHMARK_METRICS_TOKEN", "")
#: How many requests a minute a program may send: in all but screenings, and screenings.
TOUCHMARK_API_RATE = int(env.text("TOUCHMARK_API_RATE", "1200"))
TOUCHMARK_SCREENINGS_RATE = int(env.text("TOUCHMARK_SCREENINGS_RATE", "60000"))
TOUCHMARK_LIMITS = VAR / "limits"
#: When pictures are looked at for parts of registered ones, and when their words are read: docs/files.md.
TOUCHMARK_CLOSER = env.choice("TOUCHMARK_CLOSER", "asked", "never", "always")
TOUCHMARK_READ_PICTURES = env.choice("TOUCHMARK_READ_PICTURES", "asked", "never", "always")
#: Networks of the operator's own where identity providers of organisations may lie.
TOUCHMARK_SIGN_ON_NETWORKS = env.words("TOUCHMARK_SIGN_ON_NETWORKS")
TOUCHMARK_WEBHOOKS_TO_LOOPBACK = env.flag("TOUCHMARK_WEBHOOKS_TO_LOOPBACK", default=False)

#: ``line`` to be read by people, ``json`` to be collected: one object a line.
LOG_FORM = env.text("TOUCHMARK_LOG_FORM", "line")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "reserved_attrs": [*RESERVED_ATTRS, "request"],  # an address may hold what somebody looked for
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORM}},
    "root": {"handlers": ["console"], "level": env.text("TOUCHMARK_LOG", "WARNING")},
}
