"""The product's database, users and sign-in under the middleware of a new Django project."""

from pathlib import Path

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS as OURS

NOT_NEEDED = ("allauth", "config", "csp", "django_htmx", "heroicons", "sync")
INSTALLED_APPS = [app for app in OURS if not app.startswith(NOT_NEEDED)]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
SIMPLE_HISTORY_ENABLED = False
LOGIN_REDIRECT_URL = "/people/"
ROOT_URLCONF = "benchmarks.bare.urls"
WSGI_APPLICATION = "benchmarks.bare.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
