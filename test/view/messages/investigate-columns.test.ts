import { expect, it } from 'vitest';
import type { Contribution } from '../../../src/core/anomaly.ts';
import { contributionElements } from '../../../src/view/messages/investigate-columns.ts';

const part = (label: string, share: number, change: bigint): Contribution => ({
  dimension: 'resource',
  key: label,
  label,
  actualMicros: 0n,
  expectedMicros: 0n,
  changeMicros: change,
  share,
});

it('a share has the sign of its change, down to what rounds to one per cent', () => {
  const contributions = [
    part('carries it', 0.97, 905_000_000n),
    part('went down a little', -0.0066, -6_180_000n),
    part('went down', -0.06, -56_150_000n),
    part('a trace', -0.001, -900_000n),
    part('both ways', -12, -900_000n),
  ];
  const table = contributionElements({ contributions, currency: 'USD' }, 'resource').find(
    ({ kind }) => kind === 'table',
  );
  const rows = table?.kind === 'table' ? table.rows : [];
  expect(rows.map((cells) => cells.at(-1))).toEqual(['97 %', '−1 %', '−6 %', '<1 %', '–']);
});
