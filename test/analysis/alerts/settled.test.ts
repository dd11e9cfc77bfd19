/** What people settled stays so, until something else comes. */
import { describe, expect, it } from 'vitest';
import type { AlertState, Observation } from '../../../src/analysis/alerts/types.ts';
import { actions, goesOn, HOUR, NOW, observations, open, outcome, states } from './alert-states.ts';

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
