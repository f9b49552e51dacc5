# The same install steps as `make`, in two stages: the second has no build tools and runs unprivileged.
FROM python:3.13-slim AS build
RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/whosays
COPY Makefile pyproject.toml README.md LICENSE ./
COPY requirements requirements
COPY bot bot
COPY prompts prompts
COPY seeds seeds
# Compiled here, as who runs it may write nothing beside the code.
RUN make install && .venv/bin/python -m compileall -q bot

FROM python:3.13-slim
# The number is stated, so that another container can share the volume as the same user.
RUN groupadd --gid 10001 whosays \
    && useradd --uid 10001 --gid whosays --home-dir /data --shell /usr/sbin/nologin whosays \
    && install --directory --owner=whosays --group=whosays --mode=0700 /data
COPY --from=build /srv/whosays /srv/whosays
# The address is that of the container: a port is reached from elsewhere only when published.
ENV PATH=/srv/whosays/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    WHOSAYS_DATA=/data \
    WHOSAYS_LISTEN=0.0.0.0 \
    WHOSAYS_LOG_JSON=yes \
    MPLCONFIGDIR=/tmp
USER whosays
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["whosays", "doctor", "--live"]
CMD ["whosays", "run"]
