"""The two ways to a model: straight to its model-server, and through an endpoint behind the proxy."""

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Way:
    """What a client must be told. `grpc_headers` are metadata; `version` is how the served one is called."""

    http: str
    grpc: str
    version: str
    http_headers: dict = field(default_factory=dict)
    grpc_headers: dict = field(default_factory=dict)

    def told(self):
        return asdict(self)


def direct(server, _model):
    """A folder without a manifest is served as version 1."""
    return Way(f"127.0.0.1:{server['http']}", f"127.0.0.1:{server['grpc']}", "1")


def through_endpoint(stack, model, folder):
    """Publishes the model and promotes it to an endpoint of its name."""
    name = f"clients-{model}"
    version = stack.publish(name, folder)
    stack.promote(model, name, version)
    stack.wait_for(model, {version: 100})
    bearer = {"authorization": f"Bearer {stack.token(model)}"}
    # Calls of gRPC that name no model, such as ServerLive, say in their metadata which endpoint they are for.
    metadata = bearer | {"benchtop-endpoint": model}
    return Way(f"{stack.host}/serve/{model}", f"127.0.0.1:{stack.grpc_port}", version, bearer, metadata)
