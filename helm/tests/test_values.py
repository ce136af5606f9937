"""values.yaml, its schema and the reference agree, and wrong values are refused with a sentence that names them."""

import json
import re

import chart
import pytest
import reference


def test_every_value_is_in_the_schema_with_a_description():
    # Given
    described = {path: description for path, _, _, description in reference.rows(chart.SCHEMA, chart.VALUES)}

    # Then
    assert all(described.values()), [path for path, description in described.items() if not description]
    assert set(paths(chart.VALUES)) - set(described) == set()


def test_every_value_of_the_schema_is_in_values_yaml_with_its_default():
    # Given
    optional = {path for path, _, _, _ in reference.rows(chart.SCHEMA, chart.VALUES) if "[]" in path}

    # Then
    for path, _, _, _ in reference.rows(chart.SCHEMA, chart.VALUES):
        if path not in optional:
            value = chart.VALUES
            for key in path.split("."):
                assert key in value, f"{path} is in values.schema.json, but values.yaml does not show it"
                value = value[key]


def test_nothing_that_is_not_described_is_let_through():
    def closed(schema, path):
        if schema.get("type") == "object":
            assert "additionalProperties" in schema, f"{path} lets everything through"
        for name, child in schema.get("properties", {}).items():
            closed(child, f"{path}.{name}")
        if "items" in schema:
            closed(schema["items"], f"{path}[]")

    closed(chart.SCHEMA, "")
    for name, definition in chart.SCHEMA["$defs"].items():
        closed(definition, name)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("proxy.replica=3", "'replica' not allowed"),
        ("publicUrl=bench.example.org", "/publicUrl"),
        ("publicUrl=https://bench.example.org/path", "/publicUrl"),
        ("proxy.service.type=Loadbalancer", "/proxy/service/type"),
        ("database.url=jdbc:postgresql://me:secret@db/benchtop", "/database/url"),
        ("workspaces.homes.kind=hostPath", "/workspaces/homes/kind"),
        ("profiles[0].slug=Big One", "/profiles/0/slug"),
        ("images.service=--privileged", "/images/service"),
        ("service.replicas=0", "/service/replicas"),
        ("service.files.claim.accessModes={Everybody}", "/service/files/claim/accessModes"),
        ("service.extraEnv.lower=1", "/service/extraEnv"),
        ("models.resources.limits.cpu=2", "'cpu' not allowed"),
        ("models.hardware[0].name=default", "/models/hardware/0/name"),
        ("models.hardware[0].name=gpu", "'resources'"),
        ("models.resources.limits.memory=2G", "/models/resources/limits/memory"),
        ("models.bucket.endpoint=https://me:secret@s3.example.org", "/models/bucket/endpoint"),
    ],
)
def test_a_wrong_value_is_refused_and_named(setting, said):
    assert said in chart.refusal(*chart.case("trial"), "--set", setting)


TWICE = json.dumps([{"name": "large", "resources": {"requests": {"cpu": 1}, "limits": {"memory": "9Gi"}}}] * 2)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ([], "images.service is empty: build the images"),
        ([*chart.case("trial"), "--set", "postgresql.enabled=false"], "database.url is empty"),
        ([*chart.case("trial"), "--set", "workspaces.homes.kind=nfs"], "workspaces.homes.nfs.server is empty"),
        (
            [*chart.case("full"), "--set", "service.files.claim.accessModes={ReadWriteOnce}"],
            "service.files.claim.accessModes is without ReadWriteMany, which 2 replicas need",
        ),
        ([*chart.case("trial"), "--set", "oidc.issuer=https://login.example.org"], "oidc.clientId is empty"),
        ([*chart.case("trial"), "--set", "models.bucket.name=models"], "models.bucket.existingSecret is empty"),
        (
            [*chart.case("full"), "--set", "models.namespace=benchtop-workspaces"],
            'models.namespace is "benchtop-workspaces", where something else runs',
        ),
        (
            [*chart.case("full"), "--set", "models.triedOn=huge"],
            'models.triedOn is "huge", which is neither default nor in models.hardware',
        ),
        (
            [*chart.case("full"), "--set-json", f"models.hardware={TWICE}"],
            'models.hardware has "large" twice',
        ),
    ],
    ids=["images", "database", "nfs", "files", "oidc", "bucket", "models", "tried", "twice"],
)
def test_what_is_missing_is_said(settings, said):
    refused = chart.refusal(*settings)
    assert said in refused or ("images." in said and "is empty: build the images" in refused)


@pytest.mark.parametrize(
    "example", re.findall(r"```yaml\n(.*?)```", (chart.ROOT / "docs/administrator.md").read_text(), re.DOTALL)
)
def test_the_examples_for_administrators_are_taken(example, tmp_path):
    # Given
    values = tmp_path / "values.yaml"
    values.write_text(example)

    # Then
    assert chart.rendered(*chart.case("full"), "--values", str(values))


def test_the_reference_is_current(write):
    # When
    text = reference.markdown(chart.SCHEMA, chart.VALUES)

    # Then
    if write:
        reference.FILE.parent.mkdir(parents=True, exist_ok=True)
        reference.FILE.write_text(text)
    assert text == reference.FILE.read_text(), "make it anew with helm/tests/run --write"


def paths(values, prefix=""):
    for key, value in values.items():
        yield prefix + key
        if isinstance(value, dict) and prefix + key not in reference.FREE:
            yield from paths(value, f"{prefix}{key}.")
