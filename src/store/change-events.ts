/** Deployments and other changes that pipelines and people told. */
import type { Store, StoreTransaction } from './open.ts';

export interface StoredChange {
  readonly id: number;
  readonly externalId?: string;
  readonly at: Date;
  /** deploy | config | experiment | incident | other */
  readonly kind: string;
  readonly title: string;
  readonly team?: string;
  readonly model?: string;
  readonly service?: string;
  readonly environment?: string;
  readonly version?: string;
  readonly url?: string;
  readonly sender: string;
  readonly receivedAt: Date;
}

export type NewChange = Omit<StoredChange, 'id'>;

/** Changes from one moment to another, both included, oldest first. */
export async function listChanges(
  store: Store,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<StoredChange[]> {
  const rows = await store.changeEvent.findMany({
    where: { at: { gte: from, lte: to } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toChange);
}

/** The change with the sender's own id. */
export async function findChange(
  tx: StoreTransaction,
  externalId: string,
): Promise<StoredChange | undefined> {
  const row = await tx.changeEvent.findUnique({ where: { externalId } });
  return row ? toChange(row) : undefined;
}

export async function addChange(tx: StoreTransaction, change: NewChange): Promise<StoredChange> {
  return toChange(await tx.changeEvent.create({ data: change }));
}

/** Says the same change anew, as its sender corrected it. */
export async function replaceChange(
  tx: StoreTransaction,
  id: number,
  change: NewChange,
): Promise<StoredChange> {
  const cleared = {
    team: null,
    model: null,
    service: null,
    environment: null,
    version: null,
    url: null,
  };
  return toChange(await tx.changeEvent.update({ where: { id }, data: { ...cleared, ...change } }));
}

type Row = { readonly [K in keyof StoredChange]-?: Exclude<StoredChange[K], undefined> | null };

function toChange(row: Row | StoredChange): StoredChange {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== null),
  ) as unknown as StoredChange;
}
