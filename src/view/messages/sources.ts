/** The state of the sources as a message: a table, then what needs a look, then how polling goes. */
import { quoteName } from '../../core/question.ts';
import { type Button, bold, code, type Element, type Span, text, type View } from '../elements.ts';
import { countOf, formatDay } from '../format.ts';
import { driftWords } from './estimate-lines.ts';
import { scheduleWords, type TroubleLine, troubleElements } from './job-troubles.ts';
import {
  addsUpWords,
  failingWords,
  hintSpans,
  historyWords,
  lastWords,
  nextWords,
  requestWords,
  restatedWords,
  sentenceOf,
  stateWords,
} from './source-words.ts';
import type { EstimateDrift, SourceReport } from './sources-types.ts';

export interface SourcesReport {
  readonly today: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly sources: readonly SourceReport[];
  readonly drift: readonly EstimateDrift[];
  readonly timeZone: string;
  readonly troubles: readonly TroubleLine[];
  readonly scheduled: { readonly count: number; readonly next?: number };
}

/** Lines of each kind before "and N more". */
const SHOWN = 5;
const SHOWN_POLLING = 8;
/** Sources that a button leads to. */
const BUTTONS = 4;

export function composeSources(report: SourcesReport): View {
  const { today, sources, drift, timeZone, troubles, scheduled } = report;
  if (sources.length === 0) return { elements: [...nothingYet(), ...troubleElements(troubles, timeZone)] };
  const toLookAt = sources.filter(needsLook);
  return {
    elements: [
      {
        kind: 'heading',
        text:
          toLookAt.length === 0
            ? `${countOf(sources.length, 'source')}, all up to date`
            : `${toLookAt.length} of ${countOf(sources.length, 'source')} ${toLookAt.length === 1 ? 'needs' : 'need'} a look`,
      },
      {
        kind: 'table',
        columns: ['Source', 'State', 'Complete until', 'Last success', 'Adds up'].map((title) => ({ title })),
        rows: sources.map((source) => [
          source.name,
          stateWords(source),
          source.watermark ? formatDay(source.watermark, today) : 'unknown',
          lastWords(source, today, timeZone),
          addsUpWords(source),
        ]),
      },
      ...listed(
        '',
        toLookAt.map((source) => lookSpans(source, report)),
        SHOWN,
      ),
      ...listed(
        'Polling',
        sources.flatMap((source) => pollingSpans(source, report)),
        SHOWN_POLLING,
      ),
      ...restatedElements(sources, today),
      ...listed(
        'Estimates that drift from the bill',
        drift.map((one) => [text(driftWords(one))]),
        SHOWN,
      ),
      ...troubleElements(troubles, timeZone),
      ...buttonsTo(toLookAt, sources),
      {
        kind: 'context',
        spans: [
          text(`${scheduleWords(scheduled, timeZone)} `),
          text(
            '"Adds up" compares the bill\'s own total of every day with what is stored and what is allocated, to the micro.',
          ),
        ],
      },
    ],
  };
}

function nothingYet(): Element[] {
  return [
    { kind: 'heading', text: 'No source has delivered data yet' },
    {
      kind: 'text',
      spans: [
        text('Import a FOCUS bill on the server: '),
        code('pennywatch import focus FILE'),
        text('. Or let a billing account be polled: '),
        code('pennywatch permissions'),
        text(' says what each needs, and it goes under '),
        code('sources:'),
        text(' in pennywatch.yaml.'),
      ],
    },
  ];
}

/** Whether something is wrong with it, or with what it brought. */
function needsLook({ condition, reconciled, lastImport }: SourceReport): boolean {
  if (reconciled.different > 0 || (lastImport?.quarantined ?? 0) > 0) return true;
  return condition !== 'fresh' && condition !== 'loading';
}

/** What is wrong, what it means, what to do. */
function lookSpans(source: SourceReport, { today, timeZone, now }: SourcesReport): Span[] {
  const { name, polling, error, hint, watermark, stale, lastImport, reconciled, condition } = source;
  const failing = polling ? failingWords(polling, timeZone) : '';
  const before = [
    error !== undefined
      ? `${failing ? `${failing}: ` : ''}${sentenceOf(error)}.`
      : failing
        ? `${failing}.`
        : '',
    meaning(source, today),
  ];
  const mend = hint !== undefined && error !== undefined ? hintSpans(`To mend it: ${sentenceOf(hint)}.`) : [];
  const after = [
    polling && failing ? `${capital(nextWords(polling, now, timeZone))}.` : '',
    lastImport && lastImport.quarantined > 0
      ? `${countOf(lastImport.quarantined, 'row')} of ${lastImport.rows.toLocaleString('en-US')} could not be read and ${lastImport.quarantined === 1 ? 'is' : 'are'} in no figure.`
      : '',
    reconciled.different > 0
      ? `${countOf(reconciled.different, 'day')} of its bill do not add up: import or poll them again.`
      : '',
    !error && stale && condition === 'stale' && watermark && !polling ? 'Import a newer bill.' : '',
  ];
  return [
    bold(`${name}:`),
    ...sentences(before),
    ...(mend.length > 0 ? [text(' '), ...mend] : []),
    ...sentences(after),
  ];
}

/** Each with a space before it. */
function sentences(parts: readonly string[]): Span[] {
  const said = parts.filter((part) => part !== '');
  return said.length > 0 ? [text(` ${said.join(' ')}`)] : [];
}

function meaning({ condition, watermark, kind }: SourceReport, today: string): string {
  const what = kind === 'usage' ? 'unit costs are' : 'its cost is';
  switch (condition) {
    case 'stale':
      return watermark
        ? `Complete until ${formatDay(watermark, today)}; since then ${what} unknown, not zero.`
        : `Nothing is complete yet: ${what} unknown.`;
    case 'failing':
      return watermark ? `Figures up to ${formatDay(watermark, today)} are complete.` : '';
    case 'nothing-complete':
      return 'No day is complete yet.';
    case 'never-polled':
      return 'It was never polled: its cost is in no figure.';
    case 'not-polled':
      return 'It is not in pennywatch.yaml any more, so nothing new comes in.';
    case 'fresh':
    case 'loading':
    case 'failed':
    case 'waiting':
      return '';
  }
}

function pollingSpans({ name, polling, condition }: SourceReport, report: SourcesReport): Span[][] {
  if (!polling || condition === 'not-polled') return [];
  const said = [
    nextWords(polling, report.now, report.timeZone),
    requestWords(polling),
    historyWords(polling, report.today),
  ].filter((part) => part !== '');
  return [[bold(`${name}:`), text(` ${said.join('; ')}`)]];
}

function restatedElements(sources: readonly SourceReport[], today: string): Element[] {
  const days = sources.flatMap(({ name, restated }) => {
    const accounts = new Set(restated.map(({ billingAccount }) => billingAccount)).size > 1;
    return restated.map((one) => ({
      size: one.change === null ? Number.POSITIVE_INFINITY : Math.abs(Number(one.change)),
      spans: [bold(`${name}:`), text(` ${restatedWords(one, today, accounts)}`)],
    }));
  });
  days.sort((a, b) => (a.size === b.size ? 0 : b.size - a.size));
  return listed(
    'Bills that changed in the last 30 days',
    days.map(({ spans }) => spans),
    SHOWN,
  );
}

/** A list under a title of its own, "and 4 more" where it is cut; nothing for no items. */
export function listed(title: string, items: readonly Span[][], shown: number): Element[] {
  if (items.length === 0) return [];
  const rest = items.length - shown;
  return [
    ...(title ? [{ kind: 'text' as const, spans: [bold(title)] }] : []),
    {
      kind: 'list',
      items: rest > 0 ? [...items.slice(0, shown), [text(`and ${rest} more`)]] : items,
    },
  ];
}

/** The ones that need a look first; without any, the ones that are polled. */
function buttonsTo(toLookAt: readonly SourceReport[], sources: readonly SourceReport[]): Element[] {
  const meant = toLookAt.length > 0 ? toLookAt : sources.filter(({ polling }) => polling);
  const buttons = meant.slice(0, BUTTONS).map(({ name }) => detailsButton(name, name));
  return buttons.length > 0 ? [{ kind: 'actions', buttons }] : [];
}

export function detailsButton(name: string, label: string): Button {
  return { label, action: { do: 'command', text: `sources ${quoteName(name)}` } };
}

function capital(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
