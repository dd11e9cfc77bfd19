/** Every state of an alert against everything that can be seen, done and waited for. */
import { describe, expect, it } from 'vitest';
import { openAlert, transition } from '../../../src/analysis/alerts/transition.ts';
import type { AlertAction, AlertRules, AlertState, Observation } from '../../../src/analysis/alerts/types.ts';
import { ANOMALY_STATES } from '../../../src/core/anomaly.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-21T09:00:00Z');
const rules: AlertRules = { notify: 'medium', renotifyHours: 48, escalateHours: 12, quietDays: 2 };

/** High, $600 a day, told an hour ago. */
const open: AlertState = {
  status: 'open',
  severity: 'high',
  perDayMicros: 600_000_000n,
  lastStamp: '2026-11-19',
  openedAt: NOW - HOUR,
  notifiedAt: NOW - HOUR,
  notifiedMicros: 600_000_000n,
  notifications: 1,
};
const states: Readonly<Record<AlertState['status'], AlertState>> = {
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

const goesOn: Observation = {
  kind: 'seen',
  severity: 'high',
  perDayMicros: 610_000_000n,
  lastStamp: '2026-11-20',
};
const observations = {
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

const actions = {
  acknowledge: { kind: 'acknowledge', by: 'slack:U2' },
  snooze: { kind: 'snooze', by: 'slack:U2', until: NOW + 8 * HOUR, growth: 20 },
  expected: { kind: 'expected', by: 'slack:U2', until: '2026-11-30' },
  'false alarm': { kind: 'false-alarm', by: 'slack:U2' },
  real: { kind: 'real', by: 'slack:U2' },
  resolve: { kind: 'resolve', by: 'slack:U2' },
  reopen: { kind: 'reopen', by: 'slack:U2' },
} as const satisfies Record<string, AlertAction>;

/** "open tell:message:worse" */
function outcome(state: AlertState, input: Parameters<typeof transition>[1], now = NOW): string {
  const { next, effects } = transition(state, input, rules, now);
  const said = effects.map((effect) =>
    effect.kind === 'tell' ? `${effect.kind}:${effect.how}:${effect.why}` : effect.kind,
  );
  return [next.status, ...said].join(' ');
}

type Expected = Readonly<Record<AlertState['status'], string>>;
const same: Expected = {
  open: 'open',
  acknowledged: 'acknowledged',
  snoozed: 'snoozed',
  expected: 'expected',
  'no-data': 'no-data',
  resolved: 'resolved',
};

const SEEN: Readonly<Record<keyof typeof observations, Expected>> = {
  'goes on': { ...same, 'no-data': 'open redraw' },
  doubled: {
    ...same,
    open: 'open tell:message:worse',
    acknowledged: 'acknowledged tell:message:worse',
    snoozed: 'open tell:message:woken',
    'no-data': 'open redraw tell:message:worse',
    resolved: 'open tell:message:reopened',
  },
  'more severe': {
    ...same,
    open: 'open tell:page:worse',
    acknowledged: 'acknowledged tell:page:worse',
    snoozed: 'open tell:page:woken',
    'no-data': 'open redraw tell:page:worse',
    resolved: 'open tell:page:reopened',
  },
  'same day again': { ...same, 'no-data': 'open redraw' },
  restated: {
    open: 'open correct',
    acknowledged: 'acknowledged correct',
    snoozed: 'snoozed correct',
    expected: 'expected correct',
    'no-data': 'open redraw correct',
    resolved: 'resolved correct',
  },
  'quiet for a day': { ...same, 'no-data': 'open redraw' },
  'quiet for two days': {
    open: 'resolved redraw',
    acknowledged: 'resolved redraw',
    snoozed: 'resolved redraw',
    expected: 'expected',
    'no-data': 'resolved redraw',
    resolved: 'resolved',
  },
  'source silent': {
    open: 'no-data redraw',
    acknowledged: 'no-data redraw',
    snoozed: 'no-data redraw',
    expected: 'no-data redraw',
    'no-data': 'no-data',
    resolved: 'resolved',
  },
  corrected: {
    open: 'resolved correct',
    acknowledged: 'resolved correct',
    snoozed: 'resolved correct',
    expected: 'resolved correct',
    'no-data': 'resolved correct',
    resolved: 'resolved correct',
  },
  gone: {
    open: 'resolved redraw',
    acknowledged: 'resolved redraw',
    snoozed: 'resolved redraw',
    expected: 'resolved redraw',
    'no-data': 'resolved redraw',
    resolved: 'resolved',
  },
};

const DONE: Readonly<Record<keyof typeof actions, Expected>> = {
  acknowledge: {
    open: 'acknowledged redraw',
    acknowledged: 'acknowledged redraw',
    snoozed: 'acknowledged redraw',
    expected: 'expected redraw',
    'no-data': 'no-data redraw',
    resolved: 'resolved redraw',
  },
  snooze: {
    open: 'snoozed redraw',
    acknowledged: 'snoozed redraw',
    snoozed: 'snoozed redraw',
    expected: 'snoozed redraw',
    'no-data': 'snoozed redraw',
    resolved: 'resolved',
  },
  expected: {
    open: 'expected redraw',
    acknowledged: 'expected redraw',
    snoozed: 'expected redraw',
    expected: 'expected redraw',
    'no-data': 'expected redraw',
    resolved: 'resolved redraw',
  },
  'false alarm': {
    open: 'resolved redraw',
    acknowledged: 'resolved redraw',
    snoozed: 'resolved redraw',
    expected: 'resolved redraw',
    'no-data': 'resolved redraw',
    resolved: 'resolved redraw',
  },
  real: {
    open: 'acknowledged redraw',
    acknowledged: 'acknowledged redraw',
    snoozed: 'snoozed redraw',
    expected: 'expected redraw',
    'no-data': 'no-data redraw',
    resolved: 'resolved redraw',
  },
  resolve: {
    open: 'resolved redraw',
    acknowledged: 'resolved redraw',
    snoozed: 'resolved redraw',
    expected: 'resolved redraw',
    'no-data': 'resolved redraw',
    resolved: 'resolved',
  },
  reopen: {
    open: 'open',
    acknowledged: 'open redraw',
    snoozed: 'open redraw',
    expected: 'open redraw',
    'no-data': 'open redraw',
    resolved: 'open redraw',
  },
};

describe('what is seen', () => {
  const pairs = Object.entries(SEEN).flatMap(([seen, row]) =>
    ANOMALY_STATES.map((status) => [status, seen as keyof typeof observations, row[status]] as const),
  );
  it.each(pairs)('%s, %s → %s', (status, seen, expected) => {
    expect(outcome(states[status], { observations: [observations[seen]] })).toBe(expected);
  });

  it('knows every state and every observation', () => {
    expect(pairs).toHaveLength(6 * Object.keys(observations).length);
  });
});

describe('what people do', () => {
  const pairs = Object.entries(DONE).flatMap(([done, row]) =>
    ANOMALY_STATES.map((status) => [status, done as keyof typeof actions, row[status]] as const),
  );
  it.each(pairs)('%s, %s → %s', (status, done, expected) => {
    expect(outcome(states[status], { action: actions[done] })).toBe(expected);
  });

  it('remembers who said what', () => {
    const { next, events } = transition(open, { action: actions['false alarm'] }, rules, NOW);
    expect(next).toMatchObject({ feedback: 'false-alarm', feedbackBy: 'slack:U2', feedbackAt: NOW });
    expect(events).toEqual([{ kind: 'feedback', note: 'false-alarm', by: 'slack:U2' }]);
  });
});

describe('what time does', () => {
  it.each([
    ['told a day ago', open, NOW + 24 * HOUR, 'open'],
    ['told two days ago', open, NOW + 48 * HOUR, 'open tell:message:again'],
    ['told twice, the last two days ago', { ...open, notifications: 2 }, NOW + 48 * HOUR, 'open'],
    [
      'told twice, the last four days ago',
      { ...open, notifications: 2 },
      NOW + 96 * HOUR,
      'open tell:message:again',
    ],
    ['taken by somebody', states.acknowledged, NOW + 96 * HOUR, 'acknowledged'],
    ['snooze is over', states.snoozed, NOW + 24 * HOUR, 'open tell:message:woken'],
    ['critical for long', { ...open, severity: 'critical' }, NOW + 12 * HOUR, 'open escalate'],
    ['escalated before', { ...open, severity: 'critical', escalatedAt: NOW }, NOW + 12 * HOUR, 'open'],
    ['critical and taken', { ...states.acknowledged, severity: 'critical' }, NOW + 12 * HOUR, 'acknowledged'],
    ['over', states.resolved, NOW + 96 * HOUR, 'resolved'],
  ] as const)('%s', (_, state, now, expected) => {
    expect(outcome(state, {}, now)).toBe(expected);
  });

  it('does not ask again for what has gone quiet', () => {
    const quiet = observations['quiet for a day'];
    expect(outcome(open, { observations: [quiet] }, NOW + 48 * HOUR)).toBe('open');
  });

  it('does not ask again, between analyses, for what the last one saw quiet', () => {
    expect(outcome(open, { calm: true }, NOW + 48 * HOUR)).toBe('open');
  });

  it('does not wake what is over', () => {
    const quiet = observations['quiet for two days'];
    expect(outcome(states.snoozed, { observations: [quiet] }, NOW + 48 * HOUR)).toBe('resolved redraw');
  });
});

describe('the first word', () => {
  it.each([
    ['low', 'open tell:digest:opened', 0],
    ['medium', 'open tell:message:opened', 1],
    ['critical', 'open tell:page:opened', 1],
  ] as const)('%s → %s', (severity, expected, notifications) => {
    const { next, effects } = openAlert({ ...goesOn, severity }, rules, NOW);
    const [effect] = effects;
    expect(effect?.kind === 'tell' && `${next.status} tell:${effect.how}:${effect.why}`).toBe(expected);
    expect(next.notifications).toBe(notifications);
  });

  it('is said when something small becomes worth a message', () => {
    const small = openAlert({ ...goesOn, severity: 'low', perDayMicros: 40_000_000n }, rules, NOW).next;
    expect(outcome(small, { observations: [goesOn] })).toBe('open tell:message:opened');
  });
});

describe('what people settled', () => {
  it('a false alarm that goes on stays closed, until it is twice as much', () => {
    const closed: AlertState = { ...states.resolved, feedback: 'false-alarm' };
    expect(outcome(closed, { observations: [goesOn] })).toBe('resolved');
    expect(outcome(closed, { observations: [observations.doubled] })).toBe('open tell:message:reopened');
  });

  it('what somebody closed while it went on opens again only for days after that', () => {
    expect(outcome(states.resolved, { observations: [goesOn] })).toBe('resolved');
    const next: Observation = { ...goesOn, lastStamp: '2026-11-22' };
    expect(outcome(states.resolved, { observations: [next] })).toBe('open tell:message:reopened');
  });

  it('what is expected until a day, and came to rest before, opens again after it', () => {
    const over: AlertState = { ...states.resolved, feedback: 'expected', expectedUntil: '2026-11-19' };
    expect(outcome(over, { observations: [goesOn] })).toBe('open tell:message:reopened');
    const longer: AlertState = { ...over, expectedUntil: '2026-11-20' };
    expect(outcome(longer, { observations: [goesOn] })).toBe('resolved');
  });

  it('what is expected up to an amount wakes above it', () => {
    const upTo: AlertState = { ...states.expected, snoozedMicros: 605_000_000n };
    expect(outcome(upTo, { observations: [goesOn] })).toBe('open tell:message:woken');
  });

  it('what is expected until a day wakes after it', () => {
    const short: AlertState = { ...states.expected, expectedUntil: '2026-11-19' };
    expect(outcome(short, { observations: [goesOn] })).toBe('open tell:message:woken');
    expect(outcome(short, { observations: [observations['quiet for two days']] })).toBe('resolved redraw');
  });

  it('after its source is back it is what it was', () => {
    const taken: AlertState = { ...states['no-data'], acknowledgedAt: NOW, acknowledgedBy: 'slack:U1' };
    expect(outcome(taken, { observations: [goesOn] })).toBe('acknowledged redraw');
    const asleep: AlertState = { ...states['no-data'], snoozedUntil: NOW + HOUR };
    expect(outcome(asleep, { observations: [goesOn] })).toBe('snoozed redraw');
  });

  it('a person who takes it in the same breath is not told again', () => {
    expect(outcome(open, { action: actions.acknowledge }, NOW + 96 * HOUR)).toBe('acknowledged redraw');
  });
});
