"""Word similarity for the search of services; pg_trgm is a trusted extension, so the owner of the database may add it."""

from typing import ClassVar

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("catalog", "0003_entitlements_that_may_be_asked_for")]

    operations: ClassVar = [TrigramExtension()]
