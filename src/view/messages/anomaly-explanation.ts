/** The parts of an explanation as a message shows them: what contributes, what was used, what was changed, what is not known. */
import type {
  Contribution,
  Explanation,
  NearbyChange,
  ProviderFinding,
  UsageChange,
} from '../../core/anomaly.ts';
import { type Day, msToDay } from '../../core/day.ts';
import { decimalToMicros } from '../../core/money.ts';
import { bold, type Element, type Span, text } from '../elements.ts';
import {
  formatDay,
  formatMoney,
  formatRange,
  formatRatio,
  formatShare,
  formatSignedMoney,
} from '../format.ts';
import { formatQuantity } from '../format-unit-cost.ts';
import { BREAKDOWN_TITLES } from './answer-table.ts';

/** Columns and values shown in a message; the explanation has more. */
const COLUMNS = 3;
const VALUES = 3;
const EVENTS = 5;

/** Everything an explanation has to show below its sentence. */
export function explanationElements(
  explanation: Explanation,
  today: Day,
  { of = 'anomaly' }: { readonly of?: 'anomaly' | 'period' } = {},
): Element[] {
  const { usage, changes, evidence, unknown } = explanation;
  const elements: (Element | undefined)[] = [
    contributionTable(explanation),
    usageTable(usage),
    changes.length > 0 ? changeList(changes, today, of) : undefined,
    evidence && evidence.length > 0 ? evidenceText(evidence, today) : undefined,
    unknown.length > 0 ? { kind: 'context', spans: [text(`Not known: ${unknown.join(' ')}`)] } : undefined,
  ];
  return elements.filter((element) => element !== undefined);
}

/** The most telling columns with their largest values, per day. Undefined when there is nothing to tell apart. */
export function contributionTable({ contributions, currency }: Explanation): Element | undefined {
  const groups = groupByColumn(contributions).slice(0, COLUMNS);
  if (groups.length === 0) return undefined;
  const rows = groups.flatMap((parts) => shownParts(parts));
  const left = contributions.reduce((sum, { others = 1 }) => sum + others, 0) - rows.length;
  return {
    kind: 'table',
    columns: [
      { title: 'By' },
      { title: 'What' },
      { title: 'A day', align: 'right' },
      { title: 'Usually', align: 'right' },
      { title: 'Change', align: 'right' },
      { title: 'Of the change', align: 'right' },
    ],
    rows: rows.map((part) => [
      columnTitle(part.dimension),
      part.label,
      formatMoney(part.actualMicros, currency),
      formatMoney(part.expectedMicros, currency),
      formatSignedMoney(part.changeMicros, currency),
      shareWords(part.share),
    ]),
    ...(left > 0 && {
      more: `and ${left} more values of these and other columns: Investigate shows them`,
    }),
  };
}

/** A part that went the other way takes from the change. */
function shareWords(share: number): string {
  const size = Math.abs(share);
  // What moves much more than the whole, both ways, tells by its money; its share is noise.
  if (size > 10) return '–';
  return share < 0 ? `−${formatShare(size)}` : formatShare(size);
}

export function columnTitle(dimension: Contribution['dimension']): string {
  return dimension === 'sku' ? 'SKU' : BREAKDOWN_TITLES[dimension];
}

function groupByColumn(contributions: readonly Contribution[]): Contribution[][] {
  const groups = new Map<string, Contribution[]>();
  for (const part of contributions) groups.set(part.dimension, [...(groups.get(part.dimension) ?? []), part]);
  return [...groups.values()];
}

/** The largest on both sides, in the order they came. */
function shownParts(parts: readonly Contribution[]): Contribution[] {
  // The rest of a long list is told as such below the table, however much it is together.
  const single = parts.filter(({ others }) => others === undefined);
  const bySize = [...single].sort((a, b) => Math.abs(b.share) - Math.abs(a.share));
  const kept = new Set(bySize.slice(0, VALUES));
  return parts.filter((part) => kept.has(part));
}

function usageTable(usage: readonly UsageChange[]): Element | undefined {
  const known = usage.filter(({ before, during }) => before !== null || during !== null);
  if (known.length === 0) return undefined;
  return {
    kind: 'table',
    columns: [
      { title: 'Used a day' },
      { title: 'Now', align: 'right' },
      { title: 'Usually', align: 'right' },
      { title: 'Change', align: 'right' },
    ],
    rows: known.map(({ metric, before, during, ratio }) => [
      quantity(metric, during).words,
      quantity(metric, during).amount,
      quantity(metric, before).amount,
      ratio === null ? (before === 0 && during ? 'new' : '–') : formatRatio(ratio),
    ]),
  };
}

function quantity(metric: UsageChange['metric'], value: number | null): { amount: string; words: string } {
  if (metric === 'latency' || metric === 'errors')
    return { amount: value === null ? 'unknown' : value.toLocaleString('en-US'), words: metric };
  const written = formatQuantity(metric, value === null ? null : BigInt(Math.round(value * 1e6)));
  const [amount = '', ...words] = written.split(' ');
  return { amount, words: words.join(' ') };
}

function changeList(changes: readonly NearbyChange[], today: Day, of: 'anomaly' | 'period'): Element {
  const shown = changes.slice(0, EVENTS);
  const rest = changes.length - shown.length;
  const items = shown.map((change): Span[] => [
    text(
      `${formatDay(msToDay(change.at.getTime()), today)}${of === 'anomaly' ? ` (${whenWords(change.daysFromStart)})` : ''}: ${change.kind} `,
    ),
    change.url === undefined ? bold(change.title) : { kind: 'link', text: change.title, url: change.url },
    text(`${change.version ? `, version ${change.version}` : ''} (told by ${change.sender})`),
  ]);
  return {
    kind: 'list',
    items: rest > 0 ? [...items, [text(`and ${rest} more changes`)]] : items,
  };
}

function whenWords(days: number): string {
  if (days === 0) return 'on the first day';
  const size = Math.abs(days) === 1 ? '1 day' : `${Math.abs(days)} days`;
  return days < 0 ? `${size} before` : `${size} after it began`;
}

function evidenceText(evidence: readonly ProviderFinding[], today: Day): Element {
  const words = evidence
    .slice(0, EVENTS)
    .map(
      ({ source, about, start, end, impact, currency }) =>
        `${source} itself found an anomaly of ${formatMoney(decimalToMicros(impact), currency)} in ${about} (${formatRange({ start, end }, today)})`,
    );
  return { kind: 'text', spans: [bold('Beside it: '), text(`${words.join('; ')}.`)] };
}
