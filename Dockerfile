# The image of every sohoa process: serve, worker, sweep, migrate.
FROM python:3.13-slim-bookworm

RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        poppler-utils tesseract-ocr tesseract-ocr-osd tesseract-ocr-vie \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --no-input --only-binary :all: --require-hashes -r requirements.txt

COPY . .
RUN python -m compileall -q -x '^\./tests' . \
    && useradd --system --uid 10001 --no-create-home sohoa \
    && install --directory --owner=sohoa --group=sohoa --mode=0700 /var/lib/sohoa

USER sohoa
ENV SOHOA_DATA_DIR=/var/lib/sohoa TMPDIR=/var/lib/sohoa PYTHONUNBUFFERED=1
VOLUME /var/lib/sohoa
EXPOSE 8766
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 CMD \
    ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8766/health', timeout=4)"]
ENTRYPOINT ["python", "-m", "cli"]
CMD ["--help"]
