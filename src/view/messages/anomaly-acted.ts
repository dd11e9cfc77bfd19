/** Answers to somebody who gave an anomaly to somebody, asked for a ticket, or wants to see what else can be done. */
import type { Day } from '../../core/day.ts';
import { bold, type Span, text, type View } from '../elements.ts';
import { type MoreOptions, moreButtons, whyButton } from './anomaly-buttons.ts';
import { ticketSpan } from './anomaly-root.ts';
import { type AnomalyShown, anomalyFinding, anomalyId, stateLine } from './anomaly-words.ts';

export interface AnomalyReassigned {
  readonly id: number;
  readonly before?: string;
  readonly after: string;
  readonly changed: boolean;
}

export function composeAnomalyReassigned({ id, before = 'nobody', after, changed }: AnomalyReassigned): View {
  const spans: Span[] = changed
    ? [
        bold(`${anomalyId(id)}: ${before} → ${after}.`),
        text(' They are told in its thread. Written down with your name and the time.'),
      ]
    : [bold(`${after} has ${anomalyId(id)} already`), text('; nothing was changed.')];
  return {
    elements: [
      { kind: 'text', spans },
      { kind: 'actions', buttons: [whyButton(id)] },
    ],
  };
}

export interface AnomalyTicket {
  readonly id: number;
  readonly state: 'asked' | 'waiting' | 'made';
  readonly ticket?: string;
  readonly trouble?: string;
}

export function composeAnomalyTicket({ id, state, ticket, trouble }: AnomalyTicket): View {
  return { elements: [{ kind: 'text', spans: ticketWords({ id, state, ticket, trouble }) }] };
}

function ticketWords(input: {
  readonly id: number;
  readonly state: AnomalyTicket['state'];
  readonly ticket: string | undefined;
  readonly trouble: string | undefined;
}): Span[] {
  const { id, state, ticket, trouble } = input;
  const name = anomalyId(id);
  switch (state) {
    case 'asked':
      return [bold(`A ticket for ${name} is being made.`), text(' Its address appears in the thread.')];
    case 'waiting':
      return trouble === undefined
        ? [bold(`A ticket for ${name} is being made already.`)]
        : [bold(`The ticket for ${name} could not be made yet: `), text(`${trouble} It is tried again.`)];
    case 'made':
      return [bold(`${name} has a ticket: `), ...(ticket === undefined ? [] : [ticketSpan(ticket)])];
  }
}

export interface AnomalyMore extends MoreOptions {
  readonly anomaly: AnomalyShown;
  readonly today: Day;
  readonly timeZone: string;
}

/** What is behind "More…", for whoever clicked it. */
export function composeAnomalyMore({ anomaly, today, timeZone, ticket }: AnomalyMore): View {
  return {
    elements: [
      {
        kind: 'text',
        spans: [
          bold(`${anomalyId(anomaly.id)}: ${anomalyFinding(anomaly, today)}.`),
          text(` ${stateLine(anomaly, timeZone, today)}.`),
        ],
      },
      { kind: 'actions', buttons: moreButtons(anomaly, { ticket }) },
    ],
  };
}
