# One image for web, worker and clock; compose.yaml says which command each runs.
FROM python:3.13-slim-bookworm

ENV PYTHONUNBUFFERED=1 VAR_DIR=/var/lib/two-eyes STATIC_ROOT=/srv/static
WORKDIR /srv/two-eyes

COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --requirement requirements.txt

COPY . .
# Neither command looks at these values; the settings only refuse to load without any.
RUN export SECRET_KEY=only-for-the-build PUBLIC_URL=http://localhost ALLOWED_HOSTS=localhost VAR_DIR=/tmp/build \
    && python manage.py compile_translations \
    && python manage.py collectstatic --no-input --verbosity 0 \
    && rm -r /tmp/build

RUN useradd --system --home-dir $VAR_DIR two-eyes && install --directory --owner two-eyes --mode 700 $VAR_DIR
USER two-eyes
VOLUME /var/lib/two-eyes
EXPOSE 8000

CMD ["gunicorn", "--config", "config/gunicorn.py", "--bind", "0.0.0.0:8000", "config.wsgi"]
