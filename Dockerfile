# One image for web, worker, beat and migrations. Any Debian 12 with Python 3.11 and its venv module will do as a base.
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
COPY requirements/runtime.lock /tmp/runtime.lock
RUN python3 -m venv /opt/parley/venv \
    && /opt/parley/venv/bin/python -m pip install --no-cache-dir --require-hashes -r /tmp/runtime.lock

FROM ${BASE}
# No versions here: the base decides the release, and its security updates are wanted.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --user-group --uid 10001 --no-create-home --shell /usr/sbin/nologin parley \
    && mkdir -p /var/lib/parley/files \
    && chown parley:parley /var/lib/parley/files
COPY --from=build /opt/parley/venv /opt/parley/venv
COPY . /opt/parley/app
ENV PATH=/opt/parley/venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    FILES_DIR=/var/lib/parley/files
WORKDIR /opt/parley/app
RUN python manage.py collectstatic --noinput --verbosity 0
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi:application", "--worker-class", "gthread", "--workers", "2", "--threads", "4", \
     "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "--graceful-timeout", "20", "--no-control-socket"]
