/** A small share of what was sent once: thousands of broken activities, every fifth of them to a Teams that fails. */
import { expect, it } from 'vitest';
import { fuzzTeams } from './teams.ts';

it('refuses or answers every broken activity of Teams, and nobody without rights changes anything', async () => {
  const { statuses, powerless, ...result } = await fuzzTeams({ count: 80, seed: 20261122 });
  expect(result).toMatchObject({ wrongs: [], errors: [], rejections: 0 });
  expect(powerless).toBeGreaterThan(40);
  expect(statuses['200']).toBeGreaterThan(25);
});
