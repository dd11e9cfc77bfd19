/** The one message of an anomaly, as it is now: it is written anew through its whole life. */
import type { Day } from '../../core/day.ts';
import { bold, type Element, italic, type Span, text, type View } from '../elements.ts';
import { type ProposalStanding, rootButtons } from './anomaly-buttons.ts';
import { type LastWord, stateWords } from './anomaly-state-words.ts';
import {
  type AnomalyShown,
  anomalyFinding,
  anomalyId,
  anomalyRates,
  goesOn,
  severityMark,
} from './anomaly-words.ts';
import { formatMoment } from './scope-words.ts';

export interface AnomalyRoot {
  readonly anomaly: AnomalyShown & { readonly snoozedGrowth?: number };
  readonly today: Day;
  readonly timeZone: string;
  /** Who must act; absent: nobody owns it. */
  readonly owner?: { readonly name: string; readonly mention: Span };
  /** Why that person: "owner of bert". */
  readonly ownerWhy: string;
  /** About its present state. */
  readonly said?: LastWord;
  /** What a restated bill changed while it goes on. */
  readonly corrected?: string;
  /** The newest of what was proposed or done about it, a sentence without full stop. */
  readonly proposal?: { readonly note: string; readonly at: Date } & ProposalStanding;
  readonly escalatedAt?: Date;
  readonly ticket?: string;
  readonly chart?: Element;
}

export function composeAnomalyRoot(root: AnomalyRoot): View {
  const { anomaly, today, timeZone, owner, chart, proposal, corrected } = root;
  const over = anomaly.state === 'resolved';
  const line = (words: string): Element => ({ kind: 'text', spans: [text(words)] });
  return {
    elements: [
      {
        kind: 'text',
        spans: [
          bold(headline(anomaly, today)),
          // What is over asks nobody for anything.
          ...(owner ? [text(' · '), over ? text(owner.name) : owner.mention] : []),
        ],
      },
      line(anomalyRates(anomaly)),
      ...(anomaly.why ? [{ kind: 'text' as const, spans: [italic('Why:'), text(` ${anomaly.why}`)] }] : []),
      ...(chart ? [chart] : []),
      { kind: 'text', spans: [bold(`${stateWords(root)}.`)] },
      ...(corrected !== undefined && !over ? [line(`${corrected}.`)] : []),
      ...(proposal ? [line(`${proposal.note} (${formatMoment(proposal.at, timeZone, today)}).`)] : []),
      { kind: 'actions', buttons: rootButtons(anomaly, proposal) },
      { kind: 'context', spans: smallPrint(root) },
    ],
  };
}

/** "🔴 High: bert training is $1,460 above expected since Tue 18 Nov"; what is settled has another mark. */
function headline(anomaly: AnomalyShown, today: Day): string {
  return `${markOf(anomaly)}: ${anomalyFinding(anomaly, today)}`;
}

function markOf({ state, severity, verdict, statusReason }: AnomalyShown): string {
  switch (state) {
    case 'open':
    case 'acknowledged':
      return severityMark(severity);
    case 'snoozed':
      return `⚪ Snoozed, ${severity}`;
    case 'no-data':
      return `⚪ Unknown, was ${severity}`;
    case 'expected':
      return '🟢 Expected';
    case 'resolved':
      if (verdict === 'false-alarm') return '🟢 False alarm';
      return /^Corrected /.test(statusReason ?? '') ? '🟢 Corrected' : `🟢 Over, was ${severity}`;
  }
}

function smallPrint({ anomaly, ownerWhy, ticket }: AnomalyRoot): Span[] {
  const judged = goesOn(anomaly) ? '' : 'no unusual day since · ';
  return [
    text(`${judged}${ownerWhy} · ${anomalyId(anomaly.id)}`),
    ...(ticket === undefined ? [] : [text(' · ticket '), ticketSpan(ticket)]),
  ];
}

/** A ticket by the end of its address: "FIN-12". */
export function ticketSpan(ticket: string): Span {
  if (!/^https?:\/\//.test(ticket)) return text(ticket);
  const name = ticket.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1) ?? ticket;
  return { kind: 'link', text: name, url: ticket };
}
