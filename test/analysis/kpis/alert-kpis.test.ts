import { expect, it } from 'vitest';
import { type AlertFacts, alertKpis } from '../../../src/analysis/kpis/alert-kpis.ts';

const at = (text: string) => Date.parse(`${text}:00Z`);
const SPAN = { since: at('2026-11-01T00:00'), until: at('2026-11-15T00:00') };
const one: AlertFacts = {
  state: 'resolved',
  completeAt: at('2026-11-03T02:00'),
  openedAt: at('2026-11-03T06:00'),
  told: true,
  excessMicros: 100_000_000n,
};

it('tells latency, rate, precision and money of what was told', () => {
  const facts: AlertFacts[] = [
    { ...one, acknowledgedAt: at('2026-11-03T08:00'), resolvedAt: at('2026-11-04T06:00'), verdict: 'real' },
    { ...one, openedAt: at('2026-11-03T12:00'), acknowledgedAt: at('2026-11-03T13:00'), verdict: 'expected' },
    { ...one, verdict: 'false-alarm' },
    { ...one, told: false },
    { ...one, openedAt: at('2026-10-20T00:00') },
    { ...one, excessMicros: null },
  ];
  expect(alertKpis(facts, SPAN)).toEqual({
    anomalies: 5,
    told: 4,
    perWeek: 2,
    hoursToDetect: 4,
    hoursToAcknowledge: 1.5,
    hoursToResolve: 24,
    precision: 2 / 3,
    verdicts: { expected: 1, 'false-alarm': 1, real: 1 },
    caughtMicros: 100_000_000n,
    unknownAmounts: 1,
  });
});

it('knows nothing of no alerts, and says so', () => {
  expect(alertKpis([], SPAN)).toMatchObject({
    anomalies: 0,
    perWeek: 0,
    hoursToDetect: null,
    precision: null,
    caughtMicros: 0n,
  });
  expect(alertKpis([{ ...one, excessMicros: null }], SPAN).caughtMicros).toBeNull();
});
