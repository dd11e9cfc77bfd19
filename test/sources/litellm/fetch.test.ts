/** A proxy over HTTP: pages, whose key it is, both ways of asking, what is said about money that is no invoice. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDecimals } from '../../../src/core/decimal.ts';
import { sources } from '../../../src/sources/registry.ts';
import type { Charge, ChargeBatch, MeteredUsage } from '../../../src/sources/types.ts';
import { testAccess, testRequest } from '../stand-in/access.ts';
import { type LiteLlmStandIn, MASTER_KEY, MEMBER_KEY, startLiteLlm } from '../stand-in/litellm.ts';
import { startStandIn } from '../stand-in/server.ts';
import { type TruthCharge, truthCharges } from '../stand-in/truth.ts';

const litellm = sources.find(({ id }) => id === 'litellm');
const days = { start: '2026-11-19', end: '2026-11-20' };
const truth = truthCharges({ ...days, services: 800 });
let standIn: LiteLlmStandIn;

beforeEach(async () => {
  standIn = await startLiteLlm();
  standIn.bill(truth);
});
afterEach(() => standIn.close());

function access(variables: Record<string, string> = {}) {
  return testAccess({ ...standIn.variables, ...variables });
}

async function fetchAll(options: object = {}, window = days, variables: Record<string, string> = {}) {
  if (!litellm) throw new Error('LiteLLM is not registered.');
  const charges: Charge[] = [];
  const usage: MeteredUsage[] = [];
  const warnings: string[] = [];
  for await (const batch of litellm.fetch(options, testRequest(access(variables), window))) {
    const month = batch as ChargeBatch;
    for await (const some of month.charges) charges.push(...some);
    usage.push(...(month.usage?.() ?? []));
    warnings.push(...(month.warnings ?? []), ...(month.lateWarnings?.() ?? []));
  }
  return { charges, usage, warnings };
}

function total(amounts: readonly (string | null)[]): number {
  return Number(addDecimals(...amounts));
}

const billed = (charges: readonly Charge[]) => total(charges.map(({ BilledCost }) => BilledCost));
const owed = (charges: readonly TruthCharge[]) => total(charges.map(({ amount }) => amount));
const tokens = (usage: readonly MeteredUsage[], meter: string) =>
  usage.filter((row) => row.meter === meter).reduce((sum, { quantity }) => sum + quantity, 0n);

describe('litellm', () => {
  it('adds up a day that comes in several pages', async () => {
    const { charges, usage } = await fetchAll();
    const pages = standIn.requests.map(
      ({ url }) => `${url.searchParams.get('start_date')} ${url.searchParams.get('page')}`,
    );
    expect(pages.slice(1)).toEqual(['2026-11-19 1', '2026-11-19 2', '2026-11-20 1', '2026-11-20 2']);
    for (const day of ['2026-11-19', '2026-11-20'])
      expect(billed(charges.filter(({ ChargePeriodStart }) => ChargePeriodStart === day))).toBeCloseTo(
        owed(truth.filter((one) => one.day === day)),
        8,
      );
    expect(tokens(usage, 'output_tokens')).toBe(
      truth.reduce((sum, one) => sum + BigInt(one.tokens.output), 0n),
    );
    expect(tokens(usage, 'cached_input_tokens')).toBe(
      truth.reduce((sum, one) => sum + BigInt(one.tokens.cached), 0n),
    );
  });

  it('charges carry team, key and model; metered usage has the same tags', async () => {
    const { charges, usage } = await fetchAll();
    expect(charges[0]).toMatchObject({
      InvoiceIssuerName: 'LiteLLM',
      ProviderName: 'OpenAI',
      BillingCurrency: 'USD',
    });
    const tagsOf = (tags: object) => JSON.stringify(Object.entries(tags).sort());
    const charged = new Set(charges.map(({ Tags: { model, ...rest } }) => `${model} ${tagsOf(rest)}`));
    expect(usage.filter(({ model, tags }) => !charged.has(`${model} ${tagsOf(tags)}`))).toEqual([]);
    expect(new Set(charges.map(({ Tags }) => Tags.team))).toContain('данные');
  });

  it('reads single requests with their tags, and every page of them', async () => {
    const { charges } = await fetchAll({ by: 'spend-logs' });
    expect(billed(charges)).toBeCloseTo(owed(truth), 8);
    const bert = charges.filter(({ Tags }) => Tags['User-Agent'] !== undefined);
    expect(bert).toEqual([]);
    const search = truth.filter(({ tags }) => tags.team === 'search');
    expect(billed(charges.filter(({ Tags }) => Tags.team === 'search'))).toBeCloseTo(owed(search), 8);
  });

  it('reads only usage with count: no, and says why that may be wanted otherwise', async () => {
    const counted = await fetchAll();
    expect(counted.warnings).toEqual([expect.stringContaining('count: no')]);
    const { charges, usage, warnings } = await fetchAll({ count: 'no' });
    expect({ charges, warnings }).toEqual({ charges: [], warnings: [] });
    expect(usage).toEqual(counted.usage);
  });

  it('names models that cost nothing because the proxy has no price for them', async () => {
    standIn.bill(truth.slice(0, 3).map((one) => ({ ...one, amount: '0', model: 'llama-own' })));
    const { charges, warnings } = await fetchAll();
    expect(charges).toEqual([]);
    expect(warnings.at(-1)).toContain('no cost for llama-own');
  });

  it('refuses a key that sees only its own spend, before taking that for everything', async () => {
    const member = { LITELLM_MASTER_KEY: MEMBER_KEY };
    await expect(fetchAll({}, days, member)).rejects.toMatchObject({
      code: 'UPSTREAM',
      hint: expect.stringContaining('proxy_admin_viewer'),
    });
    expect(standIn.requests).toHaveLength(1);
    expect(await litellm?.check({}, access(member))).toMatchObject([{ ok: false }]);
    expect(await litellm?.check({}, access())).toMatchObject([{ ok: true }]);
  });

  it('gives no key away when it is refused', async () => {
    standIn.revoke(true);
    const error: unknown = await fetchAll().catch((caught: unknown) => caught);
    expect(String(error)).toContain('401');
    expect(`${String(error)}${JSON.stringify(error)}`).not.toContain(MASTER_KEY);
    expect(String(error)).not.toContain(MASTER_KEY.slice(-4));
  });

  it('says that a proxy without a database keeps nothing', async () => {
    const bare = await startStandIn({
      answer: () => ({ status: 400, body: { detail: { error: 'DB not connected. See the docs' } } }),
      refuse: () => ({ body: {} }),
    });
    expect(await litellm?.check({ baseUrl: bare.url }, access())).toMatchObject([
      { ok: false, hint: expect.stringContaining('DATABASE_URL') },
    ]);
    await bare.close();
  });

  it('needs an address', async () => {
    await expect(fetchAll({}, days, { LITELLM_BASE_URL: '' })).rejects.toMatchObject({ code: 'CONFIG' });
    await expect(fetchAll({ baseUrl: 'ftp://x' })).rejects.toMatchObject({ code: 'CONFIG' });
    const { charges } = await fetchAll({ baseUrl: `${standIn.url}/` }, days, { LITELLM_BASE_URL: 'x' });
    expect(charges.length).toBeGreaterThan(0);
  });
});
