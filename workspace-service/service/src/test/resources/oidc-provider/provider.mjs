// A certified OpenID Connect provider for tests, on a free loopback port. Arguments: where clients send people back to after
// signing in, and after signing out. Prints its issuer when it listens. Whoever types one of the names below is let in.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [redirectUri, afterSignOut] = process.argv.slice(2);

const people = {
  anna: { name: 'Anna Weber', preferred_username: 'Anna.Weber', email: 'anna@example.org', email_verified: true, groups: ['ops', 'chess'] },
  ben: { name: 'Ben Okafor', preferred_username: 'ben', email: 'ben@example.org', email_verified: true, groups: ['science'] },
  carol: { name: 'Carol Reyes', preferred_username: 'carol', email: 'carol@example.org', email_verified: true, groups: ['chess'] },
  dora: { name: 'Dora Silva', preferred_username: 'dora', email: 'dora@example.org', email_verified: false, groups: ['science'] },
};

const client = {
  redirect_uris: [redirectUri],
  post_logout_redirect_uris: [afterSignOut],
  response_types: ['code'],
  grant_types: ['authorization_code'],
};

const key = (kid, type, options) => ({ ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }), kid, use: 'sig' });

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      { ...client, client_id: 'benchtop', client_secret: 'a secret: of 100% tests + more', token_endpoint_auth_method: 'client_secret_basic' },
      { ...client, client_id: 'benchtop-post', client_secret: 'another secret', token_endpoint_auth_method: 'client_secret_post' },
      { ...client, client_id: 'benchtop-public', token_endpoint_auth_method: 'none' },
      { ...client, client_id: 'benchtop-ps256', token_endpoint_auth_method: 'none', id_token_signed_response_alg: 'PS256' },
      { ...client, client_id: 'benchtop-es256', token_endpoint_auth_method: 'none', id_token_signed_response_alg: 'ES256' },
    ],
    claims: { profile: ['name', 'preferred_username'], email: ['email', 'email_verified'], groups: ['groups'] },
    jwks: { keys: [key('rsa', 'rsa', { modulusLength: 2048 }), key('ec', 'ec', { namedCurve: 'P-256' })] },
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256'] },
    pkce: { required: () => true },
    cookies: { keys: ['only for tests'] },
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  });
  server.on('request', provider.callback());
  console.log(`listening ${issuer}`);
});
