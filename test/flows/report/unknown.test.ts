/** A report about a week that is partly unknown: what is not known is never taken for nothing. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTempStore, type TempStore } from '../../temp-store.ts';
import { costs, fill, make } from './workbench.ts';

let temp: TempStore;
beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

it('a day whose cost is unknown is no saving', async () => {
  const charges = costs({ cost: 10 });
  await fill(
    temp.store,
    charges.map((charge) => (charge.day === '2026-11-18' ? { ...charge, cost: null } : charge)),
  );
  const { heading, text, data } = await make(temp.store);
  expect(heading).toBe('search: $60.00 last week (16–22 Nov)');
  expect(data).toMatchObject({ change: null, changePercent: null, movers: [] });
  expect(text).toContain('Some bills have no EffectiveCost');
});

it('what is unknown every week leaves the rest to be compared', async () => {
  await fill(temp.store, [
    ...costs({ cost: (day) => (day < '2026-11-16' ? 10 : 20) }),
    ...costs({ model: 'dark', cost: 1 }, { cost: null, source: 'dark' }),
  ]);
  expect((await make(temp.store)).heading).toContain('+100 % (+$70.00) on the week before');
});

it('says why there is no figure, with one space after it', async () => {
  await fill(temp.store, costs({ cost: 20 }, { currency: 'EUR' }));
  expect((await make(temp.store)).text).toContain('what that is in USD. No month-end forecast');
});
