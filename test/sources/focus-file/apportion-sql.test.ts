import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apportion } from '../../../src/analysis/apportion.ts';
import { divideRounded } from '../../../src/core/money.ts';
import { share, splitSql } from '../../../src/sources/focus-file/apportion-sql.ts';
import { type Duck, openDuck } from '../../../src/sources/focus-file/duck.ts';

const UNIT = 10n ** 12n;

/** 10^-18 units as decimal text. */
function exact(attos: bigint | null): string {
  if (attos === null) return 'NULL';
  const digits = `${attos < 0n ? -attos : attos}`.padStart(19, '0');
  return `${attos < 0n ? '-' : ''}${digits.slice(0, -18)}.${digits.slice(-18)}`;
}

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
    `CREATE TABLE facts (g INTEGER, part INTEGER, ${bases.map((basis) => `${basis}_high DECIMAL(38,18), ${basis}_low DECIMAL(38,18)`).join(', ')})`,
  );
  await duck.run(
    `CREATE TABLE whole (g INTEGER, ${bases.map((basis) => `${basis}_micro HUGEINT`).join(', ')})`,
  );
  for (const { group, parts, target } of groups) {
    await duck.run(`INSERT INTO whole VALUES (${group}, ${target}, ${target}, NULL, ${target})`);
    for (const [part, amount] of parts.entries()) {
      // The same amount, once as it is and once with a part of it among the finest decimals.
      const [plain, fine] = [
        `${exact(amount)}, ${amount === null ? 'NULL' : 0}`,
        `${exact(amount === null ? null : amount + 7n)}, ${amount === null ? 'NULL' : -6.5}`,
      ];
      await duck.run(`INSERT INTO facts VALUES (${group}, ${part}, ${plain}, ${fine}, NULL, NULL, ${plain})`);
    }
  }
  await duck.run(`CREATE TABLE split AS ${splitSql('facts')}`);
  await duck.run(share('shared', ['g'], 'part', 'whole', 'split'));
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
