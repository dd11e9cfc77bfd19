/** Two years of allocated facts from the shapes of a day, written in one statement per month. */
import type { Day } from '../../../src/core/day.ts';
import type { Store } from '../../../src/store/open.ts';

/** Amount of a day: the shape's own, a weekly rhythm, slow growth, and noise; all from integers, the same on every run. */
const AMOUNT = `(s."micros" * (70 + d.key / 24 + CASE WHEN d.key % 7 < 2 THEN 0 ELSE 12 END
  + (d.key * 7919 + s.rowid * 104729) % 37) / 100 + (d.key * 31 + s.rowid * 17) % 1000)`;
const RESIDUE = '((d.key * 7919 + s.rowid * 15485863) % 999999999989 - 499999999994)';

/** Fills DailyCost. Indexes are made afterwards, which takes a third of the time. */
export async function fillDailyCost(store: Store, days: readonly Day[]): Promise<void> {
  const indexes = await store.$queryRawUnsafe<{ name: string; sql: string }[]>(
    `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'DailyCost' AND sql IS NOT NULL`,
  );
  for (const { name } of indexes) await store.$executeRawUnsafe(`DROP INDEX "${name}"`);
  await store.$executeRawUnsafe(
    `INSERT INTO "DailyCost" ("day", "source", "team", "model", "modelVersion", "stage", "environment", "feature",
       "costCenter", "provider", "service", "region", "account", "category", "currency",
       "billedMicros", "effectiveMicros", "listMicros", "contractedMicros",
       "billedResidue", "effectiveResidue", "listResidue", "contractedResidue")
     SELECT d.value, s."source", s."team", s."model",
       CASE WHEN s."stage" IN ('training', 'inference') THEN 'v' || (1 + d.key / 120) END, s."stage", s."environment",
       s."feature", s."costCenter", s."provider", s."service", s."region", s."account", s."category", s."currency",
       ${AMOUNT} * 105 / 100, ${AMOUNT}, ${AMOUNT} * 13 / 10, ${AMOUNT} * 11 / 10,
       ${RESIDUE}, ${RESIDUE} / 3, 0, ${RESIDUE} / 7
     FROM json_each(?) d CROSS JOIN "Shape" s`,
    JSON.stringify(days),
  );
  for (const { sql } of indexes) await store.$executeRawUnsafe(sql);
}
