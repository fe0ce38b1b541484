"""Several changes of tables in one step: Django renders the models that they name, and none besides."""

import pytest
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState

from portal.tenancy.operations import InOneStep, _only


def state_of(**references):
    """Models by name, each with its references to others."""
    state = ProjectState()
    for name, others in references.items():
        keys = [(other, models.ForeignKey(f"shop.{other}", models.CASCADE, related_name="+")) for other in others]
        state.add_model(ModelState("shop", name, [("id", models.BigAutoField(primary_key=True)), *keys]))
    return state


def test_of_a_state_only_what_is_changed_and_what_that_refers_to_is_rendered():
    state = state_of(tenant=[], order=["tenant", "buyer"], buyer=["tenant", "order"], far=["order"])

    narrowed = _only(state, {("shop", "buyer"), ("shop", "made later")})

    assert narrowed.models.keys() == {("shop", "buyer"), ("shop", "order"), ("shop", "tenant")}
    assert narrowed.apps.get_model("shop", "buyer")._meta.get_field("order").remote_field.model.__name__ == "order"


def test_an_operation_whose_models_are_not_known_is_no_part_of_a_step():
    step = InOneStep([migrations.RunPython(migrations.RunPython.noop)])

    with pytest.raises(TypeError, match="its models are not known"):
        step.database_forwards("shop", None, ProjectState(), ProjectState())


def test_models_that_nobody_asked_for_yet_are_rendered_as_they_were_then():
    state = state_of(tenant=[], order=["tenant"])
    assert state.apps.get_model("shop", "order")

    InOneStep([migrations.RemoveField("order", "tenant")]).state_forwards("shop", state)
    copy = state.clone()
    InOneStep([migrations.DeleteModel("order")]).state_forwards("shop", state)

    assert [field.name for field in copy.apps.get_model("shop", "order")._meta.fields] == ["id"]
    assert copy.clone().apps.get_model("shop", "order")
    with pytest.raises(LookupError):
        state.apps.get_model("shop", "order")
