"""Habits of the models, read from the models themselves."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from tests.house import tree

FROM_DJANGO = {"last_login"}
DRAWN = {"slas.Attainment.value", "slas.Attainment.used", "slas.Measurement.response_ms"}


def own_models():
    labels = {"tenancy", "accounts", "audit", "jobs", "conversations", *tree.APPS}
    return [model for model in apps.get_models() if model._meta.app_label in labels]


def fields_of(kind):
    for model in own_models():
        for field in model._meta.local_fields:
            if type(field) is kind and field.name not in FROM_DJANGO:
                yield f"{model._meta.label}.{field.name}", field.name


INSTANT = re.compile(r"(?:^|_)(?:at|from|until|since)$")  # half-open: from is in, until is out
DATE = re.compile(r"(?:^|_)(?:on|month)$|^period_(?:start|end)$")  # a period goes by its first day


def test_instants_are_named_as_instants():
    assert [where for where, name in fields_of(models.DateTimeField) if not INSTANT.search(name)] == []


def test_dates_are_named_as_dates():
    assert [where for where, name in fields_of(models.DateField) if not DATE.search(name)] == []


def test_no_model_has_a_default_order():
    assert [model._meta.label for model in own_models() if model._meta.ordering] == []


def test_floats_are_only_drawn_never_judged():
    assert {where for where, _ in fields_of(models.FloatField)} == DRAWN


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say(capsys):
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(f"models differ from migrations: {capsys.readouterr().out}")
