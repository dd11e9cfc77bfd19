/** What a proxy says, in our words: providers, tags, keys, what parts leave over, tiny amounts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spendOfActivity } from '../../../src/sources/litellm/from-activity.ts';
import { readTags, spendOfLog } from '../../../src/sources/litellm/from-logs.ts';
import { toCharge, toUsage } from '../../../src/sources/litellm/map.ts';
import { ActivityPage, LogPage } from '../../../src/sources/litellm/schema.ts';

const HASH = '88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b';
const options = { host: 'proxy.test', teams: new Map([['t1', 'Search']]) };

function metrics(spend: number, prompt = 10, more: Record<string, number> = {}) {
  return { spend, prompt_tokens: prompt, completion_tokens: 0, api_requests: 1, ...more };
}

function part(of: ReturnType<typeof metrics>, keys: Record<string, object> = {}) {
  return { metrics: of, metadata: {}, api_key_breakdown: keys };
}

function key(of: ReturnType<typeof metrics>, metadata: object = { key_alias: 'ci', team_id: 't1' }) {
  return { metrics: of, metadata };
}

function chargesOf(day: object) {
  const page = ActivityPage.parse({
    results: [{ date: '2026-11-20', ...day }],
    metadata: { total_pages: 1 },
  });
  return page.days.flatMap(spendOfActivity).map((spend) => toCharge(spend, options));
}

describe('daily activity', () => {
  it('counts model × key, then what keys and models leave over, and nothing twice', () => {
    const charges = chargesOf({
      metrics: metrics(10.3),
      breakdown: {
        models: {
          'gpt-4o': part(metrics(7), { [HASH]: key(metrics(6)), '': key(metrics(0.5), {}) }),
          'anthropic/claude-sonnet-4-5': part(metrics(3), { [HASH]: key(metrics(3)) }),
        },
        model_groups: { fast: part(metrics(10)) },
        providers: { openai: part(metrics(7), { [HASH]: key(metrics(6)) }), bedrock: part(metrics(3)) },
        mcp_servers: { search: part(metrics(0.3)) },
        api_keys: { [HASH]: key(metrics(9)) },
      },
    });
    expect(charges.map(({ ProviderName, BilledCost, Tags }) => [ProviderName, BilledCost, Tags])).toEqual([
      ['OpenAI', '6', { team: 'Search', litellm_key: 'ci', model: 'gpt-4o' }],
      ['LiteLLM', '0.5', { model: 'gpt-4o' }],
      ['LiteLLM', '0.5', { model: 'gpt-4o' }],
      ['Anthropic', '3', { team: 'Search', litellm_key: 'ci', model: 'claude-sonnet-4-5' }],
      ['LiteLLM', '0.3', {}],
    ]);
    expect(new Set(charges.map(({ InvoiceIssuerName }) => InvoiceIssuerName))).toEqual(new Set(['LiteLLM']));
  });

  it('takes the rounding of floats for nothing that is missing', () => {
    const charges = chargesOf({
      metrics: metrics(0.1 + 0.2),
      breakdown: { models: { m: part(metrics(0.3), { [HASH]: key(metrics(0.3)) }) } },
    });
    expect(charges.map(({ BilledCost }) => BilledCost)).toEqual(['0.3']);
  });

  it('does not guess a provider for a key that used two', () => {
    const both = { [HASH]: key(metrics(1)) };
    const charges = chargesOf({
      metrics: metrics(1),
      breakdown: {
        models: { m: part(metrics(1), both) },
        providers: { openai: part(metrics(1), both), azure: part(metrics(0), both) },
      },
    });
    expect(charges.map(({ ProviderName }) => ProviderName)).toEqual(['LiteLLM']);
  });

  it('shows a key by its alias or eight characters of its hash, and never a key itself', () => {
    const names = [key(metrics(1), { key_alias: null, team_id: 'unknown-team' }), key(metrics(1), {})].map(
      (one, index) => ({ [index === 0 ? HASH : 'sk-very-secret-key-in-full']: one }),
    );
    const charges = names.flatMap((keys) =>
      chargesOf({ metrics: metrics(1), breakdown: { models: { m: part(metrics(1), keys) } } }),
    );
    expect(charges.map(({ Tags }) => Tags)).toEqual([
      { team: 'unknown-team', litellm_key: '88dc28d0', model: 'm' },
      { model: 'm' },
    ]);
    expect(JSON.stringify(charges)).not.toMatch(new RegExp(`${HASH.slice(0, 9)}|sk-very`));
  });

  it('keeps amounts of more decimals than are kept to 10^-18', () => {
    const tiny = 1.2345678901234566e-7;
    const [charge] = chargesOf({
      metrics: metrics(tiny),
      breakdown: { models: { m: part(metrics(tiny), { [HASH]: key(metrics(tiny)) }) } },
    });
    expect(charge?.BilledCost).toBe('0.000000123456789012');
  });

  it('tells cached tokens apart, also where prompt tokens leave them out', () => {
    const usage = (prompt: number) => {
      const of = metrics(1, prompt, { cache_read_input_tokens: 60, cache_creation_input_tokens: 15 });
      const page = ActivityPage.parse({
        results: [
          { date: '2026-11-20', metrics: of, breakdown: { models: { m: part(of, { [HASH]: key(of) }) } } },
        ],
        metadata: { total_pages: 1 },
      });
      const rows = page.days.flatMap(spendOfActivity).flatMap((spend) => toUsage(spend, options));
      return Object.fromEntries(rows.map(({ meter, quantity }) => [meter, quantity]));
    };
    const cached = { requests: 1n, cached_input_tokens: 60n, cache_write_tokens: 15n };
    expect(usage(100)).toEqual({ ...cached, uncached_input_tokens: 25n });
    expect(usage(20)).toEqual({ ...cached, uncached_input_tokens: 20n });
  });

  it('refuses an answer without spend instead of taking it for zero', () => {
    expect(() => chargesOf({ metrics: { prompt_tokens: 5 }, breakdown: { models: {} } })).toThrow(/spend/);
  });
});

describe('request logs', () => {
  const log = {
    startTime: '2026-11-20 23:59:59.999999',
    spend: 2.5e-4,
    model: 'gpt-4o',
    custom_llm_provider: 'azure',
    api_key: HASH,
    team_id: 't1',
    status: 'success',
    prompt_tokens: 100,
    completion_tokens: 20,
    request_tags: '["feature: Search ","env:prod","env:dev","beta","User-Agent: x","model:bert"]',
    metadata:
      '{"user_api_key_alias": "ci", "usage_object": {"prompt_tokens_details": {"cached_tokens": 40}}}',
  };

  it('reads JSON within text: cached tokens, alias and tags; the model stays the model', () => {
    const [spend] = LogPage.parse({ data: [log] }).map((one) => spendOfLog(one, undefined));
    if (!spend) throw new Error('There is no spend.');
    expect(toCharge(spend, options)).toMatchObject({
      ProviderName: 'Microsoft',
      ChargePeriodStart: '2026-11-20',
      BilledCost: '0.00025',
      Tags: {
        feature: 'Search',
        env: 'dev, prod',
        request_tag: 'beta',
        team: 'Search',
        litellm_key: 'ci',
        model: 'gpt-4o',
      },
    });
    const quantities = toUsage(spend, options).map(({ meter, quantity }) => [meter, quantity]);
    expect(Object.fromEntries(quantities)).toEqual({
      requests: 1n,
      uncached_input_tokens: 60n,
      cached_input_tokens: 40n,
      output_tokens: 20n,
    });
  });

  it('keeps the tags that are asked for, and survives what is no JSON', () => {
    expect(readTags(['a:1', 'B:2', 'User-Agent: x'], ['b', 'user-agent'])).toEqual({
      B: '2',
      'User-Agent': 'x',
    });
    const [broken] = LogPage.parse({
      data: [{ ...log, request_tags: '[', metadata: 'x', status: 'failure' }],
    });
    expect(broken).toMatchObject({ tags: [], metrics: { requests: 0n, cacheRead: 0n, prompt: 100n } });
  });

  it.each([
    ['2026-11-20T23:30:00-08:00', '2026-11-21'],
    ['2026-11-20T23:30:00.123Z', '2026-11-20'],
    ['2026-11-20 23:30:00', '2026-11-20'],
  ])('%s is on %s in UTC', (startTime, day) => {
    expect(LogPage.parse({ data: [{ ...log, startTime }] })[0]?.day).toBe(day);
  });

  const recorded = join(
    import.meta.dirname,
    '../../../../shared/data/payloads/litellm/spend_logs_row.recorded.abridged.json',
  );
  const read = () => {
    try {
      return readFileSync(recorded, 'utf8');
    } catch {
      return undefined;
    }
  };
  it.skipIf(read() === undefined)('reads a recorded row (skipped where the recordings are absent)', () => {
    const [row] = LogPage.parse({ data: [JSON.parse(read() ?? '')] });
    expect(row).toMatchObject({ day: '2025-01-24', provider: 'openai', tags: [], key: undefined });
    expect(row?.metrics).toMatchObject({ spend: '0.00022500000000000002', prompt: 10n, output: 20n });
  });
});
