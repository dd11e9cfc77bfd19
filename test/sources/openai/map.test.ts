import { describe, expect, test } from 'vitest';
import { type MapOptions, toCharge, toUsage } from '../../../src/sources/openai/map.ts';
import { CompletionsPage, CostPage } from '../../../src/sources/openai/schema.ts';

const NOBODY: MapOptions = { names: new Map(), organization: undefined };

function costPage(...results: readonly unknown[]) {
  return {
    object: 'page',
    data: [{ object: 'bucket', start_time: 1730419200, end_time: 1730505600, results }],
    has_more: false,
    next_page: null,
  };
}

function charge(result: unknown, options = NOBODY) {
  const [day] = CostPage.parse(costPage(result)).days;
  return toCharge(day?.day ?? '', day?.rows[0] ?? expect.fail('no row'), options);
}

describe('a cost', () => {
  test('as recorded, that names nothing, is the organization’s', () => {
    const cost = charge({
      object: 'organization.costs.result',
      amount: { value: 0.06, currency: 'usd' },
      line_item: null,
      project_id: null,
      api_key_id: null,
      quantity: null,
      quantity_unit: null,
    });
    expect(cost).toEqual({
      ProviderName: 'OpenAI',
      PublisherName: 'OpenAI',
      InvoiceIssuerName: 'OpenAI',
      BillingAccountId: 'openai',
      ServiceName: 'OpenAI API',
      ServiceCategory: 'AI and Machine Learning',
      ServiceSubcategory: 'Generative AI',
      ChargeCategory: 'Usage',
      ChargeFrequency: 'Usage-Based',
      ChargePeriodStart: '2024-11-01',
      BillingPeriodStart: '2024-11-01',
      BillingCurrency: 'USD',
      BilledCost: '0.06',
      EffectiveCost: '0.06',
      ListCost: null,
      ContractedCost: null,
      Tags: {},
    });
  });

  test.each([
    [1.5e-7, '0.00000015'],
    [499.123456789, '499.123456789'],
    [-0.5, '-0.5'],
    ['0.00015000000000000000000000000001', '0.00015000000000000000000000000001'],
    ['0E-6176', '0'],
    [0, '0'],
  ])('of %s is %s exactly', (value, text) => {
    expect(charge({ amount: { value, currency: 'eur' } })).toMatchObject({
      BilledCost: text,
      EffectiveCost: text,
      BillingCurrency: 'EUR',
    });
  });

  test('names its account by what is configured, else by what the answer says', () => {
    const result = { amount: { value: 1, currency: 'usd' }, organization_id: 'org-1' };
    expect(charge(result).BillingAccountId).toBe('org-1');
    expect(charge(result, { ...NOBODY, organization: 'org-2' }).BillingAccountId).toBe('org-2');
  });

  test('has the line as SKU, and the model as tag', () => {
    const result = {
      amount: { value: 1, currency: 'usd' },
      line_item: 'gpt-4o-2024-08-06, cached input',
      project_id: 'proj_1',
    };
    expect(charge(result, { names: new Map([['proj_1', 'Search']]), organization: undefined })).toMatchObject(
      {
        SkuId: 'gpt-4o-2024-08-06, cached input',
        ChargeDescription: 'gpt-4o-2024-08-06, cached input',
        SkuMeter: 'cached input',
        Tags: { model: 'gpt-4o-2024-08-06', openai_project: 'Search', openai_project_id: 'proj_1' },
      },
    );
  });

  test.each([
    ['no amount', { line_item: 'x' }, /amount/],
    ['no value', { amount: { currency: 'usd' } }, /value/],
    ['text for an amount', { amount: { value: 'free', currency: 'usd' } }, /value/],
    ['no currency', { amount: { value: 1 } }, /currency/],
  ])('with %s is refused, not taken as zero', (_, result, where) => {
    const parsed = CostPage.safeParse(costPage(result));
    expect(parsed.error?.issues[0]?.path.join('.')).toMatch(where);
  });

  test('of several days in one bucket is refused', () => {
    const page = costPage();
    const [bucket] = page.data;
    const data = [{ ...bucket, end_time: 1730419200 + 2 * 86_400 }];
    expect(CostPage.safeParse({ ...page, data }).success).toBe(false);
  });
});

describe('usage', () => {
  const recorded = {
    object: 'organization.usage.completions.result',
    input_tokens: 1000,
    input_cached_tokens: 400,
    input_cache_write_tokens: 100,
    input_uncached_tokens: 500,
    output_tokens: 500,
    input_audio_tokens: 50,
    num_model_requests: 5,
    project_id: null,
    user_id: null,
    api_key_id: null,
    model: 'gpt-4o-2024-08-06',
    batch: null,
    service_tier: null,
  };
  const read = (result: unknown) => {
    const [day] = CompletionsPage.parse(costPage(result)).days;
    return toUsage('2024-11-01', day?.rows[0] ?? expect.fail('no row'), NOBODY.names);
  };

  test('as recorded: all input is uncached, cached and written to the cache', () => {
    expect(read(recorded)).toEqual({
      day: '2024-11-01',
      model: 'gpt-4o-2024-08-06',
      tier: 'standard',
      tags: {},
      meters: {
        requests: 5n,
        uncached_input_tokens: 500n,
        cached_input_tokens: 400n,
        cache_write_tokens: 100n,
        output_tokens: 500n,
      },
    });
  });

  test('without the uncached tokens, they are what is left', () => {
    const { input_uncached_tokens: _, ...older } = recorded;
    expect(read(older).meters.uncached_input_tokens).toBe(500n);
    expect(read({ ...older, input_cached_tokens: undefined }).meters.uncached_input_tokens).toBe(900n);
  });

  test('with more cached than all input is refused', () => {
    const { input_uncached_tokens: _, ...older } = recorded;
    const page = costPage({ ...older, input_cached_tokens: 2000 });
    expect(CompletionsPage.safeParse(page).success).toBe(false);
  });

  test.each([
    [{ batch: true, service_tier: 'default' }, 'batch'],
    [{ batch: false, service_tier: 'default' }, 'standard'],
    [{ batch: false, service_tier: 'flex' }, 'flex'],
    [{ service_tier: 'priority' }, 'priority'],
  ])('of %j is %s', (more, tier) => {
    expect(read({ ...recorded, ...more }).tier).toBe(tier);
  });
});
