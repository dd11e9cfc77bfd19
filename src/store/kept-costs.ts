/** Sums over the whole organisation are asked for again and again and change only when costs are written: they are kept until then. */
import type { CostRow } from '../core/cost.ts';
import { readMeta } from './meta.ts';
import type { Store, StoreTransaction } from './open.ts';

const VERSION_KEY = 'daily-cost.version';
/** Rows kept at most: some 20 MB. */
const MOST_ROWS = 100_000;

interface Kept {
  readonly version: string | undefined;
  /** In the order they were used, longest ago first. */
  readonly sums: Map<string, readonly CostRow[]>;
}

const keptOf = new WeakMap<Store, Kept>();

/** What `read` gives, which is only called when nothing is kept under this name since costs were last written. */
export async function keepUntilWritten(
  store: Store,
  name: string,
  read: () => Promise<CostRow[]>,
): Promise<CostRow[]> {
  const version = await readMeta(store, VERSION_KEY);
  const kept = keptSince(store, version);
  const rows = kept.sums.get(name) ?? (await read());
  // Costs that were written meanwhile may be in the sum already: it is forgotten with the version before them.
  remember(kept.sums, name, rows);
  return [...rows];
}

/** To be called in the transaction that writes allocated costs. */
export async function markWritten(tx: StoreTransaction): Promise<void> {
  await tx.$executeRawUnsafe(
    `INSERT INTO "Meta" ("key", "value") VALUES (?, '1')
     ON CONFLICT ("key") DO UPDATE SET "value" = CAST(CAST("value" AS INTEGER) + 1 AS TEXT)`,
    VERSION_KEY,
  );
}

function keptSince(store: Store, version: string | undefined): Kept {
  const known = keptOf.get(store);
  if (known && known.version === version) return known;
  const fresh: Kept = { version, sums: new Map() };
  keptOf.set(store, fresh);
  return fresh;
}

function remember(sums: Kept['sums'], name: string, rows: readonly CostRow[]): void {
  sums.delete(name);
  sums.set(name, rows);
  let count = [...sums.values()].reduce((total, { length }) => total + length, 0);
  for (const [oldest, { length }] of sums) {
    if (count <= MOST_ROWS) return;
    sums.delete(oldest);
    count -= length;
  }
}
