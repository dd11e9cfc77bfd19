/** Telling people: how loudly, and what is remembered of it. */
import { SEVERITIES, type Severity } from '../../core/analysis-settings.ts';
import type { AlertRules, AlertState, TellReason, Transition } from './types.ts';

export function isAtLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}

/** Critical anomalies call people, those from `notify` on get a message, the others wait for the weekly report. */
export function tell(state: AlertState, why: TellReason, rules: AlertRules, now: number): Transition {
  if (!isAtLeast(state.severity, rules.notify))
    return { next: state, effects: [{ kind: 'tell', how: 'digest', why }], events: [] };
  const how = state.severity === 'critical' ? 'page' : 'message';
  return {
    next: {
      ...state,
      notifiedAt: now,
      notifiedMicros: state.perDayMicros,
      notifications: state.notifications + 1,
    },
    effects: [{ kind: 'tell', how, why }],
    events: [{ kind: 'told', note: why }],
  };
}

/** The messages there are say something old. */
export function redraw({ notifications }: AlertState): Transition['effects'] {
  return notifications > 0 ? [{ kind: 'redraw' }] : [];
}
