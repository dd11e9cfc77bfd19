import { expect, it } from 'vitest';
import { concentration, driversOf } from '../../src/analysis/drivers.ts';

it('names what moved, largest first, and does not let a fall hide a rise', () => {
  const drivers = driversOf(
    'stage',
    [
      { key: 'training', current: 300n, previous: 100n },
      { key: 'inference', current: 0n, previous: 150n },
      { key: 'data', current: 11n, previous: 10n },
    ],
    3,
  );
  expect(drivers.map(({ key, change }) => [key, change])).toEqual([
    ['training', 200n],
    ['inference', -150n],
  ]);
  expect(drivers[0]?.share).toBeCloseTo(200 / 351, 6);
});

it('says nothing when nothing moved', () => {
  expect(driversOf('stage', [{ key: 'a', current: 5n, previous: 5n }], 3)).toEqual([]);
});

it('finds a column that carries most of the movement, but not a trivial or an unnamed one', () => {
  const parts = [
    { key: 'us-east-1', current: 100n, previous: 10n },
    { key: 'eu-west-1', current: 12n, previous: 10n },
  ];
  expect(concentration('region', parts)?.key).toBe('us-east-1');
  expect(concentration('region', parts.slice(0, 1))).toBeUndefined();
  expect(
    concentration('region', [
      { key: null, current: 100n, previous: 0n },
      ...parts.slice(1),
      { key: 'x', current: 1n, previous: 1n },
    ]),
  ).toBeUndefined();
});
