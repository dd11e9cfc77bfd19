import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bind } from '../../../src/sources/bind.ts';
import { openai as source } from '../../../src/sources/openai/index.ts';
import { testAccess, testRequest } from '../stand-in/access.ts';
import { type CollectedBatch, chargeTotals, collect, meterTotals, truthTotals } from '../stand-in/collect.ts';
import { type OpenAiStandIn, startOpenai } from '../stand-in/openai.ts';
import { truthCharges } from '../stand-in/truth.ts';

const openai = bind(source);
const window = { start: '2026-10-20', end: '2026-11-21' };
const truth = truthCharges({ ...window, services: 8, currencies: ['USD', 'EUR'] });
let standIn: OpenAiStandIn;
/** Everything, fetched once without trouble. */
let whole: readonly CollectedBatch[];

beforeAll(async () => {
  standIn = await startOpenai();
  standIn.bill(truth);
  whole = await fetchAll();
});
afterAll(() => standIn.close());
beforeEach(() => {
  standIn.bill(truth);
  standIn.trouble(undefined);
  standIn.revoke(false);
  standIn.forbid();
  standIn.withholdCosts();
});

function fetchAll(options: Record<string, unknown> = {}, days: { start: string; end: string } = window) {
  return collect(openai, options, testRequest(testAccess(standIn.variables), days));
}

describe('costs', () => {
  test('add up to what was spent, per day and currency, through pages and trouble', async () => {
    standIn.trouble({ rate: 0.2, seed: 3 });
    const batches = await fetchAll();
    const charges = batches.flatMap((batch) => batch.charges);
    expect(chargeTotals(charges)).toEqual(truthTotals(truth));
    expect(chargeTotals(charges, 'EffectiveCost')).toEqual(truthTotals(truth));
  });

  test('come in a batch per month, the newest first, each with its own days', () => {
    expect(whole.map(({ days }) => days)).toEqual([
      { start: '2026-11-01', end: '2026-11-21' },
      { start: '2026-10-20', end: '2026-10-31' },
    ]);
    for (const { days, charges } of whole) {
      const found = charges.map((charge) => charge.ChargePeriodStart).sort();
      expect([found[0], found.at(-1)]).toEqual([days.start, days.end]);
      expect(new Set(charges.map((charge) => charge.BillingPeriodStart))).toEqual(
        new Set([`${days.start.slice(0, 7)}-01`]),
      );
    }
  });

  test('know their project by name, unicode, "$" and archived ones too', () => {
    const [batch] = whole;
    const names = new Set(batch?.charges.map((charge) => charge.Tags.openai_project));
    expect(names).toContain('111111111111 данные');
    expect(names).toContain('222222222222 cost$center');
    expect(names).toContain('222222222222 growth');
    expect(names).toContain('111111111111');
    expect(names).toContain(undefined);
    const named = batch?.charges.find((charge) => charge.Tags.openai_project === '111111111111 search');
    expect(named).toMatchObject({
      SubAccountName: '111111111111 search',
      SubAccountId: 'proj_111111111111736561726368',
      Tags: { openai_project_id: 'proj_111111111111736561726368' },
    });
  });

  test('without the right to read projects, keep their ids and say so', async () => {
    standIn.forbid('/v1/organization/projects');
    const batches = await fetchAll();
    const charges = batches.flatMap((batch) => batch.charges);
    expect(chargeTotals(charges)).toEqual(truthTotals(truth));
    expect(charges.some((charge) => 'openai_project' in charge.Tags)).toBe(false);
    expect(charges.some((charge) => charge.Tags.openai_project_id?.startsWith('proj_'))).toBe(true);
    expect(batches[0]?.warnings).toEqual([expect.stringContaining('api.management.read')]);
    expect(batches[1]?.warnings).toEqual([]);
  });

  test('fail when the projects cannot be reached: without names they would be allocated otherwise', async () => {
    standIn.trouble({ rate: 1, seed: 1, kinds: ['error503'] });
    await expect(fetchAll()).rejects.toMatchObject({ code: 'UPSTREAM' });
  });
});

describe('usage', () => {
  const sum = (of: (charge: (typeof truth)[number]) => number, keep = (_: (typeof truth)[number]) => true) =>
    BigInt(truth.filter(keep).reduce((total, charge) => total + of(charge), 0));
  const embeds = (model: string) => model.startsWith('text-embedding');

  test('tells cached tokens from the others, and counts each once', () => {
    const usage = whole.flatMap((batch) => batch.usage ?? []);
    expect(meterTotals(usage, ({ model }) => !embeds(model))).toEqual({
      requests: sum(
        ({ tokens }) => tokens.requests,
        ({ model }) => !embeds(model),
      ),
      uncached_input_tokens: sum(
        ({ tokens }) => tokens.input,
        ({ model }) => !embeds(model),
      ),
      cached_input_tokens: sum(
        ({ tokens }) => tokens.cached,
        ({ model }) => !embeds(model),
      ),
      output_tokens: sum(
        ({ tokens }) => tokens.output,
        ({ model }) => !embeds(model),
      ),
    });
    expect(meterTotals(usage, ({ model }) => embeds(model))).toEqual({
      requests: sum(
        ({ tokens }) => tokens.requests,
        ({ model }) => embeds(model),
      ),
      uncached_input_tokens: sum(
        ({ tokens }) => tokens.input,
        ({ model }) => embeds(model),
      ),
    });
  });

  test('tells batch and priority from standard requests', () => {
    const usage = whole.flatMap((batch) => batch.usage ?? []);
    const batched = truth.filter(({ model, tokens }) => !embeds(model) && tokens.requests % 4 === 0);
    expect(meterTotals(usage, ({ tier }) => tier === 'batch').output_tokens).toBe(
      BigInt(batched.reduce((total, { tokens }) => total + tokens.output, 0)),
    );
    expect(new Set(usage.map(({ tier }) => tier))).toEqual(new Set(['standard', 'batch', 'priority']));
  });

  test('has the tags of the charges, and the key when asked for', async () => {
    const [plain] = whole;
    const tagsOf = (rows: readonly { Tags: Readonly<Record<string, string>> }[]) =>
      new Set(rows.map(({ Tags: { model: _, ...rest } }) => JSON.stringify(rest)));
    const charged = tagsOf(plain?.charges ?? []);
    for (const { tags } of plain?.usage ?? []) expect(charged).toContain(JSON.stringify(tags));
    const [keyed] = await fetchAll({ keys: 'yes' });
    expect(new Set(keyed?.usage?.map(({ tags }) => tags.openai_api_key_id))).toEqual(
      new Set(['key_0', 'key_1', 'key_2']),
    );
    expect(meterTotals(keyed?.usage ?? [])).toEqual(meterTotals(plain?.usage ?? []));
  });

  test('is not asked for with usage: no, and unknown (not empty) when it is refused', async () => {
    const before = standIn.requests.length;
    expect((await fetchAll({ usage: 'no' }))[0]?.usage).toBeUndefined();
    expect(standIn.requests.slice(before).some(({ url }) => url.pathname.includes('/usage/'))).toBe(false);
    standIn.forbid('/v1/organization/usage');
    const [batch] = await fetchAll();
    expect(batch?.usage).toBeUndefined();
    expect(batch?.charges.length).toBeGreaterThan(0);
    expect(batch?.warnings).toContainEqual(expect.stringMatching(/^Usage of completions is not known/));
  });

  test('without cost is told: the bill of that day is late', async () => {
    const days = { start: '2026-11-17', end: '2026-11-20' };
    expect(whole.flatMap((batch) => batch.lateWarnings)).toEqual([]);
    // Costs of the 18th are not there yet, and those of the 20th are not due.
    standIn.withholdCosts('2026-11-18', '2026-11-20');
    const [batch] = await fetchAll({}, days);
    expect(batch?.charges.some((charge) => charge.ChargePeriodStart === '2026-11-18')).toBe(false);
    expect(batch?.lateWarnings).toEqual([
      'OpenAI counts usage but no cost yet on 2026-11-18: what it cost is unknown.',
    ]);
  });
});

describe('refusals', () => {
  test('a revoked key is told in words, and never shown', async () => {
    standIn.revoke(true);
    const before = standIn.requests.length;
    const key = standIn.variables.OPENAI_ADMIN_KEY ?? '';
    const error = await fetchAll().catch((thrown: unknown) => thrown);
    // A key that is not taken is not tried at every door.
    expect(standIn.requests.length - before).toBe(1);
    expect(error).toMatchObject({ code: 'UPSTREAM', hint: expect.stringContaining('OPENAI_ADMIN_KEY') });
    const shown = JSON.stringify(error, Object.getOwnPropertyNames(error));
    expect(shown).toContain('HTTP 401');
    expect(shown).not.toContain(key);
    expect(shown).not.toContain(key.slice(-4));
  });

  test('a key without the scope is told what it needs', async () => {
    standIn.forbid('/v1/organization/costs');
    await expect(fetchAll()).rejects.toMatchObject({
      code: 'UPSTREAM',
      message: expect.stringContaining('api.usage.read'),
      hint: expect.stringContaining('"Usage: Read"'),
    });
  });

  test('check() asks once, for yesterday', async () => {
    const access = testAccess(standIn.variables);
    expect(await openai.check({}, access)).toEqual([{ ok: true, said: expect.any(String) }]);
    expect(access.counts.sent).toBe(1);
    expect(standIn.requests.at(-1)?.url.searchParams.get('start_time')).toBe('1795132800');
    standIn.revoke(true);
    expect(await openai.check({}, testAccess(standIn.variables))).toMatchObject([{ ok: false }]);
  });

  test('an ended run stops at once', async () => {
    const ended = new AbortController();
    ended.abort();
    const access = testAccess(standIn.variables, { signal: ended.signal });
    await expect(collect(openai, {}, testRequest(access, window))).rejects.toThrow();
    expect(access.counts.sent).toBe(0);
  });
});
