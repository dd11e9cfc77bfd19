/** What the clock makes of an alert: snoozes end, nobody's answer is asked for again, critical ones go further up. */
import { wake } from './apply-observation.ts';
import { isAtLeast, tell } from './tell.ts';
import type { AlertRules, AlertState, Transition } from './types.ts';

const HOUR = 3_600_000;

export function applyTime(
  state: AlertState,
  { rules, calm }: { readonly rules: AlertRules; readonly calm: boolean },
  now: number,
): Transition {
  if (state.status === 'snoozed' && state.snoozedUntil !== undefined && now >= state.snoozedUntil)
    return wake(state, rules, now, 'its snooze is over');
  if (state.status !== 'open') return { next: state, effects: [], events: [] };
  const escalated = escalate(state, rules, now);
  // What has gone quiet is about to end: no reason to ask again.
  if (calm || !isDueAgain(state, rules, now)) return escalated;
  const told = tell(escalated.next, 'again', rules, now);
  return {
    next: told.next,
    effects: [...escalated.effects, ...told.effects],
    events: [...escalated.events, ...told.events],
  };
}

/** The first time after the hours that are set, then after twice as many, three times as many …: no drumming. */
function isDueAgain(state: AlertState, rules: AlertRules, now: number): boolean {
  if (state.notifiedAt === undefined || !isAtLeast(state.severity, rules.notify)) return false;
  return now - state.notifiedAt >= rules.renotifyHours * state.notifications * HOUR;
}

function escalate(state: AlertState, { escalateHours }: AlertRules, now: number): Transition {
  const since = state.notifiedAt ?? state.openedAt;
  const due = state.severity === 'critical' && state.escalatedAt === undefined && state.notifications > 0;
  if (!due || now - since < escalateHours * HOUR) return { next: state, effects: [], events: [] };
  return {
    next: { ...state, escalatedAt: now },
    effects: [{ kind: 'escalate' }],
    events: [{ kind: 'escalated' }],
  };
}
