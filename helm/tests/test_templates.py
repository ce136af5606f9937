"""What Helm makes of the chart, compared with committed files."""

import json
import re
from pathlib import Path

import chart
import pytest

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", chart.CASES)
def test_the_manifests_are_those_that_were_reviewed(name, write):
    # Given
    file = GOLDEN / f"{name}.yaml"

    # When
    text = chart.golden(*chart.case(name))

    # Then
    if write:
        file.write_text(text)
    assert text == file.read_text(), (
        f"look at the difference; if it is wanted: helm/tests/run --write, and commit {file.name}"
    )


@pytest.mark.parametrize("name", chart.CASES)
def test_helm_lint_has_nothing_to_say(name):
    done = chart.helm("lint", "--strict", str(chart.CHART), *chart.case(name))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "[WARNING]" not in done.stdout


def test_a_changed_profile_starts_new_pods():
    # Given
    def checksum(*more):
        [deployment] = [
            found
            for found in chart.rendered(*chart.case("full"), *more)
            if found["kind"] == "Deployment" and found["metadata"]["name"] == "benchtop-service"
        ]
        return deployment["spec"]["template"]["metadata"]["annotations"]["checksum/profiles"]

    # When / Then
    assert checksum("--set", "profiles[0].memory=3Gi") != checksum()


def test_settings_reach_the_service_in_its_own_words():
    # When
    objects = chart.rendered(*chart.case("full"))

    # Then
    [settings] = [
        found["data"] for found in objects if found["metadata"]["name"] == "benchtop-service" and "data" in found
    ]
    assert settings["BENCHTOP_SESSION_COOKIE"] == "__Host-benchtop-session"
    assert settings["BENCHTOP_KUBERNETES_HOMES"] == "nfs"
    assert settings["BENCHTOP_OIDC_DEVELOPER_GROUPS"] == "science,research"
    [file] = [found["data"]["profiles.json"] for found in objects if found["metadata"]["name"] == "benchtop-profiles"]
    standard, gpu = json.loads(file)
    assert standard["audience"] == {"kind": "everybody"}
    assert gpu["resources"] == {"cpus": 4, "memoryBytes": 16 * 2**30}
    assert gpu["gpu"] == {"resource": "nvidia.com/gpu", "count": 1}


def test_files_of_runs_and_datasets_lie_in_a_claim_that_is_named_or_nowhere():
    # When
    nowhere = chart.rendered(*chart.case("trial"))
    named = chart.rendered(*chart.case("trial"), "--set", "service.files.existingClaim=team-files")

    # Then
    assert chart.of_kind(nowhere, "PersistentVolumeClaim") == chart.of_kind(named, "PersistentVolumeClaim") == []
    assert "BENCHTOP_DATASET_FOLDER" not in settings_of_the_service(nowhere)
    assert settings_of_the_service(named)["BENCHTOP_DATASET_FOLDER"] == "/var/lib/benchtop/files/datasets"
    pod = dict(chart.pods(named))["benchtop-service"]
    assert {"name": "files", "persistentVolumeClaim": {"claimName": "team-files"}} in pod["volumes"]
    assert {"name": "files", "mountPath": "/var/lib/benchtop/files"} in pod["containers"][0]["volumeMounts"]


def test_models_lie_in_a_bucket_or_in_the_volume_of_all_files_or_nowhere():
    # Given
    def settings(*more):
        found = settings_of_the_service(chart.rendered(*more))
        return {name: value for name, value in found.items() if re.match("BENCHTOP_MODEL_(BUCKET|FOLDER)", name)}

    named = ["--set", "service.files.existingClaim=team-files"]

    # When / Then
    assert settings(*chart.case("trial")) == {}
    assert settings(*chart.case("trial"), *named) == {"BENCHTOP_MODEL_FOLDER": "/var/lib/benchtop/files/models"}
    assert settings(*chart.case("full")) == {
        "BENCHTOP_MODEL_BUCKET": "bench-models",
        "BENCHTOP_MODEL_BUCKET_PREFIX": "production/",
        "BENCHTOP_MODEL_BUCKET_REGION": "us-east-1",
        "BENCHTOP_MODEL_BUCKET_ENDPOINT": "https://s3.example.org",
        "BENCHTOP_MODEL_BUCKET_PATH_STYLE": "true",
        "BENCHTOP_MODEL_BUCKET_ACCESS_KEY_ID": "bench",
        "BENCHTOP_MODEL_BUCKET_SECRET_FILE": "/run/secrets/benchtop/models/secret-access-key",
    }
    pod = dict(chart.pods(chart.rendered(*chart.case("full"))))["benchtop-service"]
    mounts = {mount["name"]: mount["mountPath"] for mount in pod["containers"][0]["volumeMounts"]}
    assert mounts["models"] == "/run/secrets/benchtop/models"


def test_models_are_served_where_there_is_an_image_for_it_and_servers_are_pods():
    # Given
    def settings(*more):
        objects = chart.rendered(*chart.case("full"), *more)
        found = settings_of_the_service(objects)
        spaces = {each["metadata"].get("namespace", each["metadata"]["name"]) for each in objects}
        told = ("MODEL_SERVER", "RELEASE", "CHECK_MEMORY")
        return {name: found[name] for name in found if any(word in name for word in told)}, spaces

    # When / Then
    served, spaces = settings()
    assert served == {
        "BENCHTOP_KUBERNETES_MODEL_SERVER_IMAGE": "registry.test/benchtop/model-server:1",
        "BENCHTOP_KUBERNETES_RELEASE": "benchtop",
        "BENCHTOP_MODEL_CHECK_MEMORY": "16384",
    }
    assert "benchtop-models" in spaces
    for more in ("images.modelServer=", "workspaces.spawner=local"):
        served, spaces = settings("--set", more)
        assert served == {}
        assert "benchtop-models" not in spaces


def test_endpoints_are_called_by_grpc_where_it_is_wanted():
    # Given
    def ports(name):
        objects = chart.rendered(*chart.case(name))
        [service] = [
            found for found in chart.of_kind(objects, "Service") if found["metadata"]["name"] == "benchtop-proxy"
        ]
        proxy = dict(chart.pods(objects))["benchtop-proxy"]["containers"][0]
        listens = {entry["name"]: entry.get("value") for entry in proxy["env"]}.get("BENCHTOP_PROXY_GRPC_LISTEN")
        return {port["name"]: port["port"] for port in service["spec"]["ports"]}, listens

    # When / Then
    assert ports("trial") == ({"http": 80}, None)
    assert ports("full") == ({"http": 80, "grpc": 8082}, "0.0.0.0:8082")


def settings_of_the_service(objects):
    maps = chart.of_kind(objects, "ConfigMap")
    return next(found["data"] for found in maps if found["metadata"]["name"] == "benchtop-service")


def test_images_are_kept_on_nodes_once_each_and_those_of_profiles_only_if_wanted():
    # Given
    def kept(*more):
        [daemons] = chart.of_kind(chart.rendered(*chart.case("full"), *more), "DaemonSet")
        return [container["image"] for container in daemons["spec"]["template"]["spec"]["initContainers"][1:]]

    # When / Then
    registry = "registry.test/"
    ours = ["benchtop/cpu:1", "benchtop/gpu:1", "benchtop/jax:1", "team/course:7"]
    assert kept() == [registry + image for image in ours]
    assert kept("--set", "profiles[0].image=registry.test/team/course:7") == [
        registry + image for image in (ours[0], ours[3], *ours[1:3])
    ]
    assert kept("--set", "workspaces.prePull.profiles=false") == [registry + ours[0], registry + ours[3]]
