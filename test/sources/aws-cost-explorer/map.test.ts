import { describe, expect, it } from 'vitest';
import { attosOf, decimalOfAttos } from '../../../src/sources/aws-cost-explorer/amounts.ts';
import { createAsker, runPlan } from '../../../src/sources/aws-cost-explorer/ask.ts';
import type { CostExplorer } from '../../../src/sources/aws-cost-explorer/client.ts';
import { filterOf, groupValue, tagDimension } from '../../../src/sources/aws-cost-explorer/dimensions.ts';
import { chargesOf } from '../../../src/sources/aws-cost-explorer/map.ts';
import type { Plan } from '../../../src/sources/aws-cost-explorer/plan-types.ts';
import { testAccess } from '../stand-in/access.ts';
import { source } from './wire.ts';

const FACTS = { account: '999999999999', accountName: 'Payer', names: new Map([['111111111111', 'Search']]) };

function chargeOf(of: Record<string, string | undefined>, amounts = [1n, 2n]) {
  const dimensions = ['SERVICE', ...Object.keys(of).filter((name) => name !== 'SERVICE')];
  const values = dimensions.map((dimension) =>
    dimension === 'SERVICE' ? (of.SERVICE ?? 'AWS Lambda') : of[dimension],
  );
  const plan: Plan = {
    dimensions,
    parts: [{ slot: '2026-11-05 USD', values, amounts: amounts.map((amount) => amount * 10n ** 17n) }],
    shortfalls: new Set(),
    asked: 1,
    needed: 1,
  };
  return chargesOf(plan, FACTS)[0];
}

describe('a charge', () => {
  it('has the columns that Cost Explorer knows', () => {
    expect(
      chargeOf({
        LINKED_ACCOUNT: '111111111111',
        RECORD_TYPE: 'Usage',
        REGION: 'us-east-1',
        'tag team': 'a',
        'tag model': '',
      }),
    ).toEqual({
      ChargePeriodStart: '2026-11-05',
      BillingPeriodStart: '2026-11-01',
      BillingCurrency: 'USD',
      ProviderName: 'AWS',
      PublisherName: 'Amazon Web Services, Inc.',
      BillingAccountId: '999999999999',
      BillingAccountName: 'Payer',
      SubAccountId: '111111111111',
      SubAccountName: 'Search',
      ServiceName: 'AWS Lambda',
      ServiceCategory: 'Compute',
      RegionId: 'us-east-1',
      ChargeCategory: 'Usage',
      ChargeFrequency: 'Usage-Based',
      ChargeDescription: 'Usage',
      BilledCost: '0.1',
      EffectiveCost: '0.2',
      ListCost: null,
      ContractedCost: null,
      Tags: { team: 'a' },
    });
  });

  it.each([
    ['Usage', 'Usage'],
    ['Tax', 'Tax'],
    ['Credit', 'Credit'],
    ['Refund', 'Credit'],
    ['RIFee', 'Purchase'],
    ['Savings Plan Recurring Fee', 'Purchase'],
    ['SavingsPlanNegation', 'Usage'],
    ['EdpDiscount', 'Adjustment'],
    ['Something new', 'Usage'],
  ])('of the record type %s is %s', (recordType, category) => {
    expect(chargeOf({ RECORD_TYPE: recordType })?.ChargeCategory).toBe(category);
  });

  it('is tax by its service where record types are not known', () => {
    expect(chargeOf({ SERVICE: 'Tax' })?.ChargeCategory).toBe('Tax');
  });

  it.each([
    ['Claude 3.5 Sonnet (Amazon Bedrock Edition)', 'Anthropic', 'AI and Machine Learning'],
    ['Mistral Large (Amazon Bedrock Edition)', 'Mistral AI', 'AI and Machine Learning'],
    ['New Thing 1 (Amazon Bedrock Edition)', 'New Thing 1', 'AI and Machine Learning'],
    ['Luma AI', 'Luma AI', 'AI and Machine Learning'],
    ['Amazon Bedrock', 'Amazon Web Services, Inc.', 'AI and Machine Learning'],
    ['Some Marketplace Product', 'Amazon Web Services, Inc.', undefined],
  ])('of %s names its provider', (service, publisher, category) => {
    expect(chargeOf({ SERVICE: service })).toMatchObject({ ServiceName: service, PublisherName: publisher });
    expect(chargeOf({ SERVICE: service })?.ServiceCategory).toBe(category);
  });

  it('leaves out what is not known, and regions that are none', () => {
    const charge = chargeOf({ LINKED_ACCOUNT: undefined, REGION: 'NoRegion', 'tag team': undefined });
    expect(charge).not.toHaveProperty('SubAccountId');
    expect(charge).not.toHaveProperty('RegionId');
    expect(charge?.Tags).toEqual({});
  });
});

describe('group keys of tags', () => {
  it.each([
    ['team$search', 'search'],
    ['team$', ''],
    ['team$cost$center', 'cost$center'],
    ['team$данные', 'данные'],
  ])('%s', (key, value) => expect(groupValue(tagDimension('team'), key)).toBe(value));

  it('a key with $ of its own', () => expect(groupValue(tagDimension('a$b'), 'a$b$c')).toBe('c'));
});

describe('filters', () => {
  const seen = (dimension: string) => new Set(dimension === 'tag team' ? ['', 'a', 'b'] : []);

  it('say And and Or only where there are two operands', () => {
    expect(filterOf([new Map([['SERVICE', ['S3']]])], seen)).toEqual({
      Dimensions: { Key: 'SERVICE', Values: ['S3'] },
    });
    expect(filterOf([], seen)).toBeUndefined();
    expect(
      filterOf(
        [
          new Map([
            ['SERVICE', ['S3']],
            ['tag team', ['a']],
          ]),
          new Map([['SERVICE', ['EC2', 'RDS']]]),
        ],
        seen,
      ),
    ).toEqual({
      Or: [
        {
          And: [
            { Dimensions: { Key: 'SERVICE', Values: ['S3'] } },
            { Tags: { Key: 'team', Values: ['a'], MatchOptions: ['EQUALS'] } },
          ],
        },
        { Dimensions: { Key: 'SERVICE', Values: ['EC2', 'RDS'] } },
      ],
    });
  });

  it('take untagged as everything that has no other value', () => {
    expect(filterOf([new Map([['tag team', ['', 'a']]])], seen)).toEqual({
      Not: { Tags: { Key: 'team', Values: ['b'], MatchOptions: ['EQUALS'] } },
    });
    expect(filterOf([new Map([['tag team', ['', 'a', 'b']]])], seen)).toBeUndefined();
  });
});

describe('amounts', () => {
  it.each(['0.0000000001', '-12.5', '312.3799999999', '0', '123456789012345678.123456789012345678'])(
    '%s',
    (text) => expect(decimalOfAttos(attosOf(text))).toBe(text),
  );
  it('with exponents', () => expect(decimalOfAttos(attosOf('1.2E-7'))).toBe('0.00000012'));
});

describe('documented answers', () => {
  it('come with untagged groups, and with the same group twice', async () => {
    const group = (keys: string[], Amount: string) => ({
      Keys: keys,
      Metrics: { UnblendedCost: { Amount, Unit: 'USD' }, AmortizedCost: { Amount, Unit: 'USD' } },
    });
    const body = {
      GroupDefinitions: [],
      ResultsByTime: [
        {
          Estimated: false,
          TimePeriod: { Start: '2026-11-05', End: '2026-11-06' },
          Total: {},
          Groups: [
            group(['Amazon DynamoDB', 'team$'], '1.0000035'),
            group(['Amazon DynamoDB', 'team$'], '0.0000035'),
            group(['Amazon DynamoDB', 'team$a'], '2'),
          ],
        },
      ],
    };
    const access = testAccess({});
    const client = { getCostAndUsage: async () => body } as unknown as CostExplorer;
    const asker = createAsker({
      ...{ client, access, granularity: 'DAILY', start: '2026-11-05', end: '2026-11-06' },
      metrics: ['UnblendedCost', 'AmortizedCost'],
    });
    const plan = await runPlan(asker, ['SERVICE', 'tag team'], { access, reserve: 0 });
    expect(chargesOf(plan, FACTS).map(({ BilledCost, Tags }) => [BilledCost, Tags])).toEqual([
      ['1.000007', {}],
      ['2', { team: 'a' }],
    ]);
  });
});

describe('settings', () => {
  const accepts = (written: object) => source.settings.safeParse(written).success;

  it('need nothing but what is there by default', () => expect(accepts({})).toBe(true));

  it.each([
    { payers: [{ roleArn: 'arn:aws:iam::111111111111:role/x' }], account: '222222222222' },
    { payers: [{ roleArn: 'not a role' }] },
    { account: '12' },
    { dimensions: ['SERVICE'] },
    { dimensions: ['COLOUR'] },
    { tags: ['team', 'team'] },
    { hourly: 'often' },
    { colour: 'blue' },
  ])('refuse %j', (written) => expect(accepts(written)).toBe(false));
});

describe('permissions', () => {
  it('are the calls that are made', () => {
    const [policy] = source.permissions(undefined).documents;
    expect(JSON.parse(policy?.text ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ReadCosts',
          Effect: 'Allow',
          Action: ['ce:GetCostAndUsage', 'ce:GetCostForecast', 'ce:GetAnomalies'],
          Resource: '*',
        },
      ],
    });
  });

  it('are no more than is used, and say who may assume the roles', () => {
    const roleArn = 'arn:aws:iam::111111111111:role/pennywatch';
    const { documents } = source.permissions({ evidence: 'no', payers: [{ roleArn, externalId: 'x-1' }] });
    expect(documents[0]?.text).not.toContain('Forecast');
    expect(documents[1]?.text).toContain('"sts:ExternalId": "x-1"');
    expect(JSON.parse(documents[2]?.text ?? '').Statement[0].Resource).toEqual([roleArn]);
  });
});
