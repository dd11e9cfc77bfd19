/** Who is let in: tokens against a key set over HTTP, with the SDK's own CloudAdapter behind. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  APP,
  invoke,
  message,
  OTHER_TENANT,
  SERVICE,
  startWireApp,
  TENANT,
  type WireApp,
} from './wire-app.ts';

let app: WireApp;
const seconds = () => Math.floor(Date.now() / 1000);
const printed: unknown[] = [];

beforeAll(async () => {
  // The SDK prints what it refuses; it is looked at below.
  for (const way of ['error', 'warn', 'log'] as const)
    vi.spyOn(console, way).mockImplementation((...words) => void printed.push(...words));
  app = await startWireApp({}, ['teams', 'directline', 'unendorsed']);
});
afterAll(async () => {
  await app.stop();
  vi.restoreAllMocks();
});
afterEach(() => {
  app.taken.length = 0;
  app.refused.length = 0;
});

type Claims = Parameters<WireApp['keys']['bearer']>[0];
type Options = Parameters<WireApp['keys']['bearer']>[1];

describe('a token', () => {
  it.each<[string, Claims?, Options?]>([
    ['as Microsoft makes it', undefined, undefined],
    ['that ended within the tolerance', { exp: seconds() - 60 }],
    ['with more claims', { ver: '1.0', tid: TENANT }],
  ])('%s is taken', async (_, claims, options) => {
    const answer = await app.post(invoke(), { authorization: app.keys.bearer(claims, options) });
    expect(answer).toMatchObject({ status: 200, body: { statusCode: 200 } });
    expect(app.taken).toHaveLength(1);
    expect(app.refused).toEqual([]);
  });

  it.each<[string, Claims?, Options?]>([
    ['forged: another key under a published id', {}, { key: 'foreign', kid: 'teams' }],
    ['of an unpublished key', {}, { key: 'foreign' }],
    ['without a key id', {}, { kid: '' }],
    ['of a key endorsed for another channel', {}, { key: 'directline' }],
    ['of a key without endorsements', {}, { key: 'unendorsed' }],
    ['without a signature (alg none)', {}, { alg: 'none' }],
    ['signed with the public key as a secret (HS256)', {}, { alg: 'HS256' }],
    ['that expired', { nbf: seconds() - 7200, exp: seconds() - 3600 }],
    ['without an end', { exp: undefined }],
    ['that is not valid yet', { nbf: seconds() + 3600, exp: seconds() + 7200 }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['of Entra ID for a bot emulator', { iss: `https://sts.windows.net/${TENANT}/`, ver: '1.0', appid: APP }],
    ['without an issuer', { iss: undefined }],
    ['for another app', { aud: '00000000-0000-4000-8000-00000000dead' }],
    ['for several apps', { aud: [APP, 'other'] }],
    ['without an audience', { aud: undefined }],
    ['for another serviceUrl', { serviceurl: 'https://smba.trafficmanager.net/amer/' }],
    ['without a serviceUrl', { serviceurl: undefined }],
  ])('%s is refused', async (_, claims, options) => {
    const answer = await app.post(invoke(), { authorization: app.keys.bearer(claims, options) });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(app.taken).toEqual([]);
    expect(app.refused).toEqual(['token']);
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['of another scheme', 'Basic dGVhbXM6dGVhbXM='],
    ['no token at all', 'Bearer teams'],
    ['of two parts', 'Bearer e30.e30'],
    ['not JSON inside', 'Bearer AAAA.AAAA.AAAA'],
  ])('that is %s is refused', async (_, authorization) => {
    const answer = await app.post(message(), authorization === undefined ? {} : { authorization });
    expect(answer.status).toBe(401);
    expect(app.taken).toEqual([]);
  });

  it('changed after signing is refused', async () => {
    const [head, , signature] = app.keys.sign().split('.');
    const claims = Buffer.from(JSON.stringify({ iss: 'https://api.botframework.com', aud: APP, exp: 9e9 }));
    const changed = `Bearer ${head}.${claims.toString('base64url')}.${signature}`;
    expect((await app.post(invoke(), { authorization: changed })).status).toBe(401);
    expect((await app.post(invoke())).status).toBe(200);
    expect(app.taken).toHaveLength(1);
  });

  it('is good for Teams only, whatever channel the activity names', async () => {
    const direct = { authorization: app.keys.bearer({}, { key: 'directline' }) };
    expect((await app.post(invoke({ channelId: 'directline' }), direct)).status).toBe(400);
    expect((await app.post(invoke({ channelId: 'emulator' }))).status).toBe(400);
    expect(app.taken).toEqual([]);
  });

  it('never shows in logs', () => {
    const written = [...app.lines, ...printed.map(String)].join('\n');
    expect(app.lines.length).toBeGreaterThan(5);
    expect(written).not.toMatch(/eyJ|Bearer /);
    expect(app.lines.join('\n')).not.toContain(SERVICE);
  });

  it('does not ask for the key set each time', () => {
    expect(app.keys.asked()).toBe(1);
  });
});

describe('keys that cannot be read', () => {
  it('refuse with 503, so that Teams tries again', async () => {
    const dark = await startWireApp({ endpoints: { openId: 'http://127.0.0.1:9/openid' } });
    const answer = await dark.post(message());
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('30');
    expect(dark.taken).toEqual([]);
    expect(dark.refused).toEqual(['keys']);
    await dark.stop();
  });
});

describe('a tenant', () => {
  it.each([
    [
      'another',
      { conversation: { id: 'a:1', tenantId: OTHER_TENANT }, channelData: { tenant: { id: OTHER_TENANT } } },
    ],
    ['another, only in the conversation', { conversation: { id: 'a:1', tenantId: OTHER_TENANT } }],
    ['another, only in the channel data', { channelData: { tenant: { id: OTHER_TENANT } } }],
    ['none', { conversation: { id: 'a:1' }, channelData: {} }],
    ['none but null', { conversation: { id: 'a:1', tenantId: null }, channelData: null }],
  ])('%s is refused', async (_, change) => {
    expect((await app.post(invoke(change))).status).toBe(403);
    expect((await app.post(message(change))).status).toBe(403);
    expect(app.taken).toEqual([]);
    expect(app.refused).toEqual(['tenant', 'tenant']);
  });

  it('of ours is served, also in other letters and named once', async () => {
    const change = { conversation: { id: 'a:1', tenantId: TENANT.toUpperCase() }, channelData: undefined };
    expect((await app.post(invoke(change))).status).toBe(200);
    expect(app.taken[0]?.conversation.tenantId).toBe(TENANT);
  });
});

describe('a connector', () => {
  it.each([
    'https://evil.example/emea/',
    'https://smba.trafficmanager.net.evil.example/emea/',
    'https://evil.trafficmanager.net/',
    'http://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net:8443/',
    'https://user@smba.trafficmanager.net/',
    'http://127.0.0.1:3978/',
    'http://169.254.169.254/',
    'file:///etc/passwd',
    'smba.trafficmanager.net',
  ])('at %s is refused, even with a token for it', async (serviceUrl) => {
    const headers = { authorization: app.keys.bearer({ serviceurl: serviceUrl }) };
    expect((await app.post(invoke({ serviceUrl }), headers)).status).toBe(403);
    expect(app.taken).toEqual([]);
    expect(app.refused).toEqual(['service-url']);
  });

  it.each([SERVICE, 'https://smba.infra.gcc.teams.microsoft.com/teams', 'https://europe.botframework.com'])(
    'at %s is one of Teams',
    async (serviceUrl) => {
      const headers = { authorization: app.keys.bearer({ serviceurl: serviceUrl }) };
      expect((await app.post(invoke({ serviceUrl }), headers)).status).toBe(200);
      expect(app.taken[0]?.serviceUrl).toBe(serviceUrl.replace(/\/$/, ''));
    },
  );
});
