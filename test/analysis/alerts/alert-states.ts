/** An alert in every state, and what can be seen and done. */
import { transition } from '../../../src/analysis/alerts/transition.ts';
import type { AlertAction, AlertRules, AlertState, Observation } from '../../../src/analysis/alerts/types.ts';

export const HOUR = 3_600_000;
export const NOW = Date.parse('2026-11-21T09:00:00Z');
export const rules: AlertRules = { notify: 'medium', renotifyHours: 48, escalateHours: 12, quietDays: 2 };

/** High, $600 a day, told an hour ago. */
export const open: AlertState = {
  status: 'open',
  severity: 'high',
  perDayMicros: 600_000_000n,
  lastStamp: '2026-11-19',
  openedAt: NOW - HOUR,
  notifiedAt: NOW - HOUR,
  notifiedMicros: 600_000_000n,
  notifications: 1,
};
export const states: Readonly<Record<AlertState['status'], AlertState>> = {
  open,
  acknowledged: { ...open, status: 'acknowledged', acknowledgedAt: NOW - HOUR, acknowledgedBy: 'slack:U1' },
  snoozed: {
    ...open,
    status: 'snoozed',
    snoozedUntil: NOW + 24 * HOUR,
    snoozedGrowth: 50,
    snoozedMicros: 600_000_000n,
  },
  expected: { ...open, status: 'expected', expectedUntil: '2026-11-25', feedback: 'expected' },
  'no-data': { ...open, status: 'no-data', statusReason: 'aws fails' },
  resolved: { ...open, status: 'resolved', resolvedAt: NOW - HOUR },
};

export const goesOn = {
  kind: 'seen',
  severity: 'high',
  perDayMicros: 610_000_000n,
  lastStamp: '2026-11-20',
} as const satisfies Observation;
export const observations = {
  'goes on': goesOn,
  doubled: { ...goesOn, perDayMicros: 1_300_000_000n },
  'more severe': { ...goesOn, severity: 'critical', perDayMicros: 900_000_000n },
  'same day again': { ...goesOn, lastStamp: '2026-11-19' },
  restated: { ...goesOn, lastStamp: '2026-11-19', perDayMicros: 300_000_000n, corrected: 'restated' },
  'quiet for a day': { kind: 'quiet', days: 1, ending: 'usual again', through: '2026-11-20' },
  'quiet for two days': { kind: 'quiet', days: 2, ending: 'usual again', through: '2026-11-21' },
  'source silent': { kind: 'no-data', reason: 'aws fails' },
  corrected: { kind: 'corrected', reason: 'restated; closed' },
  gone: { kind: 'gone', reason: 'told elsewhere' },
} as const satisfies Record<string, Observation>;

export const actions = {
  acknowledge: { kind: 'acknowledge', by: 'slack:U2' },
  snooze: { kind: 'snooze', by: 'slack:U2', until: NOW + 8 * HOUR, growth: 20 },
  expected: { kind: 'expected', by: 'slack:U2', until: '2026-11-30' },
  'false alarm': { kind: 'false-alarm', by: 'slack:U2' },
  real: { kind: 'real', by: 'slack:U2' },
  resolve: { kind: 'resolve', by: 'slack:U2' },
  reopen: { kind: 'reopen', by: 'slack:U2' },
} as const satisfies Record<string, AlertAction>;

/** "open tell:message:worse" */
export function outcome(state: AlertState, input: Parameters<typeof transition>[1], now = NOW): string {
  const { next, effects } = transition(state, input, rules, now);
  const said = effects.map((effect) =>
    effect.kind === 'tell' ? `${effect.kind}:${effect.how}:${effect.why}` : effect.kind,
  );
  return [next.status, ...said].join(' ');
}
