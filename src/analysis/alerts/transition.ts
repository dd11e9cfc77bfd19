/** The life of an alert: one pure function from what is, what is seen, what people do and what time it is. */
import { applyAction } from './apply-action.ts';
import { applyObservation } from './apply-observation.ts';
import { applyTime } from './apply-time.ts';
import { tell } from './tell.ts';
import type { AlertAction, AlertRules, AlertState, Observation, Transition } from './types.ts';

export interface Input {
  /** What the newest analysis says, in the order of the days; empty: nothing was analysed. */
  readonly observations?: readonly Observation[];
  /** An earlier analysis has seen usual days after its last one: it is about to end. */
  readonly calm?: boolean;
  readonly action?: AlertAction;
}

/**
 * The next state of an alert, what is to be done about it, and what its history says. First the person decides, then
 * the analysis speaks, then the clock: so what somebody takes is not told again in the same breath, and what is over
 * does not wake up. `now` is in milliseconds since the epoch.
 */
export function transition(before: AlertState, input: Input, rules: AlertRules, now: number): Transition {
  const { observations = [] } = input;
  const steps = [
    (state: AlertState) => (input.action ? applyAction(state, input.action, now) : nothing(state)),
    ...observations.map(
      (observation) => (state: AlertState) => applyObservation(state, observation, rules, now),
    ),
    (state: AlertState) =>
      applyTime(state, { rules, calm: input.calm || observations.at(-1)?.kind === 'quiet' }, now),
  ];
  return steps.reduce<Transition>((so, step) => {
    const { next, effects, events } = step(so.next);
    return { next, effects: [...so.effects, ...effects], events: [...so.events, ...events] };
  }, nothing(before));
}

/** The first state of an anomaly that was just found, and whether somebody is told. */
export function openAlert(
  seen: Extract<Observation, { kind: 'seen' }>,
  rules: AlertRules,
  now: number,
): Transition {
  const state: AlertState = {
    status: 'open',
    severity: seen.severity,
    perDayMicros: seen.perDayMicros,
    lastStamp: seen.lastStamp,
    openedAt: now,
    notifications: 0,
  };
  const told = tell(state, 'opened', rules, now);
  return { ...told, events: [{ kind: 'opened' }, ...told.events] };
}

function nothing(next: AlertState): Transition {
  return { next, effects: [], events: [] };
}
