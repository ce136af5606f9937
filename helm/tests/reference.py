"""Writes docs/reference/helm-values.md from the chart's schema."""

import json

import chart

FILE = chart.ROOT / "docs" / "reference" / "helm-values.md"
HEAD = """# Values of the Helm chart

For whoever installs `helm/benchtop`. Made from `values.schema.json` by `helm/tests/run --write`; a test compares it.
`helm install` refuses values that are not here.

| value | type | default | |
|---|---|---|---|
"""
# Objects whose keys are the user's own.
FREE = {
    "ingress.annotations",
    "monitoring.dashboard.labels",
    "monitoring.prometheusRule.labels",
    "monitoring.serviceMonitor.labels",
    "postgresql.resources",
    "proxy.nodeSelector",
    "proxy.resources",
    "proxy.service.annotations",
    "service.extraEnv",
    "service.nodeSelector",
    "service.resources",
    "workspaces.network.dns.podLabels",
    "workspaces.prePull.nodeSelector",
}


def resolved(schema):
    if "$ref" not in schema:
        return schema
    return {
        **chart.SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]],
        **{k: v for k, v in schema.items() if k != "$ref"},
    }


def rows(schema, values, prefix=""):
    """(path, type, default as JSON or None, description) of every value, in the schema's order."""
    for name, child in schema.get("properties", {}).items():
        child, path = resolved(child), prefix + name
        value = values.get(name) if isinstance(values, dict) else None
        default = None if "[]" in path or (isinstance(value, dict) and value) else json.dumps(value, ensure_ascii=False)
        yield path, kind(child), default, child.get("description", "")
        if path in FREE or path.endswith(("nodeSelector", "env")):
            continue
        if child.get("type") == "array" and "properties" in child.get("items", {}) and not path.endswith("tolerations"):
            yield from rows(child["items"], None, f"{path}[].")
        elif "properties" in child:
            yield from rows(child, value, f"{path}.")


def kind(schema):
    if "enum" in schema:
        return " \\| ".join(f"`{word}`" if word else "empty" for word in schema["enum"])
    found = schema["type"]
    return " or ".join(found) if isinstance(found, list) else found


def markdown(schema, values):
    lines = [
        f"| `{path}` | {kind} | {'' if default is None else f'`{default}`'} | {description} |\n"
        for path, kind, default, description in rows(schema, values)
    ]
    return HEAD + "".join(lines)
