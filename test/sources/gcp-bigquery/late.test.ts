import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FetchRequest } from '../../../src/sources/types.ts';
import { testAccess, testRequest } from '../stand-in/access.ts';
import { type GcpStandIn, startGcpBigQuery } from '../stand-in/gcp-bigquery.ts';
import { type TruthCharge, truthCharges } from '../stand-in/truth.ts';
import { collect, sumOf, truthSum } from './collect.ts';

let standIn: GcpStandIn;
beforeEach(async () => {
  standIn = await startGcpBigQuery();
});
afterEach(() => standIn.close());

const TRUTH = truthCharges({ start: '2026-09-01', end: '2026-11-20', services: 2 });
const WINDOW = { start: '2026-11-16', end: '2026-11-21' };

function poll(more: Partial<FetchRequest> = {}, now = '2026-11-21T09:00:00Z') {
  return collect(standIn.options, testRequest(testAccess(standIn.variables, { now }), WINDOW, more));
}

function chargeOn(day: string): TruthCharge {
  const found = TRUTH.find((charge) => charge.day === day);
  if (!found) throw new Error(`Nothing on ${day}.`);
  return { ...found, amount: '17.5' };
}

async function cursorOf(): Promise<string> {
  const cursor = (await poll()).at(-1)?.batch.cursor;
  if (cursor === undefined) throw new Error('No cursor.');
  return cursor;
}

it('finds old days that got rows after the last poll and fetches them whole', async () => {
  standIn.bill(TRUTH);
  const cursor = await cursorOf();
  expect((await poll({ cursor })).map(({ batch }) => batch.days)).toEqual([WINDOW]);

  const days = ['2026-09-03', '2026-10-30', '2026-11-02', '2026-11-05', '2026-11-18'];
  const after = [...TRUTH, ...days.map(chargeOn)];
  standIn.bill(after);
  const batches = await poll({ cursor });
  expect(batches.map(({ batch }) => batch.days)).toEqual([
    WINDOW,
    { start: '2026-11-02', end: '2026-11-05' },
    { start: '2026-10-30', end: '2026-10-30' },
    { start: '2026-09-03', end: '2026-09-03' },
  ]);
  for (const { batch, charges } of batches)
    expect(sumOf(charges)).toEqual(
      truthSum(after.filter(({ day }) => day >= batch.days.start && day <= batch.days.end)),
    );
  expect(batches.map(({ batch }) => batch.cursor !== undefined)).toEqual([false, false, false, true]);
  expect(batches.at(-1)?.batch.cursor).not.toBe(cursor);
});

it('follows a day that is restated twice', async () => {
  standIn.bill(TRUTH);
  let cursor = await cursorOf();
  let charges = TRUTH;
  for (const amount of ['1000', '0.000001']) {
    charges = charges.map((charge) => (charge.day === '2026-10-10' ? { ...charge, amount } : charge));
    standIn.bill(charges);
    const batches = await poll({ cursor });
    const restated = batches.find(({ batch }) => batch.days.start === '2026-10-10');
    expect(sumOf(restated?.charges ?? [])).toEqual(
      truthSum(charges.filter(({ day }) => day === '2026-10-10')),
    );
    cursor = batches.at(-1)?.batch.cursor ?? '';
  }
});

it('takes a cursor of another table, or no cursor at all, for no cursor', async () => {
  standIn.bill(TRUTH);
  const cursor = await cursorOf();
  standIn.bill([...TRUTH, chargeOn('2026-10-30')]);
  const other = JSON.stringify({ ...JSON.parse(cursor), table: 'other.billing.t' });
  for (const strange of [other, 'not json', '{}', undefined])
    expect(
      (await poll({ ...(strange !== undefined && { cursor: strange }) })).map(({ batch }) => batch.days),
    ).toEqual([WINDOW]);
});

it('is complete by the lag while exports come, and no further than they came', async () => {
  standIn.bill(TRUTH);
  const [fresh] = await poll();
  expect(fresh?.batch).toMatchObject({ completeThrough: '2026-11-18' });
  expect(fresh?.batch.warnings).toBeUndefined();
});

it('stays open after the newest export when exports stand still', async () => {
  standIn.bill(TRUTH.filter(({ day }) => day <= '2026-11-17'));
  const [stalled] = await poll();
  expect(stalled?.batch).toMatchObject({
    completeThrough: '2026-11-15',
    warnings: [expect.stringMatching(/newest row .* exported on 2026-11-17/)],
  });
});

it('says that nothing is known when nothing was exported', async () => {
  standIn.bill(TRUTH.filter(({ day }) => day <= '2026-10-01'));
  const [nothing] = await poll();
  expect(nothing?.batch).toMatchObject({
    completeThrough: '2026-11-15',
    warnings: [expect.stringMatching(/Nothing was exported .* since 2026-11-15/)],
  });
  expect(nothing?.batch.cursor).toBeUndefined();
  expect(nothing?.charges).toEqual([]);
});
