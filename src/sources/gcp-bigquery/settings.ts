/** What is written under `sources:` for a billing export in BigQuery; identifiers are checked strictly, as they go into SQL. */
import type * as z from 'zod';
import { field, mapping, name, names, oneOf, text } from '../../core/field.ts';

export const EXPORT_KINDS = ['standard', 'detailed', 'focus'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

export interface TableName {
  readonly project: string;
  readonly dataset: string;
  readonly table: string;
}

/** Label keys that are kept unless configured: what teams, models and environments are usually labelled with. */
export const DEFAULT_LABELS: readonly string[] = [
  ...['team', 'team-name', 'team_name', 'owning-team', 'squad', 'owner'],
  ...['model', 'model-name', 'model_name', 'ml-model', 'model-version', 'model_version'],
  ...['stage', 'ml-stage', 'workload', 'workload-type', 'workload_type'],
  ...['environment', 'env', 'deployment-environment'],
  ...['feature', 'product-feature', 'use-case', 'use_case', 'app', 'application', 'component', 'product'],
  ...['cost-center', 'cost_center', 'costcenter', 'cost-centre', 'experiment', 'experiment-id'],
  ...['goog-k8s-cluster-name', 'k8s-namespace', 'k8s-workload-name'],
];

/** About $0.12 at the on-demand price. */
const DEFAULT_MAXIMUM = '20 GiB';
const UNITS: Readonly<Record<string, bigint>> = {
  b: 1n,
  kb: 10n ** 3n,
  mb: 10n ** 6n,
  gb: 10n ** 9n,
  tb: 10n ** 12n,
  kib: 2n ** 10n,
  mib: 2n ** 20n,
  gib: 2n ** 30n,
  tib: 2n ** 40n,
};

const PROJECT = '(?:[a-z0-9][a-z0-9.-]{0,62}:)?[a-z][a-z0-9-]{4,28}[a-z0-9]';
const TABLE = new RegExp(`^(${PROJECT})\\.([A-Za-z0-9_]{1,1024})\\.([A-Za-z0-9_-]{1,1024})$`);
const SIZE = /^(\d{1,18})(?:\.(\d))? ?([kmgt]i?b|b)?$/i;
/** BigQuery bills no less than this per query. */
const LEAST = 10n ** 7n;

const isUrl = (value: string) => /^https?:\/\/[^\s@?#]+$/.test(value) && URL.canParse(value);

export const settings = mapping({
  table: field(name('a table as project.dataset.table', (value) => TABLE.test(value)).transform(tableName), {
    type: 'text',
    meaning: 'Table of the Cloud Billing export, as `project.dataset.table`.',
  }),
  export: field(oneOf(EXPORT_KINDS).optional(), {
    type: 'one of standard, detailed, focus',
    meaning: 'Which of the exports it is.',
    fallback: 'told from the name of the table',
  }),
  project: field(
    name('the id of a Google Cloud project', (value) => new RegExp(`^${PROJECT}$`).test(value)).optional(),
    { type: 'text', meaning: 'Project that runs (and pays for) the queries.', fallback: "the table's" },
  ),
  location: field(
    name('a location such as EU or us-east1', (value) =>
      /^[A-Za-z][A-Za-z0-9-]{1,40}$/.test(value),
    ).optional(),
    { type: 'text', meaning: 'Location of the dataset.', fallback: 'asked of BigQuery' },
  ),
  labels: field(
    names('a list of label keys', 1)
      .transform((keys) => [...new Set(keys)])
      .default([...DEFAULT_LABELS]),
    {
      type: 'list of text',
      meaning: 'Keys of labels and tags that are kept, of resources and of projects. Fewer keys, fewer rows.',
      fallback: 'the usual keys for team, model, environment, feature, cost centre and experiment',
    },
  ),
  resources: field(
    oneOf(['yes', 'no'])
      .transform((value) => value === 'yes')
      .default(false),
    {
      type: 'yes or no',
      meaning: 'Whether single resources are kept (detailed and FOCUS exports); many more rows.',
      fallback: 'no',
    },
  ),
  maximumBytesBilled: field(
    text('a size such as 50 GiB', (value) => SIZE.test(value) && bytesOf(value) >= LEAST)
      .transform(bytesOf)
      .default(bytesOf(DEFAULT_MAXIMUM)),
    {
      type: 'size',
      meaning: 'Most that one query may read; a query that would read more is not run.',
      fallback: DEFAULT_MAXIMUM,
    },
  ),
  apiEndpoint: field(name('a URL starting with https://', isUrl).optional(), {
    type: 'URL',
    meaning: 'Where BigQuery is asked; also read from the variable BIGQUERY_API_ENDPOINT.',
    fallback: 'https://bigquery.googleapis.com',
  }),
  accessTokenVariable: field(
    name('the name of an environment variable', (value) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(value)).default(
      'GCP_ACCESS_TOKEN',
    ),
    {
      type: 'text',
      meaning: 'Variable with an access token to use in place of Application Default Credentials.',
      fallback: 'GCP_ACCESS_TOKEN',
    },
  ),
}).refine(
  // A table that is wrong by itself has its own error, and is still a text here.
  ({ table, export: kind }) =>
    kind !== undefined || typeof table !== 'object' || kindByName(table.table) !== undefined,
  {
    path: ['export'],
    error: 'one of standard, detailed, focus, because the name of the table does not tell',
  },
);

export type BigQuerySettings = z.infer<typeof settings>;

/** Which export it is: as configured, else by the name Google gives the table. */
export function kindOf(written: BigQuerySettings): ExportKind {
  return written.export ?? kindByName(written.table.table) ?? 'standard';
}

/** The table for people and for SQL alike: project.dataset.table. */
export function fullName({ project, dataset, table }: TableName): string {
  return `${project}.${dataset}.${table}`;
}

/** Which export Google's name of a table stands for. */
export function kindByName(table: string): ExportKind | undefined {
  if (table.startsWith('gcp_billing_export_resource_v1_')) return 'detailed';
  if (table.startsWith('gcp_billing_export_focus_')) return 'focus';
  if (table.startsWith('gcp_billing_export_v1_')) return 'standard';
  return undefined;
}

function tableName(value: string): TableName {
  const [, project = '', dataset = '', table = ''] = TABLE.exec(value) ?? [];
  return { project, dataset, table };
}

function bytesOf(value: string): bigint {
  const [, whole = '0', tenth = '0', unit = 'b'] = SIZE.exec(value) ?? [];
  return (BigInt(whole + tenth) * (UNITS[unit.toLowerCase()] ?? 1n)) / 10n;
}
