"""Runs the migrations in the transaction of the connection that `pipeline.review.database` gives."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
