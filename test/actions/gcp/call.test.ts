/** Requests to Google's APIs: where they go, with which credentials, and what is said when they fail. */
import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { callGoogle } from '../../../src/actions/gcp/call.ts';
import { computeStop } from '../../../src/actions/gcp/compute-stop.ts';
import { type Base, baseOf } from '../../../src/actions/gcp/endpoints.ts';
import { accessTo, inputFor } from './stage.ts';

const now = () => 0;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(answer: RequestListener) {
  const seen: { readonly path: string; readonly authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    seen.push({ path: request.url ?? '', authorization: request.headers.authorization });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { seen, url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` };
}

function ask(endpoint: string, write = false) {
  return callGoogle(accessTo(endpoint, now), {
    service: 'container',
    permission: 'container.clusters.update',
    task: 'resize the node pool gpu',
    write,
    location: 'europe-west4',
    path: 'projects/p/locations/europe-west4/clusters/c',
    answer: z.object({ name: z.string() }),
  });
}

describe('where requests go', () => {
  const base = (variables: Record<string, string>, endpoint?: string): Base =>
    baseOf(accessTo(endpoint, now, variables), 'compute', 'europe-west4-a');

  it("to Google's own hosts", () => {
    const access = accessTo(undefined, now);
    expect(baseOf(access, 'compute', 'europe-west4-a').url).toBe('https://compute.googleapis.com/compute/v1');
    expect(baseOf(access, 'aiplatform', 'europe-west4').url).toBe(
      'https://europe-west4-aiplatform.googleapis.com/v1',
    );
    expect(baseOf(access, 'aiplatform', 'global').url).toBe('https://aiplatform.googleapis.com/v1');
    expect(baseOf(access, 'notebooks', 'x').url).toBe('https://notebooks.googleapis.com/v2');
    expect(baseOf(access, 'container', 'x')).toEqual({
      url: 'https://container.googleapis.com/v1',
      host: 'google',
    });
  });

  it("where gcloud's variables say, with or without the version, unless the entry says otherwise", () => {
    const CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE = 'http://localhost:8080/compute/v1/';
    expect(base({ CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE })).toEqual({
      url: 'http://localhost:8080/compute/v1',
      host: 'loopback',
    });
    expect(base({ CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE }, 'http://127.0.0.1:9/').url).toBe(
      'http://127.0.0.1:9/compute/v1',
    );
    expect(() => base({ CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE: 'localhost' })).toThrow(/not an address/);
  });

  it.each([
    ['https://compute-acme.p.googleapis.com', 'google'],
    ['https://googleapis.com.evil.example', 'other'],
    ['https://evilgoogleapis.com', 'other'],
    ['http://compute.googleapis.com', 'other'],
    ['http://127.0.0.1.evil.example', 'other'],
    ['http://[::1]:8080', 'loopback'],
  ])('%s is %s', (endpoint, host) => expect(base({}, endpoint).host).toBe(host));

  it.each([
    ['location', 'evil.example/#'],
    ['zone', 'europe-west4-a/../../b'],
    ['project', '../other'],
  ])('never there where the %s %s would lead', async (part, value) => {
    const { seen, url } = await serve((_, response) => response.end('{}'));
    const { ref } = inputFor('//compute.googleapis.com/projects/acme/zones/europe-west4-a/instances/i');
    const input = { ref: { ...ref, parts: { ...ref.parts, zone: '', [part]: value } }, parameters: {} };
    await expect(computeStop.plan(accessTo(url, now), input)).rejects.toMatchObject({ code: 'INVALID' });
    expect(computeStop.input.safeParse(input).success).toBe(false);
    expect(seen).toEqual([]);
  });
});

describe('what is said when they fail', () => {
  it.each<[number, object, RegExp, RegExp]>([
    [
      403,
      {
        message: 'Kubernetes Engine API has not been used in project 52 before or it is disabled.',
        details: [{ reason: 'SERVICE_DISABLED' }],
      },
      /container\.googleapis\.com is not switched on/,
      /gcloud services enable/,
    ],
    [
      403,
      { message: 'Required "iam.serviceAccounts.actAs" permission(s) for "x".', status: 'PERMISSION_DENIED' },
      /the permission iam\.serviceAccounts\.actAs is missing/,
      /permissions actions --provider gcp/,
    ],
    [403, { message: 'Forbidden' }, /container\.clusters\.update is missing/, /Grant it/],
    [401, { message: 'Invalid Credentials' }, /does not take the credentials/, /expired or revoked/],
    [
      400,
      { message: 'Cluster is busy.', status: 'FAILED_PRECONDITION' },
      /refused to resize the node pool gpu: Cluster is busy\.$/,
      /Another change/,
    ],
    [404, {}, /does not exist/, /^$/],
  ])('%i %o', async (status, error, message, hint) => {
    const { seen, url } = await serve((_, response) =>
      response.writeHead(status).end(JSON.stringify({ error: { code: status, ...error } })),
    );
    const thrown = await ask(url, true).catch((one) => one);
    expect(thrown.message).toMatch(message);
    expect(thrown.hint ?? '').toMatch(hint);
    expect(thrown.uncertain).toBe(false);
    expect(seen).toHaveLength(1);
  });

  it('asks again as long as a read fails, and does not follow elsewhere', async () => {
    const { seen, url } = await serve((_, response) =>
      response.writeHead(seen.length < 3 ? 503 : 200).end(seen.length < 3 ? '' : '{"name":"c"}'),
    );
    expect(await ask(url)).toEqual({ name: 'c' });
    const away = await serve((_, response) => response.writeHead(302, { location: `${url}/x` }).end());
    await expect(ask(away.url)).rejects.toThrow(/HTTP 302/);
    expect(seen).toHaveLength(3);
  });

  it.each(['<html>sign in</html>', '{"name":7}', ''])('does not understand %j', async (text) => {
    const { seen, url } = await serve((_, response) => response.end(text));
    await expect(ask(url, true)).rejects.toMatchObject({ code: 'UPSTREAM', uncertain: true });
    expect(seen).toHaveLength(1);
    await expect(ask(url)).rejects.toMatchObject({ code: 'UPSTREAM', uncertain: false });
  });

  it('is certain of what never left this machine', async () => {
    const { url } = await serve(() => undefined);
    closing.pop()?.();
    await expect(ask(url, true)).rejects.toMatchObject({ uncertain: false });
  });

  it('waits no longer than it is worth', async () => {
    const { seen, url } = await serve((_, response) =>
      response.writeHead(429, { 'retry-after': '3600' }).end('{}'),
    );
    await expect(ask(url, true)).rejects.toThrow(/too many requests/);
    expect(seen).toHaveLength(1);
  });
});
