"""Alembic's entry: run the migrations on the connection that storage.migrate hands over."""

from importlib import import_module
from pkgutil import iter_modules

from alembic import context

import storage
from storage.tables import metadata

for module in iter_modules(storage.__path__):  # each area's tables join the metadata when they are imported
    if module.name.startswith("tables_"):
        import_module(f"storage.{module.name}")

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
