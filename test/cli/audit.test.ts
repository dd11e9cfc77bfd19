/** `pennywatch audit` as typed: what it prints where, and its exit codes. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendAudits } from '../../src/store/audit.ts';
import { lockForWriting } from '../../src/store/write-lock.ts';
import { allowTampering, openTempStore, type TempStore } from '../temp-store.ts';
import { runCli } from './run-cli.ts';

let temp: TempStore;
let dir: string;
beforeEach(async () => {
  temp = await openTempStore();
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-audit-'));
});
afterEach(async () => {
  await temp.close();
  rmSync(dir, { recursive: true });
});

async function append(count: number): Promise<void> {
  await temp.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    await appendAudits(
      tx,
      Array.from({ length: count }, (_, number) => ({
        at: new Date(Date.UTC(2026, 10, 20 + number, 9)),
        actor: number === 0 ? 'console:ops' : 'slack:U1',
        action: 'budget.set',
        subject: `budget:${number + 1}`,
        after: JSON.stringify({ amount: number }),
      })),
    );
  });
}
const audit = (...words: string[]) => runCli(['audit', ...words, '--db', temp.url]);

describe('audit verify', () => {
  it('says that it is whole, and which hash to keep', async () => {
    await append(3);
    const { status, stdout } = await audit('verify');
    expect(status).toBe(0);
    expect(stdout).toContain('The audit is whole: 3 entries');
    const head = /Head: ([0-9a-f]{64})/.exec(stdout)?.[1] ?? '';
    await append(1);
    const kept = await audit('verify', '--head', head);
    expect([kept.status, kept.stdout]).toEqual([
      0,
      expect.stringContaining("The hash you kept is entry 3's."),
    ]);
    expect((await audit('verify', '--head', 'f'.repeat(64))).status).toBe(1);
    expect((await audit('verify', '--head', 'abc')).status).toBe(2);
  });
  it('exits with 1 and names the first broken entry', async () => {
    await append(3);
    await allowTampering(temp.store);
    await temp.store.$executeRawUnsafe(`UPDATE "AuditEntry" SET "actor" = 'slack:U9' WHERE id = 2`);
    const { status, stdout } = await audit('verify');
    expect(status).toBe(1);
    expect(stdout).toContain('The audit is NOT whole. Entry 2 was changed after it was written');
    expect(stdout).toContain('budget.set budget:2');
    expect((await audit('verify', '--json')).json()).toMatchObject({
      ok: false,
      entries: 1,
      broken: { id: 2 },
    });
  });
  it('writes nothing, and makes no database', async () => {
    expect((await audit('verify')).stdout).toBe('There are no entries yet.\n');
    expect(await temp.store.auditEntry.count()).toBe(0);
    const absent = await runCli(['audit', 'verify', '--db', `file:${join(dir, 'none.db')}`]);
    expect([absent.status, absent.stderr]).toEqual([1, expect.stringContaining('There is no database at')]);
  });
});

describe('audit export', () => {
  it('gives out every entry as a line, with names, hashes and no secrets', async () => {
    await append(2);
    await temp.store.auditEntry.create({
      data: {
        at: new Date(Date.UTC(2026, 10, 30)),
        actor: 'a',
        action: 'b',
        subject: 'xoxb-12345678-abcdefgh',
      },
    });
    const lines = (await audit('export')).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      {
        id: 1,
        at: '2026-11-20T09:00:00.000Z',
        actor: 'console:ops',
        name: 'ops at the terminal',
        before: null,
      },
      {
        id: 2,
        actor: 'slack:U1',
        name: 'slack:U1',
        after: '{"amount":1}',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      { id: 3, subject: 'xoxb-…', redacted: true, hash: null },
    ]);
  });
  it('from a day on, into a file that only its owner reads', async () => {
    await append(3);
    const file = join(dir, 'audit.jsonl');
    const { status, stdout } = await audit('export', '--since', '2026-11-21', '--out', file);
    expect([status, stdout]).toEqual([0, `2 entries are in ${file}.\n`]);
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect((await audit('export', '--since', 'yesterday')).status).toBe(2);
    expect((await audit('export', '--out', join(dir, 'no', 'such'))).stderr).toContain('cannot be written');
  });
});

it('doctor says whether the chain holds', async () => {
  await append(2);
  const look = async () => {
    const { checks } = (await runCli(['doctor', '--db', temp.url, '--offline', '--json'])).json();
    return checks.find(({ id }: { id: string }) => id === 'audit');
  };
  expect(await look()).toMatchObject({ status: 'ok', detail: '2 entries, and the chain holds.' });
  await allowTampering(temp.store);
  await temp.store.$executeRawUnsafe('DELETE FROM "AuditEntry" WHERE id = 2');
  expect(await look()).toMatchObject({ status: 'fail', detail: expect.stringContaining('cut off') });
});
