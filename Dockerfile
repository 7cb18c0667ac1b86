# syntax=docker/dockerfile:1
# The site, the worker and every command in one image: docker build -t touchmark .

FROM python:3.11-slim-trixie AS build
WORKDIR /app
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml hatch_build.py uv.lock README.md LICENSE ./
COPY scripts/compile_words.py scripts/
COPY src src
RUN uv sync --frozen --no-dev --no-editable --extra web --extra embedding --extra learn --extra bucket

FROM python:3.11-slim-trixie
# pg_dump and pg_restore, for touchmark backup and restore; of the same release as the server in compose.yaml.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /var/lib/touchmark touchmark
COPY --from=build /app/.venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    TOUCHMARK_VAR=/var/lib/touchmark \
    # The engine's loops are compiled for this processor at first use and kept here.
    XDG_CACHE_HOME=/var/lib/touchmark/cache
USER 10001
WORKDIR /var/lib/touchmark
VOLUME /var/lib/touchmark
EXPOSE 8000
ENTRYPOINT ["touchmark"]
CMD ["serve", "--listen", "0.0.0.0:8000"]
