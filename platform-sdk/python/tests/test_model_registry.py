"""What is known of models, and what may be changed of them."""

import pytest

from benchtop.errors import BenchtopError
from benchtop.models.publishing import publish
from benchtop.models.registry import all_models, model_of, version_of
from trained import NUMBERS, trained


@pytest.fixture
def published(registry):
    """A model ``late`` of two versions."""
    _, client = registry
    for bump in ("patch", "minor"):
        publish(client, trained("sklearn-classifier")[0], "late", sample=NUMBERS[:3], bump=bump, metrics={"auc": 0.91})
    return client


def test_models_and_versions_are_listed(published):
    # When
    [model] = all_models(published)

    # Then
    assert (model.name, model.owner, model.latest.version) == ("late", "alice", "0.1.0")
    assert [each.version for each in model.versions()] == ["0.1.0", "0.0.1"]
    assert model.version("0.0.1").number == 1


def test_an_alias_means_a_version_until_it_is_moved(published):
    # Given
    model = model_of(published, "late")

    # When
    first = model.set_alias("champion", "0.0.1")
    second = first.set_alias("champion", model.latest)

    # Then
    assert (first.aliases, second.aliases) == ({"champion": "0.0.1"}, {"champion": "0.1.0"})
    assert second.alias("champion").version == "0.1.0"
    assert version_of(published, "late", "champion").aliases == ("champion",)
    assert second.remove_alias("champion").aliases == {}


def test_a_version_is_approved_rejected_described_and_deleted(published):
    # Given
    model = model_of(published, "late")

    # Then
    assert model.approve("0.0.1", "looks good").approval == "APPROVED"
    assert model.reject(model.version("0.1.0"), "too slow").approval == "REJECTED"
    assert model.version("0.0.1").describe("the first").description == "the first"
    model.version("0.0.1").delete()
    assert model.version("0.0.1").state == "DELETED"
    model.delete()
    with pytest.raises(BenchtopError) as gone:
        model.now()
    assert gone.value.code == "not_found"


def test_files_and_manifest_of_a_version_can_be_read(published):
    # Given
    version = version_of(published, "late", "0.0.1")

    # Then
    assert (version.manifest["model"], version.manifest["version"]) == ("late", "0.0.1")
    assert len(version.read_file("model.onnx")) == version.files["model.onnx"]


def test_models_and_versions_show_themselves_as_small_tables(published):
    # Given
    model = model_of(published, "late").set_alias("champion", "0.0.1")

    # Then
    assert "champion is 0.0.1" in model._repr_html_()
    shown = model.version("0.0.1").shown()
    assert shown["state"] == "READY"
    assert shown["inputs"] == "X FP32[-1, 4]"
    assert shown["metrics"] == "auc: 0.91"
    assert shown["checked"] == "0.12 ms for the sample"
    assert "<table>" in model.version("0.0.1")._repr_html_()


@pytest.mark.parametrize("name", ["", "a b", "../up", None])
def test_a_name_that_is_none_is_refused(registry, name):
    with pytest.raises(BenchtopError) as refused:
        model_of(registry[1], name)
    assert refused.value.code == "bad_name"
