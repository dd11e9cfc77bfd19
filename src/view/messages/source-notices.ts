/** What is told about sources without anybody asking: one fails for good, it is back, estimates drift. */
import { addDays, daysBetween } from '../../core/day.ts';
import { bold, type Element, text, type View } from '../elements.ts';
import { countOf, formatDay, formatRange, formatShare, formatTime } from '../format.ts';
import { driftWords } from './estimate-lines.ts';
import { hintSpans, sentenceOf, timesWords } from './source-words.ts';
import { detailsButton } from './sources.ts';
import type { EstimateDrift } from './sources-types.ts';

/** Teams that are named. */
const NAMED = 3;

export interface Affected {
  /** Of all cost of the last weeks; null when there was none. */
  readonly share: number | null;
  /** Titles, the one with the most cost first. */
  readonly teams: readonly string[];
}

export function composeSourceFailing(source: {
  readonly name: string;
  readonly failures: number;
  readonly failingSince?: Date;
  readonly error?: string;
  readonly hint?: string;
  readonly watermark?: string;
  readonly nextAttemptAt?: Date;
  readonly affected?: Affected;
  readonly today: string;
  readonly timeZone: string;
}): View {
  const { name, failures, failingSince, error, hint, watermark, nextAttemptAt, today, timeZone } = source;
  const since = failingSince ? ` since ${formatTime(failingSince, timeZone)}` : '';
  const after = watermark ? ` after ${formatDay(watermark, today)}` : '';
  const elements: (Element | undefined)[] = [
    { kind: 'heading', text: `🟠 ${name} fails: its cost${after} is unknown` },
    {
      kind: 'text',
      spans: [
        text(
          `It failed ${timesWords(failures)}${since}${error === undefined ? '' : `: ${sentenceOf(error)}`}. ${affectedWords(source)}`,
        ),
      ],
    },
    hint === undefined
      ? undefined
      : { kind: 'text', spans: [bold('To mend it: '), ...hintSpans(`${sentenceOf(hint)}.`)] },
    { kind: 'actions', buttons: [detailsButton(name, 'See the source')] },
    {
      kind: 'context',
      spans: [
        text(
          `${nextAttemptAt ? `It is tried again ${formatTime(nextAttemptAt, timeZone)}. ` : ''}This is told once, and once more when it is back.`,
        ),
      ],
    },
  ];
  return { elements: elements.filter((element) => element !== undefined) };
}

/** "Figures after Wed 18 Nov lack it; they are not zero. 62 % of all cost comes from it: of Search, Growth and 2 more teams." */
function affectedWords({
  watermark,
  affected,
  today,
}: {
  watermark?: string;
  affected?: Affected;
  today: string;
}): string {
  const lack = `Figures${watermark ? ` after ${formatDay(watermark, today)}` : ''} lack it; they are not zero.`;
  if (!affected || affected.share === null) return lack;
  const [first, ...others] = affected.teams.slice(0, NAMED);
  const rest = affected.teams.length - NAMED;
  const names =
    rest > 0
      ? `${[first, ...others].join(', ')} and ${countOf(rest, 'more team')}`
      : others.length > 0
        ? `${[first, ...others.slice(0, -1)].join(', ')} and ${others.at(-1)}`
        : first;
  return `${lack} ${formatShare(affected.share)} of all cost comes from it${names ? `, that of ${names}` : ''}.`;
}

/** "aws-cost-explorer is back: complete until Fri 20 Nov; 2 days were caught up." */
export function composeSourceBack(source: {
  readonly name: string;
  readonly watermark?: string;
  /** The last complete day when its failure was told. */
  readonly before?: string;
  readonly today: string;
}): View {
  const { name, watermark, before, today } = source;
  const reach = watermark ? `complete until ${formatDay(watermark, today)}` : 'no day is complete yet';
  const days = watermark && before ? Math.max(0, daysBetween(before, watermark)) : 0;
  const caught =
    watermark && before && days > 0
      ? `${countOf(days, 'day')} ${days === 1 ? 'was' : 'were'} caught up (${formatRange({ start: addDays(before, 1), end: watermark }, today)}): answers and reports count ${days === 1 ? 'it' : 'them'} again.`
      : watermark
        ? `Polling works again, but no new day is complete yet: figures after ${formatDay(watermark, today)} still lack it.`
        : 'Polling works again.';
  return {
    elements: [
      { kind: 'heading', text: `🟢 ${name} is back: ${reach}` },
      { kind: 'text', spans: [text(caught)] },
      { kind: 'actions', buttons: [detailsButton(name, 'See the source')] },
    ],
  };
}

export function composeDriftNotice(drift: EstimateDrift): View {
  return {
    elements: [
      {
        kind: 'heading',
        text: `🟠 Estimates of ${drift.llmModel} drift from the bill`,
      },
      { kind: 'text', spans: [text(driftWords(drift))] },
      {
        kind: 'text',
        spans: [
          text(
            'Only what is shown as an estimate, before bills arrive, is affected; billed figures are right.',
          ),
        ],
      },
      { kind: 'actions', buttons: [detailsButton(drift.source, 'See the source')] },
      { kind: 'context', spans: [text('This is told once a month.')] },
    ],
  };
}
