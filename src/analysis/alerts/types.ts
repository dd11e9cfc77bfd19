/** Words of the life of an alert. Times are milliseconds since the epoch, amounts micros of the anomaly's currency. */
import type { Severity } from '../../core/analysis-settings.ts';
import type { AnomalyState, Verdict } from '../../core/anomaly.ts';
import type { Day } from '../../core/day.ts';

/** Everything that decides what happens next to an anomaly. */
export interface AlertState {
  readonly status: AnomalyState;
  /** In words, why it is in this state. */
  readonly statusReason?: string;
  readonly severity: Severity;
  /** Above (below) expected a day, without sign. */
  readonly perDayMicros: bigint;
  /** Last anomalous step. */
  readonly lastStamp: string;
  readonly openedAt: number;
  readonly acknowledgedAt?: number;
  readonly acknowledgedBy?: string;
  readonly snoozedUntil?: number;
  /** Percent by which it must grow a day to wake up earlier. */
  readonly snoozedGrowth?: number;
  /** Snoozed: what it was a day then. Expected: so much a day is expected, more is not. */
  readonly snoozedMicros?: bigint;
  readonly expectedUntil?: Day;
  readonly resolvedAt?: number;
  /** When people were last told, and what it was a day then. */
  readonly notifiedAt?: number;
  readonly notifiedMicros?: bigint;
  readonly notifications: number;
  readonly escalatedAt?: number;
  readonly feedback?: Verdict;
  readonly feedbackBy?: string;
  readonly feedbackAt?: number;
}

/** What the newest analysis says. Sentences are complete, without a full stop. */
export type Observation =
  /** It is there: as before, worse, or with other figures. `corrected`: bills were restated, in words. */
  | {
      readonly kind: 'seen';
      readonly severity: Severity;
      readonly perDayMicros: bigint;
      readonly lastStamp: string;
      readonly corrected?: string;
    }
  /** So many complete days were usual since; `ending` says whether cost went back, or is higher and usual now. */
  | { readonly kind: 'quiet'; readonly days: number; readonly ending: string; readonly through: Day }
  /** Its source is silent or fails. */
  | { readonly kind: 'no-data'; readonly reason: string }
  /** It was never so: the bill was restated. */
  | { readonly kind: 'corrected'; readonly reason: string }
  /** Another incident tells it, or the rules of today do not find it. */
  | { readonly kind: 'gone'; readonly reason: string };

/** What a person decides. `by` as `actorKey` writes it. */
export type AlertAction =
  | { readonly kind: 'acknowledge'; readonly by: string }
  | { readonly kind: 'snooze'; readonly by: string; readonly until: number; readonly growth?: number }
  | { readonly kind: 'expected'; readonly by: string; readonly until?: Day; readonly perDayMicros?: bigint }
  | { readonly kind: 'false-alarm'; readonly by: string }
  | { readonly kind: 'real'; readonly by: string }
  | { readonly kind: 'resolve'; readonly by: string; readonly reason?: string }
  | { readonly kind: 'reopen'; readonly by: string };

export interface AlertRules {
  /** From this severity on an anomaly gets a message of its own. */
  readonly notify: Severity;
  readonly renotifyHours: number;
  readonly escalateHours: number;
  /** Complete usual days after which it is over. */
  readonly quietDays: number;
}

export type TellReason = 'opened' | 'worse' | 'again' | 'woken' | 'reopened';

export type Effect =
  /** A message: `page` calls people, `digest` waits for the weekly report. */
  | { readonly kind: 'tell'; readonly how: 'page' | 'message' | 'digest'; readonly why: TellReason }
  /** To the people above, once. */
  | { readonly kind: 'escalate' }
  /** Who was told of it is told that it was not so, or not so much. */
  | { readonly kind: 'correct'; readonly reason: string }
  /** The messages there are say something old: they are written anew, nobody is called. */
  | { readonly kind: 'redraw' };

export const ALERT_EVENTS = [
  ...([
    'opened',
    'worsened',
    'acknowledged',
    'snoozed',
    'woken',
    'expected',
    'feedback',
    'resolved',
  ] as const),
  ...(['reopened', 'corrected', 'no-data', 'known-again', 'told', 'escalated'] as const),
] as const;

/** What is written into the anomaly's history. `by` absent: Pennywatch itself. */
export interface AlertEvent {
  readonly kind: (typeof ALERT_EVENTS)[number];
  readonly note?: string;
  readonly by?: string;
}

export interface Transition {
  readonly next: AlertState;
  readonly effects: readonly Effect[];
  readonly events: readonly AlertEvent[];
}
