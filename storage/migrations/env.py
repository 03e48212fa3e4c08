"""Alembic's entry: run the migrations on the connection that storage.migrate hands over."""

from alembic import context

from storage import tables_intake  # noqa: F401  (its tables belong to the metadata)
from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
