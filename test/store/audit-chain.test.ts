/** The chain of audit entries in a real database: what somebody who edits the file leaves behind. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditEntry, appendAudit, appendAudits, listAudit } from '../../src/store/audit.ts';
import { readHead } from '../../src/store/audit-chain.ts';
import { verifyChain } from '../../src/store/audit-verify.ts';
import type { Store } from '../../src/store/open.ts';
import { lockForWriting } from '../../src/store/write-lock.ts';
import { allowTampering, openTempStore, type TempStore } from '../temp-store.ts';

let temp: TempStore;
let store: Store;
beforeEach(async () => {
  temp = await openTempStore();
  store = temp.store;
});
afterEach(() => temp.close());

const entry = (number: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  at: new Date(Date.UTC(2026, 10, 21, 9, number)),
  actor: 'slack:U1',
  action: 'budget.set',
  subject: `budget:${number}`,
  ...more,
});

async function append(...entries: readonly AuditEntry[]): Promise<void> {
  await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    await appendAudits(tx, entries);
  });
}

const sql = (statement: string) => store.$executeRawUnsafe(statement);

describe('a chain nobody touched', () => {
  it('holds, whatever the entries say', async () => {
    await append(entry(1), entry(2, { before: '{"a":1}', after: '{"a":"模型 💸\\n"}' }));
    await append(entry(3, { actor: 'half \ud800 a pair', subject: 'nul \0 in it', after: '' }));
    expect(await verifyChain(store, { page: 2 })).toMatchObject({ ok: true, entries: 3, unsealed: 0 });
    expect((await listAudit(store)).map(({ actor }) => actor)).toEqual([
      'slack:U1',
      'slack:U1',
      'half \ufffd a pair',
    ]);
  });
  it('is empty at first', async () => {
    expect(await verifyChain(store)).toEqual({ ok: true, entries: 0, unsealed: 0 });
  });
  it('goes on where a failed transaction left it', async () => {
    await append(entry(1));
    await expect(
      store.$transaction(async (tx) => {
        await lockForWriting(tx);
        await appendAudit(tx, entry(2));
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await append(entry(3));
    expect(await verifyChain(store)).toMatchObject({ ok: true, entries: 2, head: { id: 2 } });
  });
  it('keeps no secrets', async () => {
    await append(entry(1, { after: JSON.stringify({ reason: 'use xoxb-123456789012-abcdef' }) }));
    expect((await listAudit(store))[0]?.after).toBe('{"reason":"use xoxb-…"}');
  });
  it('takes appends from many transactions at once', async () => {
    await Promise.all([1, 2, 3, 4, 5, 6].map((number) => append(entry(number))));
    expect(await verifyChain(store)).toMatchObject({ ok: true, entries: 6 });
  });
});

describe('a database somebody edited', () => {
  beforeEach(async () => {
    await allowTampering(store);
    await append(...[1, 2, 3, 4, 5, 6].map((number) => entry(number)));
  });

  it.each([
    ['an entry changed', `UPDATE "AuditEntry" SET "actor" = 'slack:U2' WHERE id = 3`, 3, 'changed'],
    [
      'a time changed',
      `UPDATE "AuditEntry" SET "at" = '2026-11-21T10:00:00.000+00:00' WHERE id = 2`,
      2,
      'changed',
    ],
    ['an empty text made nothing', `UPDATE "AuditEntry" SET "after" = '' WHERE id = 4`, 4, 'changed'],
    ['an entry taken out', 'DELETE FROM "AuditEntry" WHERE id = 4', 5, 'Entry 4 was taken out'],
    ['several taken out', 'DELETE FROM "AuditEntry" WHERE id IN (2, 3)', 4, '2 entries were taken out'],
    ['the first taken out', 'DELETE FROM "AuditEntry" WHERE id = 1', 2, 'not the first'],
    ['a hash taken away', 'UPDATE "AuditEntry" SET "hash" = NULL WHERE id = 6', 6, 'without the chain'],
    [
      'one put in at the end',
      `INSERT INTO "AuditEntry" (at, actor, action, subject) SELECT at, actor, action, subject FROM "AuditEntry" WHERE id = 1`,
      7,
      'without the chain',
    ],
    [
      'the end cut off',
      'DELETE FROM "AuditEntry" WHERE id > 4',
      undefined,
      'The end was cut off: the last entry is 4',
    ],
    ['everything deleted', 'DELETE FROM "AuditEntry"', undefined, 'cut off'],
    [
      'the head deleted',
      `DELETE FROM "Meta" WHERE key = 'audit.head'`,
      undefined,
      'head of the chain was taken',
    ],
  ])('%s', async (_, statement, id, words) => {
    await sql(statement);
    const { ok, broken } = await verifyChain(store, { page: 2 });
    expect({ ok, id: broken?.id }).toEqual({ ok: false, id });
    expect(broken?.why).toContain(words);
    // It does not heal by itself.
    if (!statement.includes('Meta')) {
      await append(entry(9));
      expect((await verifyChain(store)).ok).toBe(false);
    }
  });

  it('shows a chain that was computed anew only to whoever kept a hash', async () => {
    const kept = (await readHead(store))?.hash ?? '';
    await append(entry(7));
    expect(await verifyChain(store, { kept })).toMatchObject({ ok: true, kept: 6 });
    await sql('DELETE FROM "AuditEntry"');
    await sql('DELETE FROM "Meta" WHERE key = \'audit.head\'');
    await append(entry(1));
    expect(await verifyChain(store)).toMatchObject({ ok: true });
    const { ok, broken } = await verifyChain(store, { kept });
    expect(ok).toBe(false);
    expect(broken?.why).toContain('hash you kept is not in the chain');
  });
});

describe('entries of before the chain', () => {
  beforeEach(() => allowTampering(store));

  it('are chained with the next entry, and an entry says so', async () => {
    for (const number of [1, 2, 3])
      await store.auditEntry.create({ data: { ...entry(number), id: number * 2 } });
    expect(await verifyChain(store)).toEqual({ ok: true, entries: 3, unsealed: 3 });
    await append(entry(4));
    expect(await verifyChain(store)).toMatchObject({ ok: true, entries: 5, head: { count: 5 } });
    expect((await listAudit(store, 'audit')).map(({ action, after }) => [action, after])).toEqual([
      ['audit.seal', '{"entries":3}'],
    ]);
    await sql(`UPDATE "AuditEntry" SET "subject" = 'budget:99' WHERE id = 4`);
    expect((await verifyChain(store)).broken?.id).toBe(4);
  });
});

/** As proposed for a migration of its own. */
describe('the database itself', () => {
  it('lets old entries be chained, and nothing else be changed', async () => {
    await store.auditEntry.create({ data: { ...entry(1), id: 1 } });
    await expect(sql(`UPDATE "AuditEntry" SET "hash" = 'x', "actor" = 'y'`)).rejects.toThrow(/never changed/);
    await append(entry(2));
    expect(await verifyChain(store)).toMatchObject({ ok: true, entries: 3 });
    await expect(sql(`UPDATE "AuditEntry" SET "actor" = 'y'`)).rejects.toThrow(/never changed/);
    await expect(sql('UPDATE "AuditEntry" SET "hash" = NULL')).rejects.toThrow(/never changed/);
    await expect(sql('DELETE FROM "AuditEntry"')).rejects.toThrow(/never removed/);
  });
});
