/** Reads the written bills back, on its own: files → rows, and rows → team, model and stage by the config's rules. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';

export type Row = Readonly<Record<string, string>>;

export interface Config {
  readonly organisation: string;
  readonly currency: string;
  readonly fx: readonly {
    readonly date: string;
    readonly from: string;
    readonly to: string;
    readonly rate: string;
  }[];
  readonly dimensions: Readonly<
    Record<string, { readonly tags: string[]; readonly values?: Readonly<Record<string, string[]>> }>
  >;
  readonly teams: readonly {
    readonly name: string;
    readonly owner: string;
    readonly members: readonly { readonly name: string; readonly email: string; readonly slack: string }[];
    readonly channel: { readonly slack: string };
    readonly costCenter: string;
  }[];
  readonly models: readonly {
    readonly name: string;
    readonly team: string;
    readonly owner: string;
    readonly aliases?: string[];
  }[];
  readonly budgets: readonly {
    readonly scope: string;
    readonly amount: string;
    readonly currency: string;
    readonly period: string;
  }[];
  readonly allocation: {
    readonly rules: readonly {
      readonly name: string;
      readonly match: Readonly<Record<string, string | string[]>>;
      readonly set: Readonly<Record<string, string>>;
    }[];
  };
}

export async function readConfig(path: string): Promise<Config> {
  return parseYaml(await readFile(path, 'utf8'));
}

/** Text of a bill, without its byte order mark. */
export async function readBill(path: string): Promise<string> {
  const bytes = await readFile(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.replace(/^\uFEFF/, '');
}

export async function readRows(path: string): Promise<Row[]> {
  return parse(await readBill(path), { columns: true });
}

/** A cost as an integer of 1e-10. Throws on anything that is not a plain decimal of at most ten places. */
export function cost(text: string | undefined): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,10}))?$/.exec(text ?? '');
  if (!match) throw new Error(`not a cost: ${JSON.stringify(text)}`);
  const amount = BigInt(`${match[2]}${(match[3] ?? '').padEnd(10, '0')}`);
  return match[1] === '-' ? -amount : amount;
}

/** Tags as the three clouds write them: JSON, JSON without braces, or nothing. */
export function tagsOf(row: Row): Readonly<Record<string, string>> {
  const text = row.Tags ?? '';
  if (text === '') return {};
  return JSON.parse(text.startsWith('{') ? text : `{${text}}`);
}

const plain = (key: string): string => key.toLowerCase().replace(/[\s_-]/g, '');

function matches(value: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(value);
}

/** What rules, tags and the list of models say about rows: a second, simple implementation of the written promise. */
export function allocator(
  config: Config,
): (row: Row) => { team?: string; model?: string; stage?: string; environment?: string } {
  const owners = new Map(config.models.map((model) => [model.name, model.team]));
  const names = new Map(
    config.models.flatMap(({ name, aliases = [] }) => aliases.map((alias) => [alias, name])),
  );
  const seen = new Map<string, Record<string, string>>();
  return (row) => {
    const key = [
      row.ProviderName,
      row.ServiceName,
      row.SubAccountName,
      row.ResourceId,
      row.CommitmentDiscountStatus,
      row.Tags,
    ].join('\u0000');
    const known = seen.get(key);
    if (known) return known;
    const tags = new Map(Object.entries(tagsOf(row)).map(([tag, value]) => [plain(tag), value]));
    const out: Record<string, string> = {};
    for (const { match, set } of config.allocation.rules) {
      const all = Object.entries(match).every(([column, wanted]) => {
        const value = (column.startsWith('tags.') ? tags.get(plain(column.slice(5))) : row[column]) ?? '';
        return [wanted].flat().some((pattern) => matches(value, pattern));
      });
      if (all) for (const [dimension, value] of Object.entries(set)) out[dimension] ??= value;
    }
    for (const [dimension, { tags: keys, values = {} }] of Object.entries(config.dimensions)) {
      const value = keys
        .map((tag) => tags.get(plain(tag)))
        .find((found) => found !== undefined && found !== '');
      if (value !== undefined)
        out[dimension] ??= Object.keys(values).find((word) => values[word]?.includes(value)) ?? value;
    }
    const model = out.model === undefined ? undefined : (names.get(out.model) ?? out.model);
    if (model) out.model = model;
    const team = out.team ?? (model && owners.get(model));
    if (team) out.team = team;
    seen.set(key, out);
    return out;
  };
}
