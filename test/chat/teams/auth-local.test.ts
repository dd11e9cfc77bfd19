/** Without credentials: only a program on this machine is answered, and only for a connector on it. */
import { type IncomingHttpHeaders, request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createBotFramework } from '../../../src/chat/teams/bot-framework.ts';
import { isLoopbackHost, whyNotLocal } from '../../../src/chat/teams/loopback.ts';
import { APP, invoke, message, startWireApp, TENANT, type WireApp } from './wire-app.ts';

const SERVICE = 'http://localhost:56150/_connector';
let app: WireApp;
beforeAll(async () => {
  app = await startWireApp({ appId: undefined, appPassword: undefined, local: true, tenants: [] });
});
afterAll(() => app.stop());
afterEach(() => {
  app.taken.length = 0;
  app.refused.length = 0;
});

const click = (change = {}) => invoke({ serviceUrl: SERVICE, ...change });

describe('the local client', () => {
  it('needs no token, no tenant, no time', async () => {
    const bare = { timestamp: undefined, conversation: { id: 'a:1' }, channelData: undefined, id: undefined };
    expect((await app.post(click(), {})).status).toBe(200);
    // What Microsoft's local client adds to every request.
    expect((await app.post(click(bare), { 'x-ms-agents-playground': '1' })).status).toBe(200);
    expect(app.taken).toHaveLength(2);
    expect(app.refused).toEqual([]);
  });

  it.each([
    ['x-forwarded-for', '203.0.113.7'],
    ['x-forwarded-host', 'bot.example'],
    ['forwarded', 'for=127.0.0.1'],
    ['via', '1.1 proxy'],
    ['x-real-ip', '127.0.0.1'],
    ['cf-connecting-ip', '203.0.113.7'],
    ['x-ms-proxy', 'AzureAD-Application-Proxy'],
    ['origin', 'https://evil.example'],
    ['host', 'evil.example:3978'],
  ])('may not send %s', async (name, value) => {
    // fetch would not send some of them.
    expect(await send(app.url, click(), { [name]: value })).toBe(403);
    expect(await send(app.url, click(), {})).toBe(200);
    expect(app.taken).toHaveLength(1);
    expect(app.refused).toEqual(['local']);
  });

  it.each(['https://smba.trafficmanager.net/emea/', 'http://192.168.0.9:56150/', 'https://evil.example'])(
    'may not name the connector %s',
    async (serviceUrl) => {
      expect((await app.post(click({ serviceUrl }), {})).status).toBe(403);
      expect((await app.post(message({ serviceUrl }), {})).status).toBe(403);
      expect(app.taken).toEqual([]);
      expect(app.refused).toEqual(['service-url', 'service-url']);
    },
  );

  it('may not be on another machine', () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .find(({ internal }) => !internal);
    for (const remoteAddress of [
      '203.0.113.7',
      '::ffff:10.0.0.4',
      'fe80::1',
      '',
      undefined,
      outside?.address,
    ])
      expect(whyNotLocal({ headers: { host: 'localhost:3978' }, socket: { remoteAddress } })).toBe(
        remoteAddress === undefined && outside === undefined
          ? expect.anything()
          : 'it comes from another machine',
      );
    for (const remoteAddress of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])
      expect(whyNotLocal({ headers: { host: '[::1]:3978' }, socket: { remoteAddress } })).toBeUndefined();
  });

  it('is told from a browser by the type of what it sends', async () => {
    expect((await app.post(click(), { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('is kept to the tenants that are named', async () => {
    const strict = await startWireApp({ appId: undefined, local: true, tenants: ['elsewhere'] });
    expect((await strict.post(click(), {})).status).toBe(403);
    await strict.stop();
  });
});

describe('a configuration', () => {
  const deps = { log: { info() {}, warn() {}, error() {} }, now: Date.now };
  it.each([
    ['without an app', { appType: 'SingleTenant', tenants: [TENANT] }],
    ['with an app and local', { appType: 'SingleTenant', appId: APP, tenants: [TENANT], local: true }],
    ['without a tenant', { appType: 'MultiTenant', appId: APP, appPassword: 'x', tenants: [] }],
  ] as const)('%s opens no door', (_, config) => {
    expect(() => createBotFramework(config, deps)).toThrow(expect.objectContaining({ code: 'CONFIG' }));
  });
});

describe('a loopback host', () => {
  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.1.2.3', '::1', '[::1]', '::ffff:127.0.0.1'])(
    '%s',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );
  it.each([
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '::ffff:10.0.0.1',
    '',
  ])('not %s', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});

function send(url: string, body: unknown, headers: IncomingHttpHeaders): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    });
    sent.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
    sent.end(JSON.stringify(body));
  });
}
