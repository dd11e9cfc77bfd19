/** Whether the chain of audit entries holds, and where it breaks first. */
import { type ChainHead, hashEntry, readEntries, readHead, type StoredEntry } from './audit-chain.ts';
import type { StoreTransaction } from './open.ts';

/** `why` is a whole sentence; the rest is about the entry at which it shows, where there is one. */
export interface Break {
  readonly why: string;
  readonly id?: number;
  readonly at?: Date;
  readonly action?: string;
  readonly subject?: string;
}

export interface ChainReport {
  readonly ok: boolean;
  readonly entries: number;
  readonly head?: ChainHead;
  /** Entries of before the chain; the next entry chains them. */
  readonly unsealed: number;
  readonly broken?: Break;
  /** Id of the entry whose hash was kept elsewhere. */
  readonly kept?: number;
}

interface Walked {
  readonly id: number;
  readonly hash: string;
  readonly count: number;
}

export interface VerifyOptions {
  /** A hash that was kept elsewhere: it must be in the chain. */
  readonly kept?: string;
  readonly page?: number;
}

/** Reads every entry, a page at a time, while others may append. Changes nothing. */
export async function verifyChain(
  store: StoreTransaction,
  { kept, page }: VerifyOptions = {},
): Promise<ChainReport> {
  let walked: Walked = { id: 0, hash: '', count: 0 };
  let keptAt: number | undefined;
  let head = await readHead(store);
  if (!head) return notBegun(store, kept);
  for (;;) {
    const rows = await readEntries(store, walked.id, page === undefined ? {} : { page });
    for (const row of rows) {
      const why = breakAt(walked, row);
      if (why) return { ok: false, entries: walked.count, head, unsealed: 0, broken: describe(row, why) };
      if (row.hash === kept?.toLowerCase()) keptAt = row.id;
      walked = { id: row.id, hash: row.hash ?? '', count: walked.count + 1 };
    }
    if (rows.length > 0) continue;
    // Read last: it may have moved on while the entries were read.
    const now: ChainHead = (await readHead(store)) ?? head;
    const moved = now.id > head.id;
    head = now;
    if (!moved) break;
  }
  const report = { entries: walked.count, head, unsealed: 0, ...(keptAt !== undefined && { kept: keptAt }) };
  const why = endsWrong(walked, head) ?? (kept !== undefined && keptAt === undefined ? NOT_KEPT : undefined);
  return why ? { ...report, ok: false, broken: { why } } : { ...report, ok: true };
}

const NOT_KEPT =
  'The hash you kept is not in the chain: entries of before it were changed and the chain was computed anew, or it is the hash of another database.';

async function notBegun(store: StoreTransaction, kept: string | undefined): Promise<ChainReport> {
  const sealed = await store.auditEntry.count({ where: { hash: { not: null } } });
  const unsealed = await store.auditEntry.count({ where: { hash: null } });
  const entries = sealed + unsealed;
  if (sealed > 0)
    return { ok: false, entries, unsealed, broken: { why: 'The head of the chain was taken away.' } };
  return kept === undefined
    ? { ok: true, entries, unsealed }
    : { ok: false, entries, unsealed, broken: { why: NOT_KEPT } };
}

function breakAt(walked: Walked, row: StoredEntry): string | undefined {
  if (row.hash === null) return `Entry ${row.id} has no hash: it was put in without the chain.`;
  if (row.hash === hashEntry(walked.hash, row)) return undefined;
  const missing = row.id - walked.id - 1;
  if (walked.count > 0 && missing > 0)
    return missing === 1
      ? `Entry ${walked.id + 1} was taken out: entry ${row.id} does not follow entry ${walked.id}.`
      : `${missing} entries were taken out between entry ${walked.id} and entry ${row.id}.`;
  if (walked.count === 0 && row.id > 1)
    return `Entry ${row.id} is not the first of the chain: those before it were taken out, or it was changed.`;
  return `Entry ${row.id} was changed after it was written, or put in.`;
}

function endsWrong(walked: Walked, head: ChainHead): string | undefined {
  if (walked.id < head.id)
    return `The end was cut off: the last entry is ${walked.id}, the head of the chain says ${head.id}.`;
  if (walked.id > head.id)
    return `Entries were put in at the end: the last one is ${walked.id}, the head of the chain says ${head.id}.`;
  if (walked.hash !== head.hash) return 'The last entry is not the one that the head of the chain names.';
  return walked.count === head.count
    ? undefined
    : `There are ${walked.count} entries, the head of the chain says ${head.count}.`;
}

function describe({ id, at, action, subject }: StoredEntry, why: string): Break {
  return { why, id, at, action, subject };
}
