/** A small share of what test/fuzz/run.ts sends. */
import { expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';

it('refuses or answers every broken payload, and nobody without rights changes anything', async () => {
  const { payloads, statuses, powerless, refusals, ...result } = await fuzz({ count: 300, seed: 20261121 });
  expect(result).toMatchObject({ wrongs: [], errors: [], rejections: 0 });
  expect(payloads).toBe(300);
  expect(powerless).toBeGreaterThan(150);
  expect(refusals).toBeGreaterThan(50);
  expect(Object.keys(statuses).filter((status) => Number(status) >= 500)).toEqual([]);
});
