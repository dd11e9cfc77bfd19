import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apportion } from '../../../src/analysis/apportion.ts';
import { divideRounded } from '../../../src/core/money.ts';
import { share } from '../../../src/sources/focus-file/apportion-sql.ts';
import { type Duck, openDuck } from '../../../src/sources/focus-file/duck.ts';

const UNIT = 10n ** 12n;
let duck: Duck;
let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-test-'));
  duck = await openDuck(join(dir, 'spill'));
});
afterAll(() => {
  duck.close();
  rmSync(dir, { recursive: true, force: true });
});

test('the SQL rounds exactly as the function does', async () => {
  let state = 11;
  const next = () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
  const groups = Array.from({ length: 60 }, (_, group) => {
    const parts = Array.from({ length: 1 + Math.floor(next() * 12) }, () =>
      next() < 0.1 ? null : BigInt(Math.floor((next() - 0.5) * 1e9)) * 10n ** BigInt(Math.floor(next() * 8)),
    );
    const known = parts.filter((part) => part !== null);
    // Sometimes the target is off by a few, as when rounding was done earlier elsewhere.
    const drift = group % 3 === 0 ? BigInt(Math.floor(next() * 30) - 15) : 0n;
    return {
      group,
      parts,
      known,
      target:
        divideRounded(
          known.reduce((sum, part) => sum + part, 0n),
          UNIT,
        ) + (known.length > 0 ? drift : 0n),
    };
  });
  const bases = ['effective', 'billed', 'list', 'contracted'];
  await duck.run(
    `CREATE TABLE facts (g INTEGER, part INTEGER, ${bases.map((basis) => `${basis}_atto HUGEINT`).join(', ')})`,
  );
  await duck.run(
    `CREATE TABLE whole (g INTEGER, ${bases.map((basis) => `${basis}_micro HUGEINT`).join(', ')})`,
  );
  for (const { group, parts, target } of groups) {
    await duck.run(`INSERT INTO whole VALUES (${group}, ${target}, ${target}, NULL, ${target})`);
    for (const [part, amount] of parts.entries())
      await duck.run(`INSERT INTO facts VALUES (${group}, ${part}, ${amount}, ${amount}, NULL, ${amount})`);
  }
  for (const statement of share('shared', ['g'], 'part', 'whole', 'facts')) await duck.run(statement);
  const rows = await duck.rows(
    'SELECT g, part, effective_micro::VARCHAR, billed_micro::VARCHAR, list_micro::VARCHAR FROM shared ORDER BY g, part',
  );

  for (const { group, parts, known, target } of groups) {
    const shares = apportion(known, UNIT, target);
    const wanted = parts.map((part) => (part === null ? null : `${shares.shift()}`));
    const found = rows.filter(([g]) => g === group);
    expect(found.map((row) => row[2])).toEqual(wanted);
    expect(found.map((row) => row[3])).toEqual(wanted);
    expect(found.every((row) => row[4] === null)).toBe(true);
  }
});
