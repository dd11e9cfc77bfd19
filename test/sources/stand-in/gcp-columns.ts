/** Columns of Google's exports: as BigQuery's schema and as the types of the engine that stands in for it. */

export type GcpExport = 'standard' | 'detailed' | 'focus';

export interface Field {
  readonly name: string;
  readonly type: string;
  readonly mode?: 'REPEATED' | 'NULLABLE';
  readonly fields?: readonly Field[];
}

const text = (...names: string[]): Field[] => names.map((name) => ({ name, type: 'STRING' }));
const of = (type: string, ...names: string[]): Field[] => names.map((name) => ({ name, type }));
const record = (name: string, ...fields: Field[]): Field => ({ name, type: 'RECORD', fields });
const repeated = (name: string, ...fields: Field[]): Field => ({
  name,
  type: 'RECORD',
  mode: 'REPEATED',
  fields,
});

const STANDARD: readonly Field[] = [
  ...text('billing_account_id'),
  record('service', ...text('id', 'description')),
  record('sku', ...text('id', 'description')),
  ...of('TIMESTAMP', 'usage_start_time', 'usage_end_time'),
  record('project', ...text('id', 'number', 'name'), repeated('labels', ...text('key', 'value'))),
  repeated('labels', ...text('key', 'value')),
  repeated('system_labels', ...text('key', 'value')),
  record('location', ...text('location', 'country', 'region', 'zone')),
  repeated('tags', ...text('key', 'value'), ...of('BOOLEAN', 'inherited'), ...text('namespace')),
  ...of('TIMESTAMP', 'export_time'),
  ...of('FLOAT', 'cost'),
  ...text('currency'),
  ...of('FLOAT', 'currency_conversion_rate'),
  repeated('credits', ...text('name'), ...of('FLOAT', 'amount'), ...text('full_name', 'id', 'type')),
  record('invoice', ...text('month')),
  ...text('cost_type', 'transaction_type', 'seller_name'),
  ...of('FLOAT', 'cost_at_list'),
];
const DETAILED: readonly Field[] = [...STANDARD, record('resource', ...text('name', 'global_name'))];

/** As a real export of FOCUS 1.2 (preview) has them: no Tags, InvoiceIssuerName or ServiceCategory. */
const FOCUS: readonly Field[] = [
  ...of('NUMERIC', 'BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'),
  ...of('NUMERIC', 'ConsumedQuantity', 'ContractedUnitPrice', 'ListUnitPrice', 'PricingQuantity'),
  ...of('TIMESTAMP', 'BillingPeriodStart', 'BillingPeriodEnd', 'ChargePeriodStart', 'ChargePeriodEnd'),
  ...text('BillingAccountId', 'BillingAccountType', 'BillingCurrency', 'PricingCurrency'),
  ...text(
    'ChargeCategory',
    'ChargeClass',
    'ChargeDescription',
    'ConsumedUnit',
    'PricingCategory',
    'PricingUnit',
  ),
  ...text('ProviderName', 'PublisherName', 'AvailabilityZone', 'RegionId', 'RegionName'),
  ...text(
    'ResourceId',
    'ResourceName',
    'ServiceName',
    'SkuId',
    'SkuPriceId',
    'SubAccountId',
    'SubAccountName',
  ),
  repeated('x_Credits', ...text('Name'), ...of('NUMERIC', 'Amount'), ...text('FullName', 'Id', 'Type')),
  ...text('x_CostType', 'x_Location', 'x_ServiceId'),
  ...of('FLOAT', 'x_CurrencyConversionRate'),
  ...of('TIMESTAMP', 'x_ExportTime'),
  repeated('x_SystemLabels', ...text('Key', 'Value')),
  repeated('x_Labels', ...text('Key', 'Value')),
  repeated('x_ProjectLabels', ...text('Key', 'Value')),
  repeated('x_Tags', ...text('Key', 'Value'), ...of('BOOLEAN', 'x_Inherited'), ...text('x_Namespace')),
];

export const COLUMNS: Readonly<Record<GcpExport, readonly Field[]>> = {
  standard: STANDARD,
  detailed: DETAILED,
  focus: FOCUS,
};

const TYPES: Readonly<Record<string, string>> = {
  STRING: 'VARCHAR',
  FLOAT: 'DOUBLE',
  NUMERIC: 'DECIMAL(38,12)',
  TIMESTAMP: 'TIMESTAMPTZ',
  BOOLEAN: 'BOOLEAN',
};

/** The structure of one row for from_json. */
export function structureOf(fields: readonly Field[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.map((field) => {
      const inside = field.fields ? structureOf(field.fields) : TYPES[field.type];
      return [field.name, field.mode === 'REPEATED' ? [inside] : inside];
    }),
  );
}
