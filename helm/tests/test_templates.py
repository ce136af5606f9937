"""What Helm makes of the chart, compared with committed files."""

import json
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
