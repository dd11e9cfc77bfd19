/** What a day of a large organisation looks like: 25 facts per model with everything but day and amount. */
import type { Store } from '../../../src/store/open.ts';
import { type BigOrganisation, modelName, SOURCES, teamName } from '../big-store.ts';

/** 5 of training, 13 of inference, 4 of data, 2 of other, and a credit. */
const STAGES = [
  ...Array<string>(5).fill('training'),
  ...Array<string>(13).fill('inference'),
  ...Array<string>(4).fill('data'),
  ...Array<string>(3).fill('other'),
];
export const ROWS_PER_MODEL = STAGES.length;
const CREDIT_ROW = ROWS_PER_MODEL - 1;
const UNCLAIMED_ROW = CREDIT_ROW - 1;
const ENVIRONMENTS = ['prod', 'prod', 'staging', 'dev'];
const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-south-1'];
const PROVIDERS = ['Amazon Web Services', 'Google Cloud', 'Microsoft Azure'];
const SERVICES = [
  ...['Amazon SageMaker', 'Amazon EC2', 'Amazon S3', 'Amazon Bedrock', 'AWS Data Transfer'],
  ...['Vertex AI', 'Compute Engine', 'Cloud Storage', 'BigQuery', 'Cloud Run'],
  ...['Azure Machine Learning', 'Virtual Machines', 'Blob Storage', 'Azure OpenAI', 'Bandwidth'],
];
const COLUMNS =
  'team model stage environment feature costCenter provider service region account category currency source micros sort';

/** Fills the temporary table "Shape", in the order an import leaves a day's facts in. */
export async function fillShapes(store: Store, size: BigOrganisation): Promise<void> {
  const rows = Array.from({ length: size.models * ROWS_PER_MODEL }, (_, index) =>
    shapeOf(Math.floor(index / ROWS_PER_MODEL), index % ROWS_PER_MODEL, size),
  );
  const columns = COLUMNS.split(' ');
  await store.$executeRawUnsafe(
    `CREATE TEMP TABLE "Shape" AS SELECT ${columns.map((name, i) => `value->>${i} "${name}"`).join(', ')}
     FROM json_each(?) ORDER BY 15, 8, 9`,
    JSON.stringify(rows),
  );
  await store.$executeRawUnsafe(
    `INSERT INTO "AllocationKey" ("id", "team", "model", "stage", "environment")
     SELECT ROW_NUMBER() OVER (), * FROM (SELECT DISTINCT "team", "model", "stage", "environment" FROM "Shape")`,
  );
  await store.$executeRawUnsafe(
    `INSERT INTO "FocusKey" ("id", "providerName", "serviceName", "regionId", "billingAccountId", "subAccountId", "chargeCategory")
     SELECT ROW_NUMBER() OVER (), * FROM
       (SELECT DISTINCT "provider", "service", "region", "source", "account", "category" FROM "Shape")`,
  );
}

function shapeOf(model: number, row: number, { teams }: BigOrganisation): (string | number | null)[] {
  const unclaimed = row === UNCLAIMED_ROW && model % 8 === 0;
  const service = (model * 7 + row) % SERVICES.length;
  const provider = Math.floor(service / 5);
  const stage = STAGES[row] ?? 'other';
  const environment = ENVIRONMENTS[(model + row) % ENVIRONMENTS.length] ?? 'prod';
  // Facts of one allocation lie together, allocations in no order that a question follows.
  const sort = (model * 7919 + stage.length * 104_729 + environment.length * 1_299_709) % 100_003;
  const size = 200_000_000 / (1 + (model % 40)) + row * 900_000;
  return [
    unclaimed ? null : teamName(model % teams),
    unclaimed ? null : modelName(model),
    stage,
    environment,
    model % 3 === 0 ? `feature-${model % 30}` : null,
    `cc-${model % teams}`,
    PROVIDERS[provider] ?? '',
    SERVICES[service] ?? '',
    REGIONS[(model + Math.floor(row / 5)) % REGIONS.length] ?? null,
    `account-${(model + provider) % 24}`,
    row === CREDIT_ROW ? 'Credit' : 'Usage',
    provider === 2 ? 'EUR' : 'USD',
    SOURCES[provider] ?? '',
    Math.round(row === CREDIT_ROW ? -size / 4 : size),
    sort,
  ];
}
