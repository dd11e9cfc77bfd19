/** An AWS Cost and Usage Report with one line of each kind, and what each is in FOCUS. */
export const COLUMNS = [
  'bill_payer_account_id',
  'bill_billing_entity',
  'bill_billing_period_start_date',
  'bill_billing_period_end_date',
  'line_item_usage_account_id',
  'line_item_usage_start_date',
  'line_item_usage_end_date',
  'line_item_line_item_type',
  'line_item_product_code',
  'line_item_legal_entity',
  'line_item_usage_type',
  'line_item_line_item_description',
  'line_item_currency_code',
  'line_item_unblended_cost',
  'pricing_public_on_demand_cost',
  'product',
  'product_servicecode',
  'savings_plan_savings_plan_a_r_n',
  'savings_plan_savings_plan_effective_cost',
  'savings_plan_total_commitment_to_date',
  'savings_plan_used_commitment',
  'reservation_reservation_a_r_n',
  'reservation_effective_cost',
  'reservation_unused_amortized_upfront_fee_for_billing_period',
  'reservation_unused_recurring_fee',
  'resource_tags',
] as const;
export type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

export const SP = 'arn:aws:savingsplans::111111111111:savingsplan/x';
export const RI = 'arn:aws:ec2:eu-central-1:111111111111:reserved-instances/y';
const EC2 = { product: '{"product_name":"Amazon Elastic Compute Cloud"}', product_servicecode: 'AmazonEC2' };

function row(type: string, unblended: string, more: Row = {}): Row {
  return {
    bill_payer_account_id: '999999999999',
    bill_billing_entity: 'AWS',
    bill_billing_period_start_date: '2026-11-01 00:00:00',
    bill_billing_period_end_date: '2026-12-01 00:00:00',
    line_item_usage_account_id: '111111111111',
    line_item_usage_start_date: '2026-11-03 05:00:00',
    line_item_usage_end_date: '2026-11-03 06:00:00',
    line_item_line_item_type: type,
    line_item_product_code: 'AmazonEC2',
    line_item_legal_entity: 'Amazon Web Services, Inc.',
    line_item_currency_code: 'USD',
    line_item_unblended_cost: unblended,
    ...EC2,
    ...more,
  };
}

// One of each kind; beside it what it is in FOCUS: [category, billed, effective].
export const LINES: readonly (readonly [Row, string, string, string])[] = [
  [
    row('Usage', '1.2345678901', {
      pricing_public_on_demand_cost: '2.5',
      resource_tags: '{"user_team":"search, \\"user_x","aws_created_by":"me"}',
    }),
    'Usage',
    '1.2345678901',
    '1.2345678901',
  ],
  [
    row('Usage', '4.2E-7', { line_item_product_code: 'AmazonS3', product: '{}', product_servicecode: '' }),
    'Usage',
    '0.00000042',
    '0.00000042',
  ],
  [
    row('SavingsPlanCoveredUsage', '10', {
      savings_plan_savings_plan_a_r_n: SP,
      savings_plan_savings_plan_effective_cost: '6.0000000001',
    }),
    'Usage',
    '10',
    '6.0000000001',
  ],
  [row('SavingsPlanNegation', '-10', { savings_plan_savings_plan_a_r_n: SP }), 'Usage', '-10', '0'],
  [
    row('SavingsPlanRecurringFee', '7', {
      savings_plan_savings_plan_a_r_n: SP,
      savings_plan_total_commitment_to_date: '7.1',
      savings_plan_used_commitment: '6.0000000001',
    }),
    'Purchase',
    '7',
    '1.0999999999',
  ],
  [row('SavingsPlanUpfrontFee', '100', { savings_plan_savings_plan_a_r_n: SP }), 'Purchase', '100', '0'],
  [
    row('DiscountedUsage', '0', { reservation_reservation_a_r_n: RI, reservation_effective_cost: '0.75' }),
    'Usage',
    '0',
    '0.75',
  ],
  [
    row('RIFee', '20', {
      reservation_reservation_a_r_n: RI,
      reservation_unused_amortized_upfront_fee_for_billing_period: '0.5',
      reservation_unused_recurring_fee: '0.25',
    }),
    'Purchase',
    '20',
    '0.75',
  ],
  [row('Fee', '50', { reservation_reservation_a_r_n: RI }), 'Purchase', '50', '0'],
  [
    row('Fee', '3', { bill_billing_entity: 'AWS Marketplace', line_item_legal_entity: 'Model Maker Ltd' }),
    'Purchase',
    '3',
    '3',
  ],
  [row('Tax', '1.9'), 'Tax', '1.9', '1.9'],
  [row('Credit', '-5'), 'Credit', '-5', '-5'],
  [row('Refund', '-0.5'), 'Credit', '-0.5', '-0.5'],
  [row('EdpDiscount', '-0.25'), 'Adjustment', '-0.25', '-0.25'],
];
export const BILLED = '177.3845683101';
export const EFFECTIVE = '8.9845683101';

export function csv(rows: readonly Row[], names: readonly string[] = COLUMNS): string {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((one) => COLUMNS.map((column) => cell(one[column] ?? '')).join(','));
  return `${[names.join(','), ...lines].join('\n')}\n`;
}
