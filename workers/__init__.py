"""The life of a page, and Celery's thin view of it."""
