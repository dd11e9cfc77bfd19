/** A source polled into a real database from its stand-in, as the server and the command line do it. */
import { existsSync, readFileSync } from 'node:fs';
import type { SourceSettings } from '../../../src/core/settings.ts';
import type { PollRequest, PollResult } from '../../../src/flows/poll/types.ts';
import { pollSource } from '../../../src/flows/poll.ts';
import type { AnySource } from '../../../src/sources/types.ts';
import type { Store } from '../../../src/store/open.ts';
import { createPollParts } from '../../../src/threads/poll-parts.ts';
import { createRandom } from '../../sources/stand-in/random.ts';
import type { StandIn } from '../../sources/stand-in/server.ts';
import { NOW } from '../../sources/stand-in/truth-of.ts';
import { contextOf, openTempStore, rememberingLog } from '../../temp-store.ts';
import type { Sums } from './expected.ts';

export interface World {
  readonly store: Store;
  readonly source: SourceSettings;
  poll(request?: Partial<PollRequest>): Promise<PollResult>;
  /** Sums of the bills' layer or of the allocated one, per day and currency. */
  stored(table?: 'CostFact' | 'DailyCost', basis?: 'billed' | 'effective'): Promise<Sums>;
  rows(table: string): Promise<number>;
  /** Everything that was logged, and the bytes of the database, as one text. */
  leftBehind(): Promise<string>;
  close(): Promise<void>;
}

export async function openWorld(kind: AnySource, standIn: StandIn): Promise<World> {
  const temp = await openTempStore();
  const log = rememberingLog();
  const source = sourceOf(kind, standIn);
  const context = contextOf(temp.store, { now: NOW, settings: { sources: [source] }, log });
  const parts = {
    ...createPollParts({ variable: (name) => standIn.variables[name] }),
    pace: 0.001,
    random: createRandom(3),
  };
  const read = <Row>(sql: string): Promise<Row[]> => temp.store.$queryRawUnsafe<Row[]>(sql);
  return {
    store: temp.store,
    source,
    poll: (request = {}) =>
      pollSource(context, parts, { source, actor: { kind: 'system', job: 'contract' }, ...request }),
    async stored(table = 'CostFact', basis = 'billed') {
      const rows = await read<{ key: string; micros: string }>(
        `SELECT "day" || ' ' || "currency" AS key, CAST(SUM("${basis}Micros") AS TEXT) AS micros
         FROM "${table}" GROUP BY 1 ORDER BY 1`,
      );
      return Object.fromEntries(rows.map(({ key, micros }) => [key, micros]));
    },
    async rows(table) {
      const [row] = await read<{ count: bigint }>(`SELECT COUNT(*) AS count FROM "${table}"`);
      return Number(row?.count);
    },
    async leftBehind() {
      await temp.store.$queryRawUnsafe('PRAGMA wal_checkpoint(TRUNCATE)');
      const path = temp.url.slice('file:'.length);
      const bytes = [path, `${path}-wal`].filter(existsSync).map((file) => readFileSync(file, 'latin1'));
      return [JSON.stringify(log.lines), ...bytes].join('\n');
    },
    close: temp.close,
  };
}

/** The month before the running one is wanted as history; all else as the kind has it. */
function sourceOf(kind: AnySource, standIn: StandIn): SourceSettings {
  const { schedule, lagDays, trailingDays } = kind.about;
  return {
    name: `my-${kind.id}`,
    kind: kind.id,
    schedule,
    lagDays,
    trailingDays,
    historyMonths: 1,
    options: standIn.options,
  };
}

/** Values of the environment that nobody may ever read: keys, tokens, what is in a file of credentials. */
export function secretsOf(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables)
    .filter(([name]) => /KEY|SECRET|TOKEN|PASSWORD|CREDENTIAL|CONNECTION/.test(name))
    .flatMap(([, value]) => (existsSync(value) ? textsIn(readFileSync(value, 'utf8')) : [value]))
    .filter((value) => value.length >= 8 && !/^https?:/.test(value));
}

/** The private parts of a JSON file of credentials. */
function textsIn(file: string): string[] {
  const parsed: Readonly<Record<string, unknown>> = JSON.parse(file);
  return Object.entries(parsed)
    .filter(([name]) => /key|secret|token/i.test(name))
    .flatMap(([, value]) => (typeof value === 'string' ? value.split('\n') : []));
}
