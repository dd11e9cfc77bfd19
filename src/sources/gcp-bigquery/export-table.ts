/** What BigQuery says about the export's table: its columns, where it lies and how it is partitioned. */
import { AppError } from '../../core/errors.ts';
import type { Google } from './connect.ts';
import { parse, TableAnswer, type TableColumn, TableList } from './schema.ts';
import { type BigQuerySettings, type ExportKind, fullName, kindByName, kindOf } from './settings.ts';

export interface ExportTable {
  readonly kind: ExportKind;
  /** project.dataset.table, of characters that need no escaping between backticks. */
  readonly name: string;
  readonly location: string | undefined;
  /** Type of a column by its path in lower case ("project.labels"); "ARRAY" for repeated ones; undefined: not there. */
  readonly typeOf: (path: string) => string | undefined;
  /** Column that says when a row was exported; undefined when there is none. */
  readonly exportTime: string | undefined;
  /** Column (or pseudo column) by which old partitions are left out; undefined for views. */
  readonly partition: string | undefined;
}

const NEEDED: Readonly<Record<ExportKind, readonly string[]>> = {
  standard: [
    'billing_account_id',
    'invoice.month',
    'cost_type',
    'service.description',
    'sku.id',
    'usage_start_time',
    'project.id',
    'labels',
    'cost',
    'currency',
    'credits',
    'export_time',
  ],
  detailed: [
    'billing_account_id',
    'invoice.month',
    'cost_type',
    'service.description',
    'sku.id',
    'usage_start_time',
    'project.id',
    'labels',
    'cost',
    'currency',
    'credits',
    'export_time',
    'resource.name',
  ],
  focus: [
    'BilledCost',
    'BillingAccountId',
    'BillingCurrency',
    'BillingPeriodStart',
    'ChargeCategory',
    'ChargePeriodStart',
    'ServiceName',
  ],
};
const EXPORT_TIMES = ['export_time', 'x_ExportTime'];

/** Asks for the table. Throws UPSTREAM when it is not there (naming the ones that are) or is no billing export. */
export async function readTable(settings: BigQuerySettings, google: Google): Promise<ExportTable> {
  const { project, dataset, table } = settings.table;
  const answer = await google({
    method: 'GET',
    project,
    path: `/datasets/${dataset}/tables/${table}`,
    except: 404,
  });
  if (answer === undefined) throw await notFound(settings, google);
  return describe(settings, parse(TableAnswer, answer, `the table ${table}`));
}

function describe(settings: BigQuerySettings, answer: TableAnswer): ExportTable {
  const kind = kindOf(settings);
  const types = new Map<string, string>();
  const walk = (fields: readonly TableColumn[], before: string) => {
    for (const { name, type, mode, fields: inside } of fields) {
      const path = `${before}${name.toLowerCase()}`;
      types.set(path, mode === 'REPEATED' ? 'ARRAY' : type);
      if (inside) walk(inside, `${path}.`);
    }
  };
  walk(answer.schema.fields, '');
  const typeOf = (path: string) => types.get(path.toLowerCase());
  const missing = NEEDED[kind].filter((path) => typeOf(path) === undefined);
  if (missing.length > 0)
    throw new AppError(
      'UPSTREAM',
      `${fullName(settings.table)} is not a ${kind} Cloud Billing export: it has no column ${missing.join(', ')}.`,
      { hint: 'Check table and export of this source in pennywatch.yaml.' },
    );
  return {
    kind,
    name: fullName(settings.table),
    location: settings.location ?? answer.location,
    typeOf,
    exportTime: EXPORT_TIMES.find((path) => typeOf(path) === 'TIMESTAMP'),
    partition: partitionOf(answer),
  };
}

/** Exports are partitioned by the time rows were loaded, which has a pseudo column; copies may use a column of theirs. */
function partitionOf({ type, timePartitioning }: TableAnswer): string | undefined {
  if (type !== 'TABLE' || !timePartitioning) return undefined;
  if (timePartitioning.field === undefined) return '_PARTITIONTIME';
  return EXPORT_TIMES.find((name) => name.toLowerCase() === timePartitioning.field?.toLowerCase());
}

async function notFound(settings: BigQuerySettings, google: Google): Promise<AppError> {
  const { project, dataset, table } = settings.table;
  const said = `There is no table ${table} in the dataset ${dataset} of the project ${project}.`;
  const others = await exportsOf(settings, google);
  const hint =
    others.length > 0
      ? `Billing exports in this dataset: ${others.join(', ')}.`
      : 'Check the name in the BigQuery console. The table appears some hours after the export is switched on.';
  return new AppError('UPSTREAM', said, { hint });
}

/** Tables that look like exports, as far as we may see them: this only helps with a misspelt name. */
async function exportsOf(settings: BigQuerySettings, google: Google): Promise<string[]> {
  const { project, dataset } = settings.table;
  try {
    const answer = await google({
      method: 'GET',
      project,
      path: `/datasets/${dataset}/tables`,
      query: { maxResults: '200' },
    });
    return parse(TableList, answer, `the dataset ${dataset}`)
      .tables.map(({ tableReference }) => tableReference.tableId)
      .filter((id) => kindByName(id) !== undefined)
      .slice(0, 5);
  } catch (error) {
    if (error instanceof AppError && error.code === 'UPSTREAM') return [];
    throw error;
  }
}
