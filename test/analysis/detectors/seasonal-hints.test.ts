/** What people say of a series – planned, expected, an incident, too many alarms – changes the judgement as they mean it. */
import { describe, expect, it } from 'vitest';
import { alarms, judged, office } from './seasonal-series.ts';

const AT = 150;
const LENGTH = 230;
const usual = office(LENGTH, 21);
const marked = (from: number, to: number) =>
  Uint8Array.from({ length: LENGTH }, (_, index) => (index >= from && index <= to ? 1 : 0));
const raised = (from: number, to: number, by: number) =>
  usual.map((value, index) => (index >= from && index <= to ? value + by : value));

describe('planned spend', () => {
  const planned = Float64Array.from({ length: LENGTH }, (_, index) =>
    index >= AT && index < AT + 5 ? 1000 : 0,
  );

  it('raises what is expected and the upper edge, and leaves the lower', () => {
    const [plain, with1000] = [judged(usual), judged(usual, { planned })];
    expect(with1000.expected[AT]).toBeCloseTo((plain.expected[AT] ?? 0) + 1000, 9);
    expect(with1000.upper[AT]).toBeCloseTo((plain.upper[AT] ?? 0) + 1000, 9);
    expect(with1000.lower[AT]).toBeCloseTo(plain.lower[AT] ?? 0, 9);
  });

  it('is no alarm, whether it comes, comes in part or does not come', () => {
    for (const share of [1, 0.4, 0])
      expect(alarms(raised(AT, AT + 4, 1000 * share), { hints: { planned }, direction: 'both' })).toEqual([]);
  });

  it('is not learnt: without the plan nothing more is expected afterwards', () => {
    const [with1000, without] = [judged(raised(AT, AT + 4, 1000), { planned }), judged(usual, { planned })];
    for (let index = AT + 5; index < LENGTH; index++)
      expect(Math.abs((with1000.expected[index] ?? 0) - (without.expected[index] ?? 0))).toBeLessThan(8);
  });

  it('does not cover what comes beyond it', () => {
    expect(alarms(raised(AT, AT, 1500), { hints: { planned } })).toEqual([AT]);
  });
});

describe('"that is expected"', () => {
  it('makes a new level the normal at once', () => {
    const values = raised(AT, LENGTH, 80);
    expect(alarms(values).length).toBeGreaterThan(1);
    expect(alarms(values, { hints: { accepted: marked(AT, AT) } })).toEqual([AT]);
  });

  it('of a single day is no reason for an alarm when the next is usual again', () => {
    const values = raised(AT, AT, 200);
    expect(alarms(values, { hints: { accepted: marked(AT, AT) }, direction: 'both' })).toEqual([AT]);
  });
});

describe('"that was an incident"', () => {
  it('is never learnt, however long it lasts', () => {
    const values = raised(AT, AT + 20, 150);
    expect(alarms(values).length).toBeLessThan(8);
    const found = alarms(values, { hints: { excluded: marked(AT, AT + 20) } });
    expect(found).toEqual(Array.from({ length: 21 }, (_, index) => AT + index));
  });
});

describe('the factor on the band', () => {
  it('widens and narrows it on both sides, and moves nothing else', () => {
    const plain = judged(usual);
    for (const bandFactor of [0.5, 3]) {
      const other = judged(usual, { bandFactor });
      expect(other.expected).toEqual(plain.expected);
      const width = (of: typeof plain) => (of.upper[AT] ?? 0) - (of.expected[AT] ?? 0);
      const depth = (of: typeof plain) => (of.expected[AT] ?? 0) - (of.lower[AT] ?? 0);
      expect(width(other) / width(plain)).toBeCloseTo(bandFactor, 6);
      expect(depth(other) / depth(plain)).toBeCloseTo(bandFactor, 6);
    }
  });

  it('lowers scores when it widens', () => {
    const spike = raised(AT, AT, 60);
    expect(judged(spike, { bandFactor: 3 }).score[AT]).toBeLessThan(judged(spike).score[AT] ?? 0);
    expect(alarms(spike)).toEqual([AT]);
    expect(alarms(spike, { hints: { bandFactor: 3 } })).toEqual([]);
  });
});
