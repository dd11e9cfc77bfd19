import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bind } from '../../../src/sources/bind.ts';
import { openai as source } from '../../../src/sources/openai/index.ts';
import { testAccess, testRequest } from '../stand-in/access.ts';
import { collect } from '../stand-in/collect.ts';
import { type OpenAiStandIn, startOpenai } from '../stand-in/openai.ts';
import { type StandInAnswer, startStandIn } from '../stand-in/server.ts';

const openai = bind(source);
const day = { start: '2026-11-20', end: '2026-11-20' };

describe('the key', () => {
  test.each([
    ['sk-proj-abcdefgh12345678', 'a project key'],
    ['sk-svcacct-abcdefgh12345678', "a service account's key"],
    ['sk-abcdefgh12345678', 'an ordinary API key'],
    ['sk-ant-admin01-abcdefgh12345678', 'a key of Anthropic'],
    ['hello', 'no admin key'],
  ])('%s is told to be %s, before anything is sent', async (key, words) => {
    const access = testAccess({ OPENAI_ADMIN_KEY: key });
    const error = await collect(openai, {}, testRequest(access, day)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'CONFIG',
      message: expect.stringContaining(words),
      hint: expect.stringContaining('admin-keys'),
    });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(key);
    expect(access.counts.sent).toBe(0);
  });

  test('that is missing is asked for under the configured name', async () => {
    const access = testAccess({});
    expect(await openai.check({ keyVariable: 'ACME_KEY' }, access)).toMatchObject([
      { ok: false, said: 'ACME_KEY is not set.', hint: expect.stringContaining('admin key') },
    ]);
  });

  test('with a line break inside is refused without being shown', async () => {
    const access = testAccess({ OPENAI_ADMIN_KEY: 'sk-admin-one\nsk-admin-two' });
    const [check] = await openai.check({}, access);
    expect(check).toMatchObject({ ok: false });
    expect(JSON.stringify(check)).not.toContain('sk-admin-one');
  });

  test('may have any shape for another address', async () => {
    const gateway = await startStandIn({
      answer: ({ headers }) =>
        headers.authorization === 'Bearer gateway-token'
          ? { body: { object: 'page', data: [], has_more: false, next_page: null } }
          : { status: 401, body: {} },
      refuse: () => ({ body: {} }),
    });
    const access = testAccess({ GATEWAY_TOKEN: 'gateway-token' });
    const settings = { keyVariable: 'GATEWAY_TOKEN', baseUrl: `${gateway.url}/openai/` };
    expect(await openai.check(settings, access)).toMatchObject([{ ok: true }]);
    expect(gateway.requests[0]?.url.pathname).toBe('/openai/v1/organization/costs');
    await gateway.close();
  });

  test('that the other side quotes whole is not shown', async () => {
    const key = 'sk-admin-0123456789abcdef';
    const rude = await startStandIn({
      answer: () => ({ status: 403, body: { error: `Key ${key} is not welcome` } }),
      refuse: () => ({ body: {} }),
    });
    const [check] = await openai.check({ baseUrl: rude.url }, testAccess({ OPENAI_ADMIN_KEY: key }));
    expect(check).toMatchObject({ ok: false, said: 'OpenAI refused: HTTP 403 (Key (key) is not welcome)' });
    await rude.close();
  });
});

describe('the address', () => {
  test.each(['ftp://x', 'nonsense', 'https://user:secret@host', 'https://host/?q=1'])(
    '%s is refused',
    async (baseUrl) => {
      await expect(openai.check({ baseUrl }, testAccess({}))).rejects.toMatchObject({ code: 'CONFIG' });
      const access = testAccess({ OPENAI_BASE_URL: baseUrl, OPENAI_ADMIN_KEY: 'sk-admin-1234' });
      const [check] = await openai.check({}, access);
      expect(check).toMatchObject({ ok: false, said: expect.stringContaining('OPENAI_BASE_URL') });
      expect(check?.said).not.toContain('secret');
    },
  );
});

describe('an answer', () => {
  const answering = async (answer: () => StandInAnswer) => {
    const server = await startStandIn({
      answer: ({ url }) => (url.pathname.endsWith('/costs') ? answer() : { body: page }),
      refuse: () => ({ body: {} }),
    });
    const access = testAccess({ OPENAI_ADMIN_KEY: 'any', OPENAI_BASE_URL: server.url });
    try {
      return await collect(openai, { usage: 'no' }, testRequest(access, day)).catch(
        (thrown: unknown) => thrown,
      );
    } finally {
      await server.close();
    }
  };
  const page = { object: 'page', data: [] as unknown[], has_more: false, next_page: null as string | null };

  test('that goes round in circles is an error, not half a bill', async () => {
    const error = await answering(() => ({ body: { ...page, has_more: true, next_page: 'page_1' } }));
    expect(error).toMatchObject({ code: 'UPSTREAM', message: expect.stringContaining('not where') });
  });

  test('that says there is more but not where is an error', async () => {
    const error = await answering(() => ({ body: { ...page, has_more: true } }));
    expect(error).toMatchObject({ code: 'UPSTREAM', message: expect.stringContaining('not where') });
  });

  test('of another shape is an error that names the place', async () => {
    const results = [{ object: 'organization.costs.result', line_item: 'gpt-4o, input' }];
    const data = [{ object: 'bucket', start_time: 1795132800, end_time: 1795219200, results }];
    const error = await answering(() => ({ body: { ...page, data } }));
    expect(error).toMatchObject({
      code: 'UPSTREAM',
      message: expect.stringContaining('data.0.results.0.amount: expected an amount'),
    });
  });

  test('that leaves a day out makes it unknown', async () => {
    const request = { start: '2026-11-18', end: '2026-11-19' };
    const server = await startStandIn({ answer: () => ({ body: page }), refuse: () => ({ body: {} }) });
    const access = testAccess({ OPENAI_ADMIN_KEY: 'any', OPENAI_BASE_URL: server.url });
    const [batch] = await collect(openai, { usage: 'no' }, testRequest(access, request));
    await server.close();
    expect(batch?.lateWarnings).toEqual([
      'OpenAI says nothing about 2026-11-18, 2026-11-19: what it cost is unknown.',
    ]);
  });
});

describe('the stand-in refuses as the vendor does', () => {
  let standIn: OpenAiStandIn;
  beforeAll(async () => {
    standIn = await startOpenai();
  });
  afterAll(() => standIn.close());

  test.each([
    ['costs', 'group_by=api_key_id', 'group_by[0]'],
    ['costs', 'limit=181', 'limit'],
    ['costs', 'bucket_width=1h', 'bucket_width'],
    ['usage/completions', 'limit=32', 'limit'],
    ['usage/embeddings', 'group_by=service_tier', 'group_by[0]'],
    ['costs', 'groups=project_id', 'groups'],
    ['costs', 'page=page_nonsense', 'page'],
  ])('%s?%s', async (path, query, param) => {
    const response = await fetch(
      `${standIn.url}/v1/organization/${path}?start_time=1795132800&end_time=1795219200&${query}`,
      { headers: { authorization: `Bearer ${standIn.variables.OPENAI_ADMIN_KEY}` } },
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error', param } });
  });
});
