# The same install steps as `make`, in two stages: the second has no build tools and runs unprivileged.
FROM python:3.13-slim AS build
RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/whosays
COPY Makefile pyproject.toml README.md LICENSE ./
COPY requirements requirements
COPY bot bot
COPY prompts prompts
COPY seeds seeds
RUN make install

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin whosays \
    && install --directory --owner=whosays --group=whosays --mode=0700 /data
COPY --from=build /srv/whosays /srv/whosays
ENV PATH=/srv/whosays/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    WHOSAYS_DATA=/data \
    WHOSAYS_LOG_JSON=yes \
    MPLCONFIGDIR=/tmp
USER whosays
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["whosays", "doctor", "--live"]
CMD ["whosays", "run"]
