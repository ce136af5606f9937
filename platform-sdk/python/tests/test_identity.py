"""S27 for the identity header: what is not exactly the proxy's token is refused, quickly and quietly."""

import hashlib
import json
import time

import pytest

import tokens
from benchtop_server.identity import Identity, IdentityRefused, decode_key, read_identity

AUDIENCE = "workspace:ws_7kq2m4xw3abc"
NOW = 1_800_000_000


def right(**changes):
    return tokens.claims(AUDIENCE, NOW, **changes)


def read(token):
    return read_identity(token, tokens.KEY, AUDIENCE, NOW)


def test_reads_what_the_proxy_signs():
    assert read(tokens.mint(right())) == Identity("alice", "Alice Example", "owner", "session")


@pytest.mark.parametrize(
    "changes",
    [
        {"role": "viewer"},
        {"amr": "api"},
        {"iat": NOW + 29, "exp": NOW + 60},
        {"iat": NOW - 89, "exp": NOW - 29},
        {"nbf": NOW + 29},
        {"name": "Ünïcødé 名前"},
        {"jti": "more claims are fine"},
    ],
    ids=str,
)
def test_takes(changes):
    assert read(tokens.mint(right(**changes))).user == "alice"


REFUSED_CLAIMS = {
    "no exp": {"exp": ...},
    "no iat": {"iat": ...},
    "no iss": {"iss": ...},
    "no aud": {"aud": ...},
    "no sub": {"sub": ...},
    "no name": {"name": ...},
    "no role": {"role": ...},
    "no amr": {"amr": ...},
    "another issuer": {"iss": "benchtop"},
    "another audience": {"aud": "workspace:ws_other"},
    "a list of audiences": {"aud": [AUDIENCE]},
    "an empty sub": {"sub": ""},
    "a sub that is no text": {"sub": 1},
    "a sub that is null": {"sub": None},
    "an unknown role": {"role": "admin"},
    "a role in capitals": {"role": "OWNER"},
    "roles in a list": {"role": ["owner"]},
    "an unknown amr": {"amr": "none"},
    "expired": {"iat": NOW - 120, "exp": NOW - 60},
    "expired to the second of the leeway": {"iat": NOW - 90, "exp": NOW - 30},
    "issued in the future": {"iat": NOW + 31, "exp": NOW + 60},
    "not valid yet": {"nbf": NOW + 31},
    "nbf as text": {"nbf": str(NOW)},
    "exp as text": {"exp": str(NOW + 60)},
    "exp as a fraction": {"exp": NOW + 59.5},
    "exp as a truth": {"exp": True},
    "exp beyond all time": {"exp": 10**30},
    "exp as infinity": {"exp": float("inf")},
    "exp as null": {"exp": None},
    "lives longer than a minute": {"exp": NOW + 61},
    "ends before it begins": {"iat": NOW, "exp": NOW - 1},
}


@pytest.mark.parametrize("changes", REFUSED_CLAIMS.values(), ids=REFUSED_CLAIMS)
def test_s27_refuses_claims(changes):
    with pytest.raises(IdentityRefused):
        read(tokens.mint(right(**changes)))


def signed(header, **more):
    return tokens.mint(right(), header=header, **more)


GOOD = tokens.mint(right())
HEAD, BODY, SIGNATURE = GOOD.split(".")
REFUSED_TOKENS = {
    "nothing": "",
    "garbage": "garbage",
    "dots": "..",
    "two parts": f"{HEAD}.{BODY}",
    "four parts": f"{GOOD}.{SIGNATURE}",
    "no signature": f"{HEAD}.{BODY}.",
    "a cut signature": GOOD[:-4],
    "padding": f"{GOOD}=",
    "white space": f" {GOOD}",
    "a line break": f"{GOOD}\n",
    "the wrong alphabet": f"{HEAD}.{BODY}.++//{SIGNATURE[4:]}",
    "another key": tokens.mint(right(), key=bytes(32)),
    "alg none": signed({"alg": "none"}),
    "alg none without signature": f"eyJhbGciOiJub25lIn0.{BODY}.",
    "alg None": signed({"alg": "None"}),
    "alg HS512": signed({"alg": "HS512"}, algorithm=hashlib.sha512),
    "alg hs256": signed({"alg": "hs256"}),
    "alg RS256": signed({"alg": "RS256"}),
    "alg missing": signed({"typ": "JWT"}),
    "alg as a list": signed({"alg": ["HS256"]}),
    "crit": signed({"alg": "HS256", "crit": ["exp"]}),
    "a header that is a list": signed('["HS256"]'),
    "a header that is no JSON": signed("HS256"),
    "claims that are a list": tokens.mint("[]"),
    "claims that are a text": tokens.mint('"alice"'),
    "claims that are not UTF-8": tokens.mint("\udcff".encode("utf-8", "surrogateescape").decode("latin-1")),
    "a claim given twice": tokens.mint(json.dumps(right())[:-1] + ', "role": "owner"}'),
    "nested a thousand times": tokens.mint("[" * 1000 + "]" * 1000),
    "nested ten thousand times": tokens.mint('{"a":' * 10_000 + "1" + "}" * 10_000),
    "a megabyte": GOOD + "A" * 1_000_000,
}


@pytest.mark.parametrize("token", REFUSED_TOKENS.values(), ids=REFUSED_TOKENS)
def test_s27_refuses_tokens(token):
    # When
    begun = time.perf_counter()
    with pytest.raises(IdentityRefused) as refused:
        read(token)

    # Then
    assert time.perf_counter() - begun < 30
    assert len(token) < 10 or token not in str(refused.value)


@pytest.mark.parametrize(
    "header",
    [
        {"kid": "../../dev/null"},
        {"kid": "' OR 1=1"},
        {"jku": "http://127.0.0.1:1/"},
        {"x5u": "http://127.0.0.1:1/"},
        {"jwk": {"kty": "oct", "k": "AAAA"}},
    ],
    ids=str,
)
def test_s27_keys_named_in_the_token_are_never_looked_for(header):
    # Then: our key decides, whatever the header says
    assert read(signed({"alg": "HS256", **header})).user == "alice"
    with pytest.raises(IdentityRefused):
        read(signed({"alg": "HS256", **header}, key=bytes(32)))


def test_an_empty_audience_matches_nothing():
    with pytest.raises(IdentityRefused):
        read_identity(tokens.mint(right(aud="")), tokens.KEY, "", NOW)


def test_reads_keys_with_and_without_padding():
    text = tokens.encode(tokens.KEY)
    assert decode_key(text) == decode_key(f"{text}=\n") == tokens.KEY


@pytest.mark.parametrize("text", ["", "\n", "not base64!", tokens.encode(bytes(31)), "ключ"])
def test_refuses_keys(text):
    with pytest.raises(ValueError, match="identity key"):
        decode_key(text)
