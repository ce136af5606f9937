"""NOTEBOOKS.md section 2.2: who gets what from a real server, request by request."""

import json

import pytest

import tokens
from running_server import WORKSPACE

pytestmark = pytest.mark.environment
AUDIENCE = f"workspace:{WORKSPACE}"
UNKNOWN = "00000000-0000-0000-0000-000000000000"


def mint(**changes):
    return tokens.mint(tokens.claims(AUDIENCE, **changes))


def nobody():
    """Header lists that prove nothing."""
    good = mint()
    return {
        "no header": [],
        "an empty header": [""],
        "garbage": ["garbage"],
        "another key": [tokens.mint(tokens.claims(AUDIENCE), key=bytes(32))],
        "alg none": [tokens.mint(tokens.claims(AUDIENCE), header={"alg": "none"})],
        "another audience": [mint(aud="workspace:ws_other")],
        "another issuer": [mint(iss="alice")],
        "expired": [mint(iat=1_700_000_000, exp=1_700_000_060)],
        "no exp": [mint(exp=...)],
        "no role": [mint(role=...)],
        "two headers, both good": [good, good],
        "two headers, the first good": [good, "garbage"],
        "two headers, the last good": ["garbage", good],
        "two in one header": [f"{good}, {good}"],
    }


@pytest.mark.parametrize("identity", nobody().values(), ids=nobody())
@pytest.mark.parametrize("path", ["api/contents", "api/kernels", "api/benchtop/activity", "api/me"])
def test_nobody_gets_an_answer(server, path, identity):
    assert server.ask(path, identity=identity)[0] == 403


@pytest.mark.parametrize("path", ["lab", "tree", "files/demos/README.md"])
def test_a_page_without_identity_leads_to_our_login(server, path):
    # When
    status, headers, _ = server.ask(path, identity=[])

    # Then
    assert status in (302, 403)
    if status == 302:
        assert headers["Location"].startswith("/login?next=%2Fuser%2Falice%2Fexp%2F")


@pytest.mark.parametrize(
    "headers",
    [
        [("Authorization", "token x")],
        [("Authorization", "Bearer x")],
        [("Cookie", "username-127-0-0-1=x")],
        [("X-Workspace-Assertion", "x")],
    ],
    ids=str,
)
def test_no_other_way_of_signing_in_exists(server, headers):
    assert server.ask("api/contents", identity=[], headers=headers)[0] == 403
    assert server.ask("api/contents?token=x", identity=[])[0] == 403


@pytest.mark.parametrize("path", ["login", "logout"])
def test_jupyters_own_login_is_gone(server, path):
    assert server.ask(path)[0] == 404


def test_alice_is_alice(server):
    # When
    status, _, body = server.ask("api/me")

    # Then
    assert status == 200
    assert json.loads(body)["identity"] | {"initials": None} == {
        "username": "alice", "name": "Alice Example", "display_name": "Alice Example",
        "initials": None, "avatar_url": None, "color": None,
    }  # fmt: skip


class TestBrowser:
    """Requests of a browser's session keep Jupyter's own XSRF check."""

    def test_reads(self, server):
        assert server.ask("api/contents", identity=[mint()], headers=[("Referer", page(server))])[0] == 200

    def test_writes_nothing_without_xsrf(self, server):
        assert server.ask("api/contents", "POST", {"type": "file"}, [mint()])[0] == 403

    def test_writes_with_cookie_and_header(self, server):
        assert server.ask("api/contents", "POST", {"type": "file"}, [mint()], with_xsrf(server))[0] == 201

    def test_writes_nothing_with_a_cookie_alone(self, server):
        assert server.ask("api/contents", "POST", {"type": "file"}, [mint()], with_xsrf(server)[:1])[0] == 403

    def test_writes_nothing_from_a_foreign_origin(self, server):
        headers = [*with_xsrf(server), ("Origin", "http://evil.example")]
        assert server.ask("api/contents", "POST", {"type": "file"}, [mint()], headers)[0] in (403, 404)


def test_an_api_caller_writes_without_xsrf(server):
    assert server.ask("api/contents", "POST", {"type": "file"}, [mint(amr="api")])[0] == 201


class TestViewer:
    """A viewer reads, and does nothing else."""

    @pytest.mark.parametrize("path", ["api/contents", "api/kernels", "api/sessions", "lab"])
    def test_reads(self, server, path):
        assert server.ask(path, identity=[mint(role="viewer", amr="api")])[0] == 200

    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("POST", "api/kernels", {}),
            ("POST", "api/sessions", {"path": "x", "type": "notebook", "name": "", "kernel": {"name": "python3"}}),
            ("POST", "api/contents", {"type": "file"}),
            ("PUT", "api/contents/x.txt", {"type": "file", "format": "text", "content": "x"}),
            ("DELETE", "api/contents/x.txt", None),
            ("POST", "api/terminals", {}),
        ],
    )
    def test_does_nothing_else(self, server, method, path, body):
        assert server.ask(path, method, body, [mint(role="viewer", amr="api")])[0] == 403

    def test_s29_opens_no_kernel(self, server):
        # Given
        kernel = json.loads(server.ask("api/kernels", "POST", {"name": "python3"})[2])["id"]

        # Then
        assert refusal(server, f"api/kernels/{kernel}/channels", mint(role="viewer")) == 403
        server.ask(f"api/kernels/{kernel}", "DELETE")


class TestWebSocket:
    """Identity and Origin are checked before a socket opens."""

    def test_opens_for_the_owner(self, server):
        server.connect("api/events/subscribe", mint()).close()

    @pytest.mark.parametrize("identity", ["", "garbage", mint(aud="workspace:ws_other"), mint(exp=...)], ids=range(4))
    def test_opens_for_nobody_else(self, server, identity):
        # Then: the one asks to sign in first, the other refuses; none is a socket
        assert refusal(server, "api/events/subscribe", identity) in (302, 403)
        assert refusal(server, f"api/kernels/{UNKNOWN}/channels", identity) == 403

    def test_opens_for_no_foreign_page(self, server):
        assert refusal(server, "api/events/subscribe", mint(), "http://evil.example") == 403


def page(server):
    return f"http://127.0.0.1:{server.port}/user/alice/exp/lab"


def with_xsrf(server):
    _, headers, _ = server.ask("lab", identity=[mint()])
    token = headers["Set-Cookie"].partition("_xsrf=")[2].partition(";")[0]
    return [("Cookie", f"_xsrf={token}"), ("X-XSRFToken", token)]


def refusal(server, path, identity, origin=None):
    """Status of the answer to an upgrade that must not succeed."""
    headers = [
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="),
        ("Origin", origin or f"http://127.0.0.1:{server.port}"),
    ]
    return server.ask(path, identity=[identity] if identity else [], headers=headers)[0]
