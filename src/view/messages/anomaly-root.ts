/** The one message of an anomaly, as it is now: it is written anew through its whole life. */
import type { Day } from '../../core/day.ts';
import { bold, type Element, italic, type Span, text, type View } from '../elements.ts';
import { formatDay } from '../format.ts';
import { rootButtons } from './anomaly-buttons.ts';
import {
  type AnomalyShown,
  anomalyFinding,
  anomalyId,
  anomalyRates,
  goesOn,
  severityMark,
} from './anomaly-words.ts';
import { formatMoment } from './scope-words.ts';

/** What was said of it last. */
export interface LastWord {
  /** By name; absent: Pennywatch itself. */
  readonly by?: string;
  readonly at: Date;
  readonly reason?: string;
}

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
  readonly proposal?: { readonly note: string; readonly at: Date };
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
      { kind: 'actions', buttons: rootButtons(anomaly) },
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

/** Where it stands, who said so and when. Without a full stop. */
export function stateWords({ anomaly, timeZone, today, said, escalatedAt }: AnomalyRoot): string {
  const { state, acknowledgedBy, acknowledgedAt, snoozedUntil, snoozedGrowth, expectedUntil } = anomaly;
  const moment = (at: Date) => formatMoment(at, timeZone, today);
  const reason = said?.reason ?? anomaly.statusReason;
  const because = reason ? `: ${reason}` : '';
  const by = said?.by ? ` by ${said.by}` : '';
  const signed = said ? `${by}, ${moment(said.at)}` : '';
  switch (state) {
    case 'open': {
      const up = escalatedAt ? `; nobody took it, escalated ${moment(escalatedAt)}` : '';
      return `Open since ${moment(anomaly.openedAt)}${because}${up}`;
    }
    case 'acknowledged': {
      const who = acknowledgedBy ? ` by ${acknowledgedBy}` : '';
      return `Acknowledged${who}${acknowledgedAt ? `, ${moment(acknowledgedAt)}` : ''}${because}`;
    }
    case 'snoozed': {
      const until = snoozedUntil ? ` until ${moment(snoozedUntil)}` : '';
      const grows = snoozedGrowth === undefined ? '' : ` or until it grows by ${snoozedGrowth} %`;
      return `Snoozed${until}${grows}${signed}${because}`;
    }
    case 'expected': {
      const until = expectedUntil ? ` until ${formatDay(expectedUntil, today)}` : '';
      return `Approved as expected${until}${signed}${because}`;
    }
    case 'no-data':
      return `Unknown: its data stopped arriving${because}`;
    case 'resolved':
      return resolvedWords(anomaly, { by, because, moment });
  }
}

function resolvedWords(
  { resolvedAt, statusReason = '', verdict }: AnomalyShown,
  { by, because, moment }: { readonly by: string; readonly because: string; moment(at: Date): string },
): string {
  // "Corrected 21 Nov: the bill for 18 Nov was restated from $2,310 to $870; closed" says it all.
  if (statusReason.startsWith('Corrected ')) return statusReason;
  const at = resolvedAt ? ` ${moment(resolvedAt)}` : '';
  const what = verdict === 'false-alarm' ? 'Closed as a false alarm' : 'Resolved';
  return `${what}${at}${by}${because === ': a false alarm' ? '' : because}`;
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
