/** Several things side by side: which is dearer and by how much, a picture, a table, what to ask next. */
import type { CostAnswer } from '../../core/answer.ts';
import { periodText } from '../../core/question.ts';
import type { ChartSpec } from '../charts/types.ts';
import { type Button, type Element, text, type View } from '../elements.ts';
import { formatChange, formatMoney, formatPeriod, formatRange, formatRatio, UNKNOWN } from '../format.ts';
import { smallPrint } from './answer-small-print.ts';
import { unitNotes } from './answer-units.ts';
import { comparison as base, incompleteDays } from './answer-words.ts';
import { type ComparedThing, comparisonTable } from './comparison-table.ts';

export function composeComparison(input: {
  things: readonly ComparedThing[];
  /** Dearest first; undefined while some cost is unknown. */
  cut: boolean;
  /** Something may be counted in more than one of them. */
  overlap: boolean;
  chart: ChartSpec | undefined;
  /** The comparison as a command, and the same without its time. */
  command: string;
  bare: string;
}): View {
  const { things, cut, overlap, chart, command, bare } = input;
  const answers = things.map(({ answer }) => answer);
  const [first] = answers;
  if (!first) return { elements: [] };
  const elements: (Element | undefined)[] = [
    { kind: 'heading', text: comparisonFinding(things) },
    { kind: 'text', spans: [text(movement(things))] },
    chart && { kind: 'chart', chart },
    comparisonTable(things),
    {
      kind: 'actions',
      buttons: buttons(things, { command, bare, period: periodText(first.question.period) }),
    },
    ...notes({ cut, overlap, first }),
    ...ownPrint(things),
    ...smallPrintOf(answers),
  ];
  return { elements: elements.filter((element) => element !== undefined) };
}

/** "bert cost $4,120 more than ranker-v3 in the last 30 days (+38 %)". */
export function comparisonFinding(things: readonly ComparedThing[]): string {
  const known = [...things].sort((a, b) => order(b.answer.total) - order(a.answer.total));
  const [dearest, next] = known.filter(({ answer }) => answer.total !== null);
  const { currency, question, period, today } = (things[0] as ComparedThing).answer;
  const when = formatPeriod(question.period, period, today);
  const unknown = things.filter(({ answer }) => answer.total === null).map(({ title }) => title);
  if (!dearest) return `What ${listed(things.map(({ title }) => title))} cost ${when} is unknown`;
  const amount = dearest.answer.total ?? 0n;
  if (!next)
    return `${dearest.title} cost ${formatMoney(amount, currency)} ${when}; ${listed(unknown)}: ${UNKNOWN}`;
  const other = next.answer.total ?? 0n;
  const more = `${formatMoney(amount - other, currency)}${other > 0n ? ` (${formatRatio(Number(amount - other) / Number(other))})` : ''}`;
  const rest = unknown.length > 0 ? `; ${listed(unknown)}: ${UNKNOWN}` : '';
  if (amount === other)
    return `${dearest.title} and ${next.title} cost the same ${when}: ${formatMoney(amount, currency)}${rest}`;
  if (known.length === 2) return `${dearest.title} cost ${more} more than ${next.title} ${when}${rest}`;
  return `${dearest.title} is the dearest of ${things.length} ${when}: ${formatMoney(amount, currency)}, ${more} more than ${next.title}${rest}`;
}

function movement(things: readonly ComparedThing[]): string {
  const said = things.map(({ title, answer }) => {
    const { total, change, changeRatio, previousTotal, currency } = answer;
    const moved = formatChange({ change, changeRatio, previous: previousTotal }, currency);
    return `${title}: ${formatMoney(total, currency)}, ${change === null ? `change ${moved}` : moved}`;
  });
  const first = (things[0] as ComparedThing).answer;
  const known = things.some(({ answer }) => answer.change !== null);
  return `${said.join('; ')}${known ? base(first) : ''}.`;
}

function buttons(
  things: readonly ComparedThing[],
  { command, bare, period }: { command: string; bare: string; period: string },
): Button[] {
  const times = [
    { label: 'Last month', time: 'last month' },
    { label: 'Last 90 days', time: '90d' },
  ].filter(({ time }) => time !== period);
  return [
    ...things.map(
      ({ title, command: alone }): Button => ({ label: title, action: { do: 'command', text: alone } }),
    ),
    ...times.map(
      ({ label, time }): Button => ({ label, action: { do: 'command', text: `${bare} ${time}` } }),
    ),
    { label: 'Share in channel', action: { do: 'share', text: command } },
  ];
}

function notes({ cut, overlap, first }: { cut: boolean; overlap: boolean; first: CostAnswer }): Element[] {
  const said = [
    cut && `Cut to ${formatRange(first.period, first.today)}: the days that are complete for all of them.`,
    overlap && 'A charge can belong to more than one of these: their costs do not add up.',
  ];
  return said.flatMap((line) => (line ? [{ kind: 'context' as const, spans: [text(line)] }] : []));
}

/** What some thing's cost and unit costs leave out. */
function ownPrint(things: readonly ComparedThing[]): Element[] {
  return things.flatMap(({ title, answer }): Element[] => {
    const left = answer.unconverted.map(({ currency, micros }) => formatMoney(micros, currency));
    const said = [
      ...(left.length > 0 ? [`${left.join(' and ')} could not be converted to ${answer.currency}.`] : []),
      ...unitNotes(answer),
    ].join(' ');
    return said ? [{ kind: 'context', spans: [text(`${title}: ${said}`)] }] : [];
  });
}

/** The small print that they share once, and what only one of them has to say. */
function smallPrintOf(answers: readonly CostAnswer[]): Element[] {
  const [first] = answers;
  if (!first) return [];
  const seen = new Set<string>();
  const warnings = answers
    .flatMap(({ warnings }) => warnings)
    .filter((one) => !seen.has(one) && seen.add(one));
  const incomplete = answers.find((answer) => incompleteDays(answer)) ?? first;
  const sources = new Map(
    answers.flatMap(({ sources }) => sources.map((source) => [source.name, source] as const)),
  );
  const watermarks = [...sources.values()].flatMap(({ watermark }) => watermark ?? []).sort();
  return smallPrint({
    ...incomplete,
    categories: [],
    unitCosts: [],
    allocated: undefined,
    arriving: undefined,
    unconverted: [],
    sources: [...sources.values()],
    watermark: watermarks[0],
    warnings,
  });
}

function order(total: bigint | null): number {
  return total === null ? Number.NEGATIVE_INFINITY : Number(total);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
