"""Settings. Everything a deployment may change is an environment variable, documented in docs/reference/settings.md."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from wenhou.base.errors import WenhouError
from wenhou.site import address

HOME = Path(os.environ.get("WENHOU_HOME") or Path.cwd() / ".home").resolve()
WENHOU_LAKE = HOME / "lake"
WENHOU_UPLOADS = HOME / "uploads"
WENHOU_ROOT = Path(__file__).resolve().parents[3]


WENHOU_AS = os.environ.get("WENHOU_AS", "")


def _database() -> dict[str, object]:
    url, role = address.of(WENHOU_AS, HOME)
    parts = urlsplit(url)
    try:
        port = str(parts.port or "")
    except ValueError:
        raise WenhouError("DATABASE_URL写得不对：应为 postgresql://user:password@host:port/name") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": port,
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 300,
        "OPTIONS": {"options": f"-c role={role}"} if role else {},
    }


def _secret_key() -> str:
    told = os.environ.get("WENHOU_SECRET_KEY")
    if told:
        return told
    kept = HOME / "secret_key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(os.urandom(32).hex())
    return kept.read_text()


DEBUG = False
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("WENHOU_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "procrastinate.contrib.django",
    "wenhou.base",
    "wenhou.lake",
    "wenhou.web",
    "wenhou.divisions",
    "wenhou.staff",
    "wenhou.policy",
    "wenhou.exchange",
    "wenhou.registry",
    "wenhou.fieldwork",
    "wenhou.linkage",
    "wenhou.monitoring",
    "wenhou.supervision",
    "wenhou.desk",
    "wenhou.api",
    "wenhou.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wenhou.web.headers.ContentSecurity",
    "wenhou.site.refusals.InOurWords",
    "wenhou.site.limits.ByAddress",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "wenhou.desk.middleware.Reader",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wenhou.site.limits.ByAccount",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "wenhou.desk.middleware.Refusals",
    "wenhou.desk.sessions.Sessions",
]

ROOT_URLCONF = "wenhou.site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["wenhou.web.templatetags.wenhou"],
        },
    }
]

AUTH_USER_MODEL = "staff.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "wenhou.staff.backend.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "wenhou.staff.passwords.SeveralKinds"},
    {"NAME": "wenhou.staff.passwords.UnlikeTheName"},
    {"NAME": "wenhou.staff.passwords.NotOneOfTheLast"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "desk:sign_in"
LOGIN_REDIRECT_URL = "desk:alerts"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "wenhou.site.limits.address"
AXES_LOCKOUT_CALLABLE = "wenhou.desk.views.sign_in.locked_out"
SESSION_ENGINE = "wenhou.staff.sessions"
SESSION_COOKIE_AGE = 8 * 3600
# Whether everybody must prove themselves twice ("required"), or whoever wants to ("offered").
WENHOU_SECOND_FACTOR = os.environ.get("WENHOU_SECOND_FACTOR", "required")
# Minutes without a request after which a session ends, and hours after which it ends in any case.
WENHOU_IDLE_MINUTES = int(os.environ.get("WENHOU_IDLE_MINUTES", "30"))
WENHOU_SESSION_HOURS = int(os.environ.get("WENHOU_SESSION_HOURS", "8"))
# Days after which a password is to be changed; 0 for never.
WENHOU_PASSWORD_DAYS = int(os.environ.get("WENHOU_PASSWORD_DAYS", "90"))
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# A proxy before us speaks HTTPS and says so in X-Forwarded-Proto, which it takes away from whoever sends it from outside.
WENHOU_HTTPS = os.environ.get("WENHOU_HTTPS", "no") == "yes"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = WENHOU_HTTPS
SECURE_HSTS_SECONDS = 365 * 86400 if WENHOU_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if WENHOU_HTTPS else None

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.*/built/.+[.-][0-9a-fA-F]{8,}.*$"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "wenhou.desk.views.refusals.csrf_failed"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "wenhou.lake.uploads.SealedUploads",
]

# How much memory a load or a run may take; DuckDB spills beyond it.
WENHOU_LOAD_MEMORY = os.environ.get("WENHOU_LOAD_MEMORY", "512MB")
WENHOU_RUN_MEMORY = os.environ.get("WENHOU_RUN_MEMORY", "4GB")
WENHOU_WATCH_ON_ARRIVAL = os.environ.get("WENHOU_WATCH_ON_ARRIVAL", "yes") == "yes"
# When everybody's entitlement is compared with what they have, as cron says it in UTC: two in the morning in Beijing.
WENHOU_GAPS_AT = os.environ.get("WENHOU_GAPS_AT", "0 18 * * *")
# Days that everybody's answers, gaps and applications are kept as files; alerts and their judgements are kept for good.
WENHOU_KEEP_DAYS = int(os.environ.get("WENHOU_KEEP_DAYS", "30"))

# What is written in secret: AES (AES-256-GCM, SHA-256) or SM4 (SM4-GCM, SM3), and where the master key is.
WENHOU_CIPHER = os.environ.get("WENHOU_CIPHER", "AES")
WENHOU_MASTER_KEY_FILE = Path(os.environ.get("WENHOU_MASTER_KEY_FILE") or HOME / "master_key")
WENHOU_MASTER_KEY_COMMAND = os.environ.get("WENHOU_MASTER_KEY_COMMAND", "")
# The digest of new seals of the audit (sha256 or sm3), and the file of the key that signs them, made at first use.
WENHOU_DIGEST = os.environ.get("WENHOU_DIGEST", "sha256")
WENHOU_AUDIT_KEY = Path(os.environ.get("WENHOU_AUDIT_KEY") or HOME / "audit_key")

# Whether the lake's files are sealed when they are written, each by a key of its own (docs/guides/secrets.md).
WENHOU_SEAL_LAKE = os.environ.get("WENHOU_SEAL_LAKE", "yes") == "yes"

# Days after loading that what a department sent, and the rows given back to it, are kept. Provisional.
WENHOU_KEEP_SENT_DAYS = int(os.environ.get("WENHOU_KEEP_SENT_DAYS", "180"))

# Names and networks (10.20.0.0/16) that may be fetched from though they are not of the wide world; how much and how long.
WENHOU_MAY_FETCH = [one for one in os.environ.get("WENHOU_MAY_FETCH", "").split(",") if one]
WENHOU_FETCH_BYTES = int(os.environ.get("WENHOU_FETCH_BYTES", str(16 << 20)))
WENHOU_FETCH_SECONDS = float(os.environ.get("WENHOU_FETCH_SECONDS", "20"))
# Who looks arriving files through for what does harm: clamd:/run/clamav/clamd.ctl, clamd:127.0.0.1:3310, or a command.
WENHOU_SCANNER = os.environ.get("WENHOU_SCANNER", "")
WENHOU_SCAN_SECONDS = float(os.environ.get("WENHOU_SCAN_SECONDS", "300"))
# Requests a minute of one network address, of one account, of one source's key; 0 for as many as they like.
WENHOU_LIMIT_ADDRESS = int(os.environ.get("WENHOU_LIMIT_ADDRESS", "6000"))
WENHOU_LIMIT_ACCOUNT = int(os.environ.get("WENHOU_LIMIT_ACCOUNT", "600"))
WENHOU_LIMIT_KEY = int(os.environ.get("WENHOU_LIMIT_KEY", "600"))
# Addresses of the proxies before us: of what comes from these, X-Forwarded-For says whose it is.
WENHOU_PROXIES = [one for one in os.environ.get("WENHOU_PROXIES", "").split(",") if one]

# Where backups are kept: what is added each minute, a whole one each night; nothing where nobody says.
WENHOU_BACKUP_TO = os.environ.get("WENHOU_BACKUP_TO", "")

# Seconds without a heartbeat after which a worker is taken for dead and its jobs are queued again.
WENHOU_MISSED_AFTER = float(os.environ.get("WENHOU_MISSED_AFTER", "60"))
PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": WENHOU_MISSED_AFTER / 6,
    "stalled_worker_timeout": WENHOU_MISSED_AFTER,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("WENHOU_LOG", "WARNING")},
}
