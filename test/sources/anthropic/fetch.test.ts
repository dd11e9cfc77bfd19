import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { anthropic as source } from '../../../src/sources/anthropic/index.ts';
import { bind } from '../../../src/sources/bind.ts';
import { testAccess, testRequest } from '../stand-in/access.ts';
import { type AnthropicStandIn, startAnthropic } from '../stand-in/anthropic.ts';
import { type CollectedBatch, chargeTotals, collect, meterTotals, truthTotals } from '../stand-in/collect.ts';
import { truthCharges } from '../stand-in/truth.ts';

const anthropic = bind(source);
const window = { start: '2026-10-20', end: '2026-11-21' };
const truth = truthCharges({ ...window, services: 8, currencies: ['USD', 'JPY'] });
let standIn: AnthropicStandIn;
/** Everything, fetched once without trouble. */
let whole: readonly CollectedBatch[];

beforeAll(async () => {
  standIn = await startAnthropic();
  standIn.bill(truth);
  whole = await fetchAll();
});
afterAll(() => standIn.close());
beforeEach(() => {
  standIn.trouble(undefined);
  standIn.revoke(false);
  standIn.forbid();
  standIn.withholdCosts();
});

function fetchAll(options: Record<string, unknown> = {}, days: { start: string; end: string } = window) {
  return collect(anthropic, options, testRequest(testAccess(standIn.variables), days));
}

describe('costs', () => {
  test('add up to what was spent, in dollars and in yen, through pages and trouble', async () => {
    standIn.trouble({ rate: 0.2, seed: 3 });
    const charges = (await fetchAll()).flatMap((batch) => batch.charges);
    expect(chargeTotals(charges)).toEqual(truthTotals(truth));
    expect(chargeTotals(charges, 'EffectiveCost')).toEqual(truthTotals(truth));
  });

  test('come in a batch per month, the newest first', () => {
    expect(whole.map(({ days }) => days)).toEqual([
      { start: '2026-11-01', end: '2026-11-21' },
      { start: '2026-10-20', end: '2026-10-31' },
    ]);
    for (const { days, charges } of whole) {
      const found = charges.map((charge) => charge.ChargePeriodStart).sort();
      expect([found[0], found.at(-1)]).toEqual([days.start, days.end]);
    }
  });

  test('know their workspace by name; the default one has no id', () => {
    const tags = whole.flatMap(({ charges }) => charges.map((charge) => charge.Tags));
    const names = new Set(tags.map((tag) => tag.anthropic_workspace));
    expect(names).toContain('111111111111 данные');
    expect(names).toContain('222222222222 cost$center');
    expect(names).toContain('222222222222 growth');
    expect(names).not.toContain(undefined);
    const unowned = tags.filter((tag) => tag.anthropic_workspace === 'Default');
    expect(unowned.length).toBeGreaterThan(0);
    expect(unowned.every((tag) => !('anthropic_workspace_id' in tag))).toBe(true);
  });

  test('without the right to read workspaces, keep their ids and say so', async () => {
    standIn.forbid('/v1/organizations/workspaces');
    const batches = await fetchAll();
    const charges = batches.flatMap((batch) => batch.charges);
    expect(chargeTotals(charges)).toEqual(truthTotals(truth));
    expect(new Set(charges.map((charge) => charge.Tags.anthropic_workspace))).toEqual(
      new Set([undefined, 'Default']),
    );
    expect(batches.map(({ warnings }) => warnings.length)).toEqual([1, 0]);
    expect(batches[0]?.warnings[0]).toMatch(/workspaces are not known/);
  });
});

describe('usage', () => {
  const sum = (of: (charge: (typeof truth)[number]) => number, keep = (_: (typeof truth)[number]) => true) =>
    BigInt(truth.filter(keep).reduce((total, charge) => total + of(charge), 0));

  test('tells all kinds of tokens apart', () => {
    expect(meterTotals(whole.flatMap(({ usage }) => usage ?? []))).toEqual({
      uncached_input_tokens: sum(({ tokens }) => tokens.input),
      cached_input_tokens: sum(({ tokens }) => tokens.cached),
      cache_write_tokens: sum(({ tokens }) => 3 * tokens.requests),
      cache_write_1h_tokens: sum(({ tokens }) => tokens.requests),
      output_tokens: sum(({ tokens }) => tokens.output),
    });
  });

  test('tells batch from standard', () => {
    const usage = whole.flatMap((batch) => batch.usage ?? []);
    expect(meterTotals(usage, ({ tier }) => tier === 'batch').output_tokens).toBe(
      sum(
        ({ tokens }) => tokens.output,
        ({ tokens }) => tokens.requests % 4 === 0,
      ),
    );
    expect(new Set(usage.map(({ tier }) => tier))).toEqual(new Set(['standard', 'batch']));
  });

  test('has the key when asked for, and is not asked for with usage: no', async () => {
    const days = { start: '2026-11-10', end: '2026-11-20' };
    const [keyed] = await fetchAll({ keys: 'yes' }, days);
    expect(new Set(keyed?.usage?.map(({ tags }) => tags.anthropic_api_key_id))).toEqual(
      new Set(['apikey_0', 'apikey_1', 'apikey_2']),
    );
    const before = standIn.requests.length;
    const [none] = await fetchAll({ usage: 'no' }, days);
    expect(none?.usage).toBeUndefined();
    expect(standIn.requests.slice(before).filter(({ url }) => url.pathname.includes('usage_report'))).toEqual(
      [],
    );
  });

  test('that is refused is unknown, not empty', async () => {
    standIn.forbid('/v1/organizations/usage_report');
    const [batch] = await fetchAll();
    expect(batch?.usage).toBeUndefined();
    expect(batch?.charges.length).toBeGreaterThan(0);
    expect(batch?.warnings).toEqual([expect.stringMatching(/^Usage of tokens is not known/)]);
  });

  test('without cost is told: the bill of that day is late', async () => {
    standIn.withholdCosts('2026-11-18', '2026-11-19', '2026-11-20');
    const [batch] = await fetchAll({}, { start: '2026-11-17', end: '2026-11-20' });
    expect(batch?.lateWarnings).toEqual([
      'Anthropic counts usage but no cost yet on 2026-11-18, 2026-11-19: what it cost is unknown.',
    ]);
  });
});

describe('refusals', () => {
  test('a revoked key is told in words, and never shown', async () => {
    standIn.revoke(true);
    const before = standIn.requests.length;
    const key = standIn.variables.ANTHROPIC_ADMIN_KEY ?? '';
    const error = await fetchAll().catch((thrown: unknown) => thrown);
    // A key that is not taken is not tried at every door.
    expect(standIn.requests.length - before).toBe(1);
    expect(error).toMatchObject({ code: 'UPSTREAM', hint: expect.stringContaining('ANTHROPIC_ADMIN_KEY') });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(key);
    expect(await anthropic.check({}, testAccess(standIn.variables))).toMatchObject([{ ok: false }]);
  });

  test.each([
    ['sk-ant-api03-abcdefgh12345678', "a workspace's API key"],
    ['sk-ant-oat01-abcdefgh12345678', 'a login of Claude Code'],
    ['sk-proj-abcdefgh12345678', 'no admin key'],
  ])('%s is told to be %s, before anything is sent', async (key, words) => {
    const access = testAccess({ ANTHROPIC_ADMIN_KEY: key });
    const [check] = await anthropic.check({}, access);
    expect(check).toMatchObject({ ok: false, said: expect.stringContaining(words) });
    expect(JSON.stringify(check)).not.toContain(key);
    expect(access.counts.sent).toBe(0);
  });

  test('check() asks once, for yesterday', async () => {
    const access = testAccess(standIn.variables);
    expect(await anthropic.check({}, access)).toEqual([{ ok: true, said: expect.any(String) }]);
    expect(access.counts.sent).toBe(1);
    expect(standIn.requests.at(-1)?.url.searchParams.get('starting_at')).toBe('2026-11-20T00:00:00Z');
  });

  test.each([
    ['cost_report', 'group_by[]=api_key_id'],
    ['cost_report', 'limit=32'],
    ['cost_report', 'bucket_width=1h'],
    ['usage_report/messages', 'group_by[]=description'],
    ['cost_report', 'page=nonsense'],
  ])('the stand-in refuses %s?%s as the vendor does', async (path, query) => {
    const response = await fetch(
      `${standIn.url}/v1/organizations/${path}?starting_at=2026-11-20T00:00:00Z&ending_at=2026-11-21T00:00:00Z&${query}`,
      {
        headers: {
          'x-api-key': standIn.variables.ANTHROPIC_ADMIN_KEY ?? '',
          'anthropic-version': '2023-06-01',
        },
      },
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      type: 'error',
      error: { type: 'invalid_request_error' },
    });
  });
});
