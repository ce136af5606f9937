"""Programs that ask an endpoint from elsewhere, to be copied."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_EMPTY = {"BYTES": "text", "BOOL": False, "FP16": 0.0, "BF16": 0.0, "FP32": 0.0, "FP64": 0.0}


def snippets(url: str, name: str, signature: Mapping[str, Any]) -> dict[str, str]:
    """By language: curl, Python without this SDK, and Java."""
    address = f"{url}/v2/models/{name}/infer"
    body = json.dumps({"inputs": [_example(each) for each in signature.get("inputs", ())]})
    return {
        "curl": f"""curl {address} \\
  -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
  -d '{body}'""",
        "python": f"""import os, requests

answer = requests.post(
    "{address}",
    headers={{"Authorization": f"Bearer {{os.environ['TOKEN']}}"}},
    json={body.replace("false", "False")},
)
print(answer.headers["X-Model-Version"], answer.json())""",
        "java": f"""var request = HttpRequest.newBuilder(URI.create("{address}"))
    .header("Authorization", "Bearer " + System.getenv("TOKEN"))
    .POST(BodyPublishers.ofString(\"\"\"
        {body}\"\"\"))
    .build();
var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
System.out.println(answer.body());""",
    }


def _example(tensor: Mapping[str, Any]) -> dict[str, Any]:
    shape = [1 if size < 0 else size for size in tensor["shape"]]
    count = 1
    for size in shape:
        count *= size
    data = [_EMPTY.get(tensor["datatype"], 0)] * count
    return {"name": tensor["name"], "datatype": tensor["datatype"], "shape": shape, "data": data}
