/** Credentials: who gets them, and what is said when they are no use. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentialsFor } from '../../../src/actions/gcp/credentials.ts';
import type { Base } from '../../../src/actions/gcp/endpoints.ts';
import { requestIdOf } from '../../../src/actions/gcp/request-id.ts';
import { accessTo } from './stage.ts';

const GOOGLE: Base = { url: 'https://compute.googleapis.com/compute/v1', host: 'google' };
const OTHER: Base = { url: 'https://compute.example/compute/v1', host: 'other' };
const now = () => 0;
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gcp-key-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function keyFile(name: string, content: string) {
  const path = join(dir, name);
  await writeFile(path, content);
  return { GOOGLE_APPLICATION_CREDENTIALS: path };
}

describe('credentials', () => {
  it('are not sent to an emulator on this machine', async () => {
    const access = accessTo(undefined, now, { GCP_ACCESS_TOKEN: 'abc' });
    expect(await credentialsFor(access, { url: 'http://127.0.0.1:1/v1', host: 'loopback' })).toEqual({});
  });

  it('are the token of the environment, over https only', async () => {
    const access = accessTo(undefined, now, { GCP_ACCESS_TOKEN: 'abc' });
    expect(await credentialsFor(access, GOOGLE)).toEqual({ authorization: 'Bearer abc' });
    expect(await credentialsFor(access, OTHER)).toEqual({ authorization: 'Bearer abc' });
    const plain: Base = { url: 'http://compute.example/compute/v1', host: 'other' };
    await expect(credentialsFor(access, plain)).rejects.toMatchObject({ code: 'CONFIG' });
  });

  it("are never Google's own for somebody else's host", async () => {
    const access = accessTo(undefined, now, await keyFile('other.json', '{"type":"service_account"}'));
    await expect(credentialsFor(access, OTHER)).rejects.toThrow(/compute\.example is not Google's own/);
  });

  it('are fetched once with the key file, which is read again when it did not work', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked++;
      if (asked === 1) return response.writeHead(400).end('{"error":"invalid_grant"}');
      const token = { access_token: `t${asked}`, token_type: 'Bearer', expires_in: 3600 };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ ...token, issued_token_type: 'urn:ietf:params:oauth:token-type:access_token' }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const subject = join(dir, 'subject');
    await writeFile(subject, 'a-token-of-the-cluster');
    const key = {
      type: 'external_account',
      audience: '//iam.googleapis.com/projects/52/locations/global/workloadIdentityPools/pool/providers/k8s',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: `http://127.0.0.1:${port}/token`,
      credential_source: { file: subject },
    };
    const access = accessTo(undefined, now, await keyFile('external.json', JSON.stringify(key)));
    await expect(credentialsFor(access, GOOGLE)).rejects.toMatchObject({
      code: 'UPSTREAM',
      message: expect.stringMatching(/^Google does not take the credentials/),
    });
    expect(await credentialsFor(access, GOOGLE)).toMatchObject({ authorization: 'Bearer t2' });
    expect(await credentialsFor(access, GOOGLE)).toMatchObject({ authorization: 'Bearer t2' });
    expect(asked).toBe(2);
    server.closeAllConnections();
    server.close();
  });

  it.each(['not json', '[]', '{}'])('of a file with %j are refused without its path', async (content) => {
    const variables = await keyFile('broken.json', content);
    const error = await credentialsFor(accessTo(undefined, now, variables), GOOGLE).catch((one) => one);
    expect(error.code).toBe('CONFIG');
    expect(`${error.message} ${error.hint}`).not.toContain(dir);
  });

  it('of a file that is not there are said to be so', async () => {
    const access = accessTo(undefined, now, { GOOGLE_APPLICATION_CREDENTIALS: join(dir, 'none.json') });
    await expect(credentialsFor(access, GOOGLE)).rejects.toThrow(/it does not exist/);
  });
});

describe('request ids', () => {
  it('are UUIDs, the same for the same key and verb only', () => {
    const id = requestIdOf('prop-1/item-1', 'stop');
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(requestIdOf('prop-1/item-1', 'stop')).toBe(id);
    expect(requestIdOf('prop-1/item-1', 'start')).not.toBe(id);
    expect(requestIdOf('prop-1/item-2', 'stop')).not.toBe(id);
  });
});
