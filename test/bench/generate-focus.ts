/** Makes a FOCUS bill of any size: hourly charges of one month, the same ones as CSV and as Parquet. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export interface GeneratedBill {
  readonly csv: string;
  readonly parquet: string;
  readonly rows: number;
  readonly csvBytes: number;
  readonly parquetBytes: number;
}

/** Each has a service, a region, a set of tags and one to three SKUs. */
const RESOURCES = 2_000;
const MONTH = '2026-10-01';
const HOURS = 31 * 24;

/**
 * Writes `bill.csv` and `bill.parquet` into `dir`: 3 providers, 5 billing accounts, 30 sub accounts, 40 services,
 * 2,000 resources in the hours of October 2026, amounts with 12 decimals. The same seed gives the same bill.
 */
export async function generateFocus(options: {
  dir: string;
  rows: number;
  seed?: number;
}): Promise<GeneratedBill> {
  const { dir, rows, seed = 1 } = options;
  const [csv, parquet] = [join(dir, 'bill.csv'), join(dir, 'bill.parquet')];
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB', temp_directory: dir });
  const connection = await instance.connect();
  const rest = `FORMAT csv, HEADER, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%SZ'`;
  for (const statement of [
    // A whole number from 0 to n - 1 that depends on its arguments and the seed only.
    `CREATE MACRO pick(what, key, n) AS CAST(md5_number_lower(concat_ws('/', ${seed}, what, key)) % n AS INTEGER)`,
    RESOURCES_SQL,
    chargesSql(rows),
    `COPY charges TO '${csv}' (${rest})`,
    `COPY charges TO '${parquet}' (FORMAT parquet)`,
  ])
    await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
  return { csv, parquet, rows, csvBytes: statSync(csv).size, parquetBytes: statSync(parquet).size };
}

/** A list of SQL texts. */
function texts(...values: string[]): string {
  return `[${values.map((value) => `'${value}'`).join(', ')}]`;
}

const PROVIDERS = texts('AWS', 'Microsoft', 'Google Cloud');
const PUBLISHERS = texts('Amazon Web Services, Inc.', 'Microsoft Corporation', 'Google LLC');
const AWS = texts(
  ...['Amazon SageMaker', 'Amazon Bedrock', 'Amazon Elastic Compute Cloud', 'Amazon Simple Storage Service'],
  ...['Amazon Elastic Block Store', 'Amazon Elastic Kubernetes Service', 'AWS Lambda', 'AmazonCloudWatch'],
  ...['Amazon Simple Queue Service', 'AWS Data Transfer', 'Amazon RDS', 'Amazon DynamoDB', 'AWS Glue'],
  ...['Amazon Athena', 'Amazon FSx', 'AWS Key Management Service'],
);
const OTHERS = texts(
  ...['Machine Learning', 'Generative AI', 'Virtual Machines', 'Object Storage', 'Disks', 'Kubernetes'],
  ...['Functions', 'Monitoring', 'Queues', 'Bandwidth', 'SQL Database', 'Document Database'],
);
const CATEGORIES = texts('AI and Machine Learning', 'Compute', 'Storage', 'Networking', 'Databases');
const REGIONS = texts('us-east-1', 'us-west-2', 'eu-west-1', 'ap-south-1');
const REGION_NAMES = texts(
  ...['US East (N. Virginia)', 'US West (Oregon)', 'Europe (Ireland)', 'Asia Pacific (Mumbai)'],
);
const TEAMS = texts('search', 'ads', 'ranking', 'speech', 'growth', 'platform', 'vision', 'support');
const MODELS = texts('bert', 'llama', 'whisper', 'resnet', 'ranker', 'embedder', 'moderation', 'forecast');

const RESOURCES_SQL = `CREATE TABLE resources AS
  WITH drawn AS (
    SELECT r, [1, 1, 1, 2, 3][1 + pick('provider', r, 5)] AS p, pick('service', r, 48) AS s, 1 + pick('region', r, 4) AS g,
      pick('unit', r, 10) AS unit, [1, 1, 1, 2][1 + pick('skus', r, 4)] AS skus, md5(concat('node', pick('node', r, 1000000000), r)) AS code
    FROM range(${RESOURCES}) t(r))
  SELECT r, p, s, skus, code, ${PROVIDERS}[p] AS provider, ${PUBLISHERS}[p] AS publisher,
    (210000000000 + p * 1000 + CASE p WHEN 1 THEN unit % 3 ELSE 0 END)::VARCHAR AS account,
    (390000000000 + p * 1000 + unit)::VARCHAR AS sub, 'unit-' || unit AS sub_name,
    CASE p WHEN 1 THEN ${AWS}[1 + s % 16] WHEN 2 THEN 'Azure ' || ${OTHERS}[1 + s % 12] ELSE 'Cloud ' || ${OTHERS}[1 + s % 12] END AS service,
    ${CATEGORIES}[1 + s % 5] AS category, ${REGIONS}[g] AS region, ${REGION_NAMES}[g] AS region_name,
    '{"team": "' || ${TEAMS}[1 + pick('team', r, 8)] || '", "model": "' || ${MODELS}[1 + pick('model', r, 8)] || '-v' || (1 + pick('version', r, 5))
      || '", "env": "' || ${texts('prod', 'staging', 'dev')}[1 + pick('env', r, 3)] || '", "cost-center": "cc-' || (100 + pick('center', r, 12))
      || CASE WHEN pick('job', r, 4) = 0 THEN '", "job": "job-' || pick('number', r, 400) ELSE '' END || '"}' AS tags
  FROM drawn`;

/** One row in two thousand is a tax, one a credit; they name no resource. Amounts are of six orders of magnitude. */
function chargesSql(rows: number): string {
  const unit = `[0.000000000001, 0.00000000001, 0.0000000001, 0.000000001, 0.00000001, 0.0000001][1 + pick('size', r * 10 + sku, 6)]`;
  const exact = (expression: string) => `CAST(${expression} AS DECIMAL(18,12))`;
  const used = (expression: string) => `CASE WHEN what = 'Usage' THEN ${expression} END`;
  return `CREATE TABLE charges AS
  WITH hours AS (
    SELECT i % ${RESOURCES} AS r, (i // ${RESOURCES}) * ${HOURS} // ${Math.ceil(rows / RESOURCES)} AS hour,
      md5_number_lower(i::VARCHAR || '/' || pick('noise', '', 1000000)) AS noise FROM range(${rows}) t(i)),
  skus AS (SELECT *, CAST(1 + (noise >> 20) % skus AS INTEGER) AS sku, CAST((noise >> 32) % 2000 AS INTEGER) AS lot FROM hours JOIN resources USING (r)),
  drawn AS (
    SELECT *, ['Tax', 'Credit', 'Usage'][least(lot, 2) + 1] AS what, upper(md5(concat(p, '/', s, '/', sku))[1:16]) AS sku_id,
      CAST(1 + noise % 999999 AS DECIMAL(9,0)) * CAST(${unit} AS DECIMAL(13,12)) AS cost
    FROM skus)
  SELECT ${used("region || 'a'")} AS "AvailabilityZone", ${exact("CASE what WHEN 'Credit' THEN -cost ELSE cost END")} AS "BilledCost",
    account AS "BillingAccountId", 'Acme ' || provider AS "BillingAccountName", 'USD' AS "BillingCurrency",
    TIMESTAMP '${MONTH}' + INTERVAL 1 MONTH AS "BillingPeriodEnd", TIMESTAMP '${MONTH}' AS "BillingPeriodStart",
    what AS "ChargeCategory", NULL::VARCHAR AS "ChargeClass",
    '$0.0' || sku || ' per unit of ' || service || ' in ' || region_name || ', meter ' || sku AS "ChargeDescription",
    ${used("'Usage-Based'")} AS "ChargeFrequency",
    TIMESTAMP '${MONTH}' + to_hours(hour + 1) AS "ChargePeriodEnd", TIMESTAMP '${MONTH}' + to_hours(hour) AS "ChargePeriodStart",
    NULL::VARCHAR AS "CommitmentDiscountCategory", NULL::VARCHAR AS "CommitmentDiscountId", NULL::VARCHAR AS "CommitmentDiscountName",
    NULL::VARCHAR AS "CommitmentDiscountStatus", NULL::VARCHAR AS "CommitmentDiscountType",
    CAST(1 + noise % 10000 AS DECIMAL(18,6)) AS "ConsumedQuantity", 'Hours' AS "ConsumedUnit",
    ${exact('cost')} AS "ContractedCost", ${exact('cost / 16')} AS "ContractedUnitPrice",
    ${exact("CASE what WHEN 'Credit' THEN -cost ELSE cost * 7 / 8 END")} AS "EffectiveCost",
    publisher AS "InvoiceIssuerName", ${exact('cost * 5 / 4')} AS "ListCost", ${exact('cost / 8')} AS "ListUnitPrice",
    'Standard' AS "PricingCategory", CAST(1 + noise % 10000 AS DECIMAL(18,6)) AS "PricingQuantity", 'Hours' AS "PricingUnit",
    provider AS "ProviderName", publisher AS "PublisherName", region AS "RegionId", region_name AS "RegionName",
    ${used("concat_ws(':', 'arn', lower(provider[1:3]), s, region, sub, 'instance/' || code)")} AS "ResourceId",
    ${used("'node-' || code[1:8]")} AS "ResourceName", ${used("'Instance'")} AS "ResourceType",
    category AS "ServiceCategory", service AS "ServiceName", sku_id AS "SkuId", sku_id || '.' || code[1:10] AS "SkuPriceId",
    sub AS "SubAccountId", sub_name AS "SubAccountName", ${used('tags')} AS "Tags"
  FROM drawn`;
}
