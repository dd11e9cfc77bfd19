/** From a file's header to what its columns mean. */
import { AppError } from '../../core/errors.ts';
import { USAGE_METRICS, type UsageColumn, type UsageMetric } from '../../core/usage.ts';
import { type CsvRecord, splitRecord } from './records.ts';

/** Where things stand in a row. */
export interface Layout {
  readonly delimiter: string;
  readonly columns: number;
  readonly day: number;
  readonly dimensions: readonly { readonly name: UsageColumn; readonly at: number }[];
  /** One metric a row, named by the row; or one column for each metric. */
  readonly form:
    | { readonly kind: 'long'; readonly metric: number; readonly quantity: number }
    | {
        readonly kind: 'wide';
        readonly metrics: readonly { readonly name: UsageMetric; readonly at: number }[];
      };
  readonly warnings: readonly string[];
}

type Meaning =
  | { readonly is: 'day' | 'metric' | 'quantity' }
  | { readonly is: 'dimension'; readonly name: UsageColumn }
  | { readonly is: 'value'; readonly name: UsageMetric };

const METRIC_SPELLINGS: Readonly<Record<UsageMetric, readonly string[]>> = {
  requests: ['request', 'requestcount', 'calls', 'invocations'],
  input_tokens: ['inputtokens', 'tokensin', 'tokensinput', 'prompttokens'],
  output_tokens: ['outputtokens', 'tokensout', 'tokensoutput', 'completiontokens'],
  cached_tokens: ['cachedtokens', 'tokenscached', 'cachedinputtokens', 'cachereadtokens'],
  gpu_hours: ['gpuhours', 'gpuhour'],
  training_hours: ['traininghours', 'traininghour'],
  epochs: ['epoch'],
  quality: ['qualityscore'],
};

const DIMENSION_SPELLINGS: Readonly<Record<UsageColumn, readonly string[]>> = {
  team: ['team'],
  model: ['model', 'modelname'],
  modelVersion: ['modelversion', 'version'],
  stage: ['stage'],
  environment: ['environment', 'env'],
  feature: ['feature'],
  costCenter: ['costcenter', 'costcentre'],
  experiment: ['experiment'],
  provider: ['provider'],
  service: ['service'],
};

const MEANINGS = new Map<string, Meaning>([
  ...['day', 'date', 'usageday', 'usagedate'].map((name) => [name, { is: 'day' }] as const),
  ['metric', { is: 'metric' }],
  ...['quantity', 'value', 'amount'].map((name) => [name, { is: 'quantity' }] as const),
  ...entries(DIMENSION_SPELLINGS).map(([spelling, name]) => [spelling, { is: 'dimension', name }] as const),
  ...entries(METRIC_SPELLINGS).map(([spelling, name]) => [spelling, { is: 'value', name }] as const),
  ...USAGE_METRICS.map((name) => [fold(name), { is: 'value', name }] as const),
]);

/** The metric a name means, regardless of case, spaces, "-" and "_". */
export function metricNamed(name: string): UsageMetric | undefined {
  const meaning = MEANINGS.get(fold(name));
  return meaning?.is === 'value' ? meaning.name : undefined;
}

/** Throws INVALID when the header lacks a day or a quantity, or says something twice. */
export function readHeader(path: string, header: CsvRecord): Layout {
  const delimiter = delimiterOf(header.text);
  const names = splitRecord(header.text, delimiter) ?? [];
  const found = names.map((name) => MEANINGS.get(fold(name)));
  const at = (is: Meaning['is']) => found.findIndex((meaning) => meaning?.is === is);
  const metrics = found.flatMap((meaning, index) =>
    meaning?.is === 'value' ? [{ name: meaning.name, at: index }] : [],
  );
  const dimensions = found.flatMap((meaning, index) =>
    meaning?.is === 'dimension' ? [{ name: meaning.name, at: index }] : [],
  );
  refuseTwice(path, names, found);
  if (at('day') < 0) throw refusal(path, 'has no column "day"', names);
  if (at('metric') >= 0 && metrics.length > 0)
    throw refusal(path, `has both a column "metric" and a column "${names[metrics[0]?.at ?? 0]}"`, names);
  if (at('metric') >= 0 && at('quantity') < 0) throw refusal(path, 'has no column "quantity"', names);
  if (at('metric') < 0 && metrics.length === 0)
    throw refusal(path, 'has neither a column "metric" nor one for any metric', names);
  const unused = names.filter((name, index) => name !== '' && isUnused(found[index], metrics.length > 0));
  return {
    delimiter,
    columns: names.length,
    day: at('day'),
    dimensions,
    form:
      metrics.length > 0
        ? { kind: 'wide', metrics }
        : { kind: 'long', metric: at('metric'), quantity: at('quantity') },
    warnings:
      unused.length === 0 ? [] : [`Not used: ${unused.map((name) => `"${name.slice(0, 60)}"`).join(', ')}.`],
  };
}

function isUnused(meaning: Meaning | undefined, wide: boolean): boolean {
  return meaning === undefined || (wide && meaning.is === 'quantity');
}

function refuseTwice(path: string, names: readonly string[], found: readonly (Meaning | undefined)[]): void {
  const seen = new Map<string, string>();
  for (const [index, meaning] of found.entries()) {
    if (!meaning) continue;
    const key = 'name' in meaning ? meaning.name : meaning.is;
    const before = seen.get(key);
    const name = names[index] ?? '';
    if (before !== undefined)
      throw new AppError('INVALID', `${path} says "${key}" twice: columns "${before}" and "${name}".`, {
        hint: 'Keep one of them.',
      });
    seen.set(key, name);
  }
}

function refusal(path: string, what: string, names: readonly string[]): AppError {
  const shown = names
    .slice(0, 12)
    .map((name) => name.slice(0, 40))
    .join(', ');
  return new AppError('INVALID', `${path} ${what}. Its columns are: ${shown || '(none)'}.`, {
    hint: `Write a header such as day,model,metric,quantity or day,model,requests,input_tokens. Metrics are ${USAGE_METRICS.join(', ')}.`,
  });
}

/** The separator that the header has most of. */
function delimiterOf(header: string): string {
  const counts = [',', ';', '\t'].map((one) => ({ one, count: header.split(one).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).one;
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[\s\-_.]+/g, '');
}

function entries<T extends string>(spellings: Readonly<Record<T, readonly string[]>>): [string, T][] {
  return (Object.keys(spellings) as T[]).flatMap((name) =>
    spellings[name].map((spelling): [string, T] => [spelling, name]),
  );
}
