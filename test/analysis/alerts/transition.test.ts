/** Every state of an alert against everything that can be seen, done and waited for. */
import { describe, expect, it } from 'vitest';
import { openAlert, transition } from '../../../src/analysis/alerts/transition.ts';
import type { AlertState } from '../../../src/analysis/alerts/types.ts';
import { ANOMALY_STATES } from '../../../src/core/anomaly.ts';
import { actions, goesOn, HOUR, NOW, observations, open, outcome, rules, states } from './alert-states.ts';

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
