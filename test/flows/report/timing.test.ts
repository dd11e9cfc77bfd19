/** When a cost moved: on a day, from a day on, or all through. */
import { expect, it } from 'vitest';
import { eachDay } from '../../../src/core/day.ts';
import { timingOf } from '../../../src/flows/report/timing.ts';

const days = eachDay('2026-11-16', '2026-11-22');
const of = (...changes: number[]) => timingOf(days.slice(0, changes.length), changes.map(BigInt));

it.each([
  ['one day carries it', [0, 0, 0, 90, 5, 5, 0], { kind: 'on', days: ['2026-11-19'] }],
  ['two days carry it', [0, 50, 5, 0, 45, 0, 0], { kind: 'on', days: ['2026-11-17', '2026-11-20'] }],
  ['a fall on one day', [0, 0, -90, 5, 0, 0, -5], { kind: 'on', days: ['2026-11-18'] }],
  ['a step', [1, 0, 30, 30, 31, 30, 29], { kind: 'since', day: '2026-11-18' }],
  ['a step down', [0, 1, -1, -30, -30, -30, -31], { kind: 'since', day: '2026-11-19' }],
] as const)('%s', (_, changes, timing) => expect(of(...changes)).toEqual(timing));

it.each([
  ['all through the week', [10, 11, 9, 10, 12, 10, 10]],
  ['no net change', [50, -50, 0, 0, 0, 0, 0]],
  ['two days are no week', [0, 100]],
])('%s says nothing', (_, changes) => expect(of(...changes)).toBeUndefined());
