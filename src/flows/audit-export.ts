/** Gives the audit out, entry by entry, with names: one JSON line each, secrets left out. */
import { redact } from '../core/secret.ts';
import { readEntries, type StoredEntry } from '../store/audit-chain.ts';
import type { Store } from '../store/open.ts';
import { actorNames } from './standing.ts';

/** `before` and `after` are the JSON texts that the hash covers. `redacted`: something that looks like a secret was taken out, so the hash no longer fits. */
export interface ExportedEntry {
  readonly id: number;
  readonly at: string;
  readonly actor: string;
  readonly name: string;
  readonly action: string;
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly hash: string | null;
  readonly redacted?: true;
}

/** Oldest first, read in pages. `since` is a moment. */
export async function* exportAudit(
  store: Store,
  options: { readonly since?: Date; readonly page?: number } = {},
): AsyncGenerator<ExportedEntry> {
  const nameOf = await actorNames(store);
  let last = 0;
  for (;;) {
    const rows = await readEntries(store, last, options);
    for (const row of rows) yield toExport(row, nameOf(row.actor));
    const end = rows.at(-1);
    if (!end) return;
    last = end.id;
  }
}

function toExport(row: StoredEntry, name: string): ExportedEntry {
  const clean = {
    actor: redact(row.actor),
    action: redact(row.action),
    subject: redact(row.subject),
    before: row.before && redact(row.before),
    after: row.after && redact(row.after),
  };
  const redacted =
    clean.actor !== row.actor ||
    clean.action !== row.action ||
    clean.subject !== row.subject ||
    clean.before !== row.before ||
    clean.after !== row.after;
  return {
    id: row.id,
    at: row.at.toISOString(),
    ...clean,
    name: redact(name),
    hash: row.hash,
    ...(redacted && { redacted }),
  };
}
