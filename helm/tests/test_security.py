"""S47 and S16 over the rendered manifests: the least rights, and pods that may do nothing."""

import chart

READING = {"get", "list", "watch"}


def test_s47_the_service_has_the_least_rights(objects):
    for role in chart.of_kind(objects, "Role", "ClusterRole"):
        for rule in role["rules"]:
            name = role["metadata"]["name"]
            assert "*" not in rule["verbs"] + rule["resources"] + rule["apiGroups"], name
            assert not set(rule["resources"]) & {
                "pods/exec",
                "pods/attach",
                "pods/portforward",
                "serviceaccounts/token",
            }, name
            if "secrets" in rule["resources"]:
                assert not set(rule["verbs"]) & READING, name
            assert not set(rule["verbs"]) & {"escalate", "bind", "impersonate"}, name
            # What may not be asked for can only be removed by its label.
            assert "deletecollection" not in rule["verbs"] or rule["resources"] == ["secrets"], name


def test_s47_nobody_is_an_administrator_of_the_cluster(objects):
    for binding in chart.of_kind(objects, "RoleBinding", "ClusterRoleBinding"):
        assert binding["roleRef"]["name"] not in ("cluster-admin", "admin", "edit")
        assert [subject["kind"] for subject in binding["subjects"]] == ["ServiceAccount"]


def test_s47_rights_over_the_whole_cluster_are_asked_for():
    # When
    objects = chart.rendered(*chart.case("trial"))

    # Then
    assert chart.of_kind(objects, "ClusterRole", "ClusterRoleBinding") == []
    assert {role["metadata"]["namespace"] for role in chart.of_kind(objects, "Role")} == {"benchtop-workspaces"}


def test_s47_only_the_service_talks_to_kubernetes(objects):
    for name, spec in chart.pods(objects):
        assert spec["automountServiceAccountToken"] is (name == "benchtop-service"), name
    for account in chart.of_kind(objects, "ServiceAccount"):
        assert account["automountServiceAccountToken"] is False


def test_s47_pods_are_restricted(objects):
    for name, spec in chart.pods(objects):
        assert not spec.get("hostNetwork") and not spec.get("hostPID") and not spec.get("hostIPC"), name
        assert spec["securityContext"]["runAsNonRoot"] is True, name
        assert spec["securityContext"]["runAsUser"] > 0, name
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        for volume in spec.get("volumes", []):
            assert set(volume) - {"name"} <= {
                "emptyDir",
                "secret",
                "configMap",
                "projected",
                "persistentVolumeClaim",
            }, name
        for container in chart.containers(spec):
            context = container["securityContext"]
            assert context == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }, name
            assert container["resources"]["requests"] and container["resources"]["limits"]["memory"], name


def test_s47_the_namespaces_of_pods_that_are_made_enforce_it_and_only_people_s_files_stay(objects):
    namespaces = chart.of_kind(objects, "Namespace")
    assert "benchtop-workspaces" in [namespace["metadata"]["name"] for namespace in namespaces]
    for namespace in namespaces:
        assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
        kept = namespace["metadata"].get("annotations", {}).get("helm.sh/resource-policy")
        assert kept == ("keep" if namespace["metadata"]["name"] == "benchtop-workspaces" else None)


def test_s08_no_secret_is_in_a_pod_or_a_config_map(objects):
    secrets = [value for secret in chart.of_kind(objects, "Secret") for value in secret["data"].values()]
    everything = chart.yaml.safe_dump(
        [found for found in objects if found["kind"] != "Secret" and "helm.sh/hook" not in str(found["metadata"])]
    )
    assert not [value for value in secrets if value in everything]
    for name, spec in chart.pods(objects):
        for container in chart.containers(spec):
            assert "secretKeyRef" not in str(container.get("env", [])), name
            assert not [entry for entry in container.get("envFrom", []) if "secretRef" in entry], name


def test_names_of_services_never_become_settings(objects):
    # Given: Kubernetes would set BENCHTOP_PROXY_PORT for a Service benchtop-proxy, and the proxy refuse to start
    for name, spec in chart.pods(objects):
        assert spec["enableServiceLinks"] is False, name


def test_s16_servers_are_reached_from_the_proxy_alone(objects):
    # Given
    [policy] = [
        found["spec"]
        for found in objects
        if found["metadata"]["name"] == "benchtop-servers" and "podSelector" in found.get("spec", {})
    ]

    # Then
    assert policy["podSelector"] == {}
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    [way_in] = policy["ingress"]
    [source] = way_in["from"]
    assert source["namespaceSelector"]["matchLabels"] == {"kubernetes.io/metadata.name": "benchtop"}
    assert source["podSelector"]["matchLabels"]["app.kubernetes.io/component"] == "proxy"
    assert way_in["ports"] == [{"port": 8888}]


def test_s16_servers_reach_neither_one_another_nor_metadata():
    # When
    [policy] = [
        found["spec"]
        for found in chart.rendered(*chart.case("trial"))
        if found["kind"] == "NetworkPolicy" and found["metadata"]["name"] == "benchtop-servers"
    ]

    # Then
    blocks = [peer["ipBlock"] for rule in policy["egress"] for peer in rule["to"] if "ipBlock" in peer]
    [internet] = blocks
    assert {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"} <= set(
        internet["except"]
    )
    for rule in policy["egress"]:
        for peer in rule["to"]:
            # A selector of pods without one of namespaces would mean the servers themselves.
            assert "ipBlock" in peer or "namespaceSelector" in peer


def test_s16_the_database_is_reached_from_the_service_alone():
    # When
    [policy] = [
        found["spec"]
        for found in chart.rendered(*chart.case("trial"))
        if found["kind"] == "NetworkPolicy" and found["metadata"]["name"] == "benchtop-postgresql"
    ]

    # Then
    [way_in] = policy["ingress"]
    assert [peer["podSelector"]["matchLabels"]["app.kubernetes.io/component"] for peer in way_in["from"]] == ["service"]
    assert way_in["ports"] == [{"port": 5432}]


def policy_of_models(*more):
    found = chart.of_kind(chart.rendered(*chart.case("full"), *more), "NetworkPolicy")
    return [policy["spec"] for policy in found if policy["metadata"].get("namespace") == "benchtop-models"]


def test_s16_model_servers_reach_the_service_and_names_and_nothing_else():
    # When
    [policy] = policy_of_models()

    # Then
    assert policy["podSelector"] == {}
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    service, dns = policy["egress"]
    assert service["ports"] == [{"port": 8081}]
    [peer] = service["to"]
    assert peer["namespaceSelector"]["matchLabels"] == {"kubernetes.io/metadata.name": "benchtop"}
    assert peer["podSelector"]["matchLabels"]["app.kubernetes.io/component"] == "service"
    assert {port["port"] for port in dns["ports"]} == {53}


def test_s16_model_servers_are_reached_by_who_measures_and_else_only_as_the_service_says():
    # When
    [policy] = policy_of_models()
    [closed] = policy_of_models("--set", "monitoring.scraperNamespaces=null")

    # Then
    [way_in] = policy["ingress"]
    assert way_in["ports"] == [{"port": 8082}]
    assert way_in["from"] == [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}}]
    assert "ingress" not in closed
    assert policy_of_models("--set", "models.network.policies=false") == []


def test_s16_the_service_lets_model_servers_in_where_there_are_any():
    def sources(name):
        [policy] = [
            found["spec"]
            for found in chart.of_kind(chart.rendered(*chart.case(name)), "NetworkPolicy")
            if found["metadata"]["name"] == "benchtop-service"
        ]
        return [
            peer["namespaceSelector"]["matchLabels"]
            for peer in policy["ingress"][0]["from"]
            if "podSelector" not in peer
        ]

    # Then
    assert sources("full") == [{"kubernetes.io/metadata.name": "benchtop-models"}]
    assert sources("trial") == []
