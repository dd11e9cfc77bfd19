import fc from 'fast-check';
import { expect, it } from 'vitest';
import { snoozeOutcome } from '../../../src/analysis/alerts/snooze-outcome.ts';

const HOUR = 3_600_000;
const at = (hours: number, perDay: number) => ({ at: hours * HOUR, perDay });

it('mutes what follows the first message of each anomaly within the time, and lets through what grew', () => {
  const past = [[at(0, 100), at(10, 110), at(23, 150), at(24, 100)], [at(5, 40), at(6, 80)], [at(9, 1)], []];
  const day = snoozeOutcome(past, { length: 24 * HOUR, growths: [10, 25, 50, 100, 101] });
  expect(day.muted).toBe(3);
  expect([...day.worse]).toEqual([
    [10, 3],
    [25, 2],
    [50, 2],
    [100, 1],
    [101, 0],
  ]);
});

it('mutes more the longer it is, and lets fewer through the more is allowed', () => {
  const message = fc.record({ at: fc.integer({ min: 0, max: 500 }), perDay: fc.nat(1000) });
  const anomaly = fc.array(message, { maxLength: 8 }).map((all) => all.sort((a, b) => a.at - b.at));
  fc.assert(
    fc.property(fc.array(anomaly, { maxLength: 6 }), fc.nat(400), fc.nat(400), (past, length, more) => {
      const short = snoozeOutcome(past, { length, growths: [0, 25, 50] });
      const long = snoozeOutcome(past, { length: length + more, growths: [] });
      const messages = past.reduce((sum, one) => sum + one.length, 0);
      const told = past.filter((one) => one.length > 0).length;
      const [any = 0, some = 0, much = 0] = [...short.worse.values()];
      return (
        short.muted <= long.muted &&
        long.muted <= messages - told &&
        much <= some &&
        some <= any &&
        any <= short.muted
      );
    }),
    { numRuns: 200 },
  );
});
