# The bot and the local page in one image. docs/operate.md says how to run it.

FROM debian:bookworm-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates python3-pip
RUN python3.11 -m venv --without-pip /opt/ouvido
WORKDIR /source

# What the code needs comes before the code: a changed line does not download 100 MB again.
# The files are those of the lock: another one, or one more, is refused.
COPY requirements/serving.txt requirements/build.txt requirements/
RUN pip --python /opt/ouvido/bin/python install --no-cache-dir --no-compile --require-hashes \
    -r requirements/serving.txt \
 && pip --python /opt/ouvido/bin/python install --no-cache-dir --no-compile --require-hashes \
    --target /build -r requirements/build.txt

# What no import reaches, and symbols for debuggers.
RUN apt-get install -y --no-install-recommends binutils
COPY scripts/trim scripts/
RUN scripts/trim /opt/ouvido/lib/python3.11/site-packages \
 && find /opt/ouvido/lib -type f -name '*.cpython-*.so' -exec strip --strip-debug {} +

# The static ffmpeg that pip brings, 78 MB, starts in 2 ms. With Debian's package and the 200 that it
# needs, the image measured 806 MB instead of 329, and each start 66 ms.
RUN ln -s "$(/opt/ouvido/bin/python -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')" \
    /opt/ouvido/bin/ffmpeg

COPY pyproject.toml CHANGELOG.md LICENSE README.md ./
COPY inference inference
COPY bot bot
# Compiled here, because the root is read-only where it runs.
RUN PYTHONPATH=/build pip --python /opt/ouvido/bin/python install --no-cache-dir --no-compile --no-deps \
    --no-build-isolation . \
 && python3.11 -m compileall -q --invalidation-mode unchecked-hash /opt/ouvido/lib

COPY scripts/bare scripts/
RUN scripts/bare /bare \
 && python3.11 -m compileall -q --invalidation-mode unchecked-hash -s /bare /bare/usr/lib/python3.11 \
 && install --directory --mode=0700 /owned/data


# No shell and no package manager: whoever gets in finds nothing to go on with.
FROM scratch
LABEL org.opencontainers.image.title="Ouvido" \
      org.opencontainers.image.description="Did a person or a machine speak? A Telegram bot and a local page." \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /bare /
COPY --from=build --chown=10001:10001 /owned /
COPY --from=build /opt/ouvido /opt/ouvido
# One arena keeps freed memory from staying with a process that has several threads.
ENV PATH=/opt/ouvido/bin \
    MALLOC_ARENA_MAX=1 \
    MALLOC_TRIM_THRESHOLD_=131072 \
    PYTHONDONTWRITEBYTECODE=1 \
    OUVIDO_HOST=0.0.0.0 \
    DATA_DIR=/data
USER 10001:10001
# Imported, to see that no cut was too deep: what we need, and every part of Python with a library of its own.
RUN ["python", "-c", "import pathlib, sysconfig, alembic.command, bot.application, bot.cli.doctor.database, \
    bot.cli.doctor.telegram, bot.cli.botfather, bot.cli.restore, bot.worker.__main__, bot.views.report_pdf, bot.service; \
    [__import__(file.name.partition('.')[0]) \
     for file in pathlib.Path(sysconfig.get_path('platstdlib'), 'lib-dynload').glob('*.so')]"]
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-m", "bot.web.health"]
CMD ["ouvido", "run"]
