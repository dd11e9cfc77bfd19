import { expect, it } from 'vitest';
import { shrunkBill, vanishedDays } from '../../../src/flows/import-focus/moved.ts';
import type { StagedBill } from '../../../src/sources/types.ts';

const none = { effective: null, billed: null, list: null, contracted: null };
const day = (date: string, rows: number) => ({ day: date, currency: 'USD', rows, exact: none });
const billOf = (...days: ReturnType<typeof day>[]): StagedBill => ({
  account: 'acct',
  periodStart: '2026-10-01',
  firstDay: '2026-10-01',
  lastDay: '2026-10-31',
  digest: 'x',
  days,
});

it('warns when a bill is replaced by what looks like a part of it', () => {
  const before = [day('2026-10-01', 60), day('2026-10-02', 40)];
  expect(shrunkBill(billOf(day('2026-10-01', 50), day('2026-10-02', 26)), before)).toEqual([]);
  const [warning] = shrunkBill(billOf(day('2026-10-01', 30), day('2026-10-02', 20)), before);
  expect(warning).toContain('for 2026-10 had 100 rows and now has 50: it was replaced');
});

it('warns of days that are gone, and not of days that only changed', () => {
  const before = [day('2026-10-01', 1), day('2026-10-02', 1)];
  expect(vanishedDays(billOf(day('2026-10-01', 5), day('2026-10-02', 1)), before)).toEqual([]);
  expect(vanishedDays(billOf(day('2026-10-01', 5)), before)[0]).toContain(
    'no longer has a day that it had (2026-10-02)',
  );
});
