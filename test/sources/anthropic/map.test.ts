import { describe, expect, test } from 'vitest';
import { fromMinorUnits, type MapOptions, toCharge, toUsage } from '../../../src/sources/anthropic/map.ts';
import { CostPage, UsagePage } from '../../../src/sources/anthropic/schema.ts';

const WORKSPACE = 'wrkspc_01JwQvzr7rXLA5AGx3HKfFUJ';
const OPTIONS: MapOptions = { names: new Map([[WORKSPACE, 'Research']]), organization: 'acme' };

/** As in the vendor's documentation. */
const COST = {
  amount: '123.78912',
  currency: 'USD',
  cost_type: 'tokens',
  description: 'Claude Sonnet 4 Usage - Input Tokens',
  model: 'claude-opus-4-8',
  token_type: 'uncached_input_tokens',
  service_tier: 'standard',
  context_window: '0-200k',
  workspace_id: WORKSPACE,
  inference_geo: 'global',
};

const USAGE = {
  account_id: 'user_01WCz1FkmYMm4gnmykNKUu3Q',
  api_key_id: 'apikey_01Rj2N8SVvo6BePZj99NhmiT',
  cache_creation: { ephemeral_1h_input_tokens: 1000, ephemeral_5m_input_tokens: 500 },
  cache_read_input_tokens: 200,
  context_window: '0-200k',
  model: 'claude-opus-4-6',
  output_tokens: 500,
  server_tool_use: { web_search_requests: 10 },
  service_tier: 'priority',
  uncached_input_tokens: 1500,
  workspace_id: null,
};

function pageOf(result: unknown) {
  const bucket = { starting_at: '2025-08-01T00:00:00Z', ending_at: '2025-08-02T00:00:00Z' };
  return { data: [{ ...bucket, results: [result] }], has_more: false, next_page: null };
}

function charge(result: unknown) {
  const [day] = CostPage.parse(pageOf(result)).days;
  return toCharge(day?.day ?? '', day?.rows[0] ?? expect.fail('no row'), OPTIONS);
}

describe('a cost', () => {
  test('of 123.78912 cents is 1.2378912 dollars', () => {
    expect(charge(COST)).toEqual({
      ProviderName: 'Anthropic',
      PublisherName: 'Anthropic',
      InvoiceIssuerName: 'Anthropic',
      BillingAccountId: 'acme',
      SubAccountId: WORKSPACE,
      SubAccountName: 'Research',
      ServiceName: 'Anthropic API',
      ServiceCategory: 'AI and Machine Learning',
      ServiceSubcategory: 'Generative AI',
      SkuId: 'claude-opus-4-8 | uncached_input_tokens | standard | 0-200k',
      SkuMeter: 'uncached_input_tokens',
      ChargeDescription: 'Claude Sonnet 4 Usage - Input Tokens',
      ChargeCategory: 'Usage',
      ChargeFrequency: 'Usage-Based',
      ChargePeriodStart: '2025-08-01',
      BillingPeriodStart: '2025-08-01',
      BillingCurrency: 'USD',
      BilledCost: '1.2378912',
      EffectiveCost: '1.2378912',
      ListCost: null,
      ContractedCost: null,
      Tags: {
        anthropic_workspace: 'Research',
        anthropic_workspace_id: WORKSPACE,
        model: 'claude-opus-4-8',
      },
    });
  });

  test('of a tool names no model; no workspace is the default one', () => {
    const search = {
      ...COST,
      cost_type: 'web_search',
      description: 'Web Search Usage',
      model: null,
      token_type: null,
      service_tier: null,
      context_window: null,
      workspace_id: null,
    };
    const found = charge(search);
    expect(found).toMatchObject({ SkuId: 'web_search', SkuMeter: 'web_search' });
    expect(found.Tags).toEqual({ anthropic_workspace: 'Default' });
    expect('SubAccountId' in found).toBe(false);
  });

  test.each([
    ['100', 'USD', '1'],
    ['-0.5', 'EUR', '-0.005'],
    ['0.000000000000000001', 'USD', '0.00000000000000000001'],
    ['1250', 'JPY', '1250'],
    ['1250', 'KWD', '1.25'],
    ['0', 'USD', '0'],
  ])('of %s smallest units of %s is %s', (minor, currency, amount) => {
    expect(fromMinorUnits(minor, currency)).toBe(amount);
  });

  test.each([
    ['amount', undefined],
    ['amount', null],
    ['amount', 'a lot'],
    ['currency', undefined],
  ])('with %s %s is refused, not taken as zero', (field, value) => {
    const parsed = CostPage.safeParse(pageOf({ ...COST, [field]: value }));
    expect(parsed.error?.issues[0]?.path).toEqual(['data', 0, 'results', 0, field]);
  });
});

describe('usage', () => {
  const read = (result: unknown) => {
    const [day] = UsagePage.parse(pageOf(result)).days;
    return toUsage(day?.day ?? '', day?.rows[0] ?? expect.fail('no row'), OPTIONS.names);
  };

  test('as documented', () => {
    expect(read(USAGE)).toEqual({
      day: '2025-08-01',
      model: 'claude-opus-4-6',
      tier: 'priority',
      tags: { anthropic_workspace: 'Default', anthropic_api_key_id: 'apikey_01Rj2N8SVvo6BePZj99NhmiT' },
      meters: {
        uncached_input_tokens: 1500n,
        cached_input_tokens: 200n,
        cache_write_tokens: 500n,
        cache_write_1h_tokens: 1000n,
        output_tokens: 500n,
      },
    });
  });

  test('without a kind of tokens is refused', () => {
    const { cache_creation: _, ...rest } = USAGE;
    expect(UsagePage.safeParse(pageOf(rest)).success).toBe(false);
  });
});
