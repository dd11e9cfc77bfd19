/** The weekly report: figure, where the month is going, picture, what moved, table, pinned, small print; long tables go on in the thread. */
import { bold, code, type Element, type Span, text, type View } from '../elements.ts';
import { formatDay } from '../format.ts';
import type { Sentences } from '../templates/sentence.ts';
import { reportButtons } from './weekly-report-buttons.ts';
import { composeReportChart } from './weekly-report-chart.ts';
import { monthSpans } from './weekly-report-month.ts';
import { moverItems } from './weekly-report-movers.ts';
import { openElements } from './weekly-report-open.ts';
import { reportSmallPrint } from './weekly-report-small-print.ts';
import { reportTable } from './weekly-report-table.ts';
import { reportThread } from './weekly-report-thread.ts';
import type { ReportFacts, ReportPin } from './weekly-report-types.ts';
import { unitSpans } from './weekly-report-units.ts';
import { headline, incompleteSpans, isNone, noFigure } from './weekly-report-words.ts';

/** The message for the channel, then what continues in its thread. */
export function composeWeeklyReport(facts: ReportFacts, sentences: Sentences): [View, ...View[]] {
  const chart = composeReportChart(facts);
  const movers = moverItems(facts, sentences);
  const elements: (Element | undefined)[] = [
    { kind: 'heading', text: headline(facts, sentences, 'weekly-headline') },
    paragraph(openingSpans(facts, sentences)),
    chart && { kind: 'chart', chart },
    movers.length > 0 ? { kind: 'text', spans: [bold('What moved')] } : undefined,
    movers.length > 0 ? { kind: 'list', items: movers, ordered: true } : undefined,
    reportTable(facts),
    ...openElements(facts),
    ...pinned(facts.pins),
    { kind: 'actions', buttons: reportButtons(facts) },
    ...reportSmallPrint(facts, sentences),
  ];
  return [{ elements: elements.filter((element) => element !== undefined) }, ...reportThread(facts)];
}

/** Where the month is going, what a unit costs, and what is not complete; or what is known instead of a figure. */
function openingSpans(facts: ReportFacts, sentences: Sentences): Span[] {
  const { total, answer, complete } = facts;
  const parts: Span[][] = [];
  if (answer.sources.length === 0) parts.push(unclaimed(facts));
  else if (isNone(facts)) parts.push(lastCost(facts));
  // Where there are rows of unknown cost, the warnings below say why.
  else if (total === null && complete !== undefined && facts.rows.length === 0) parts.push(noFigure(facts));
  if (answer.sources.length > 0) parts.push(monthSpans(facts, sentences), unitSpans(facts, sentences));
  parts.push(incompleteSpans(facts, sentences));
  return joined(parts);
}

/** A team or model that nothing is allocated to: what is wrong is said, not only that there is no figure. */
function unclaimed(facts: ReportFacts): Span[] {
  const { title, answer } = facts;
  if (answer.question.subject.kind === 'all') return noFigure(facts);
  return [
    text(
      `No bill of the last months has any cost for ${title}: no tag and no rule gives it one. See what has none: `,
    ),
    code('/cost coverage'),
    text('.'),
  ];
}

function lastCost({ answer, today }: ReportFacts): Span[] {
  if (answer.lastCostDay === undefined) return [];
  return [text(`The last day with any cost is ${formatDay(answer.lastCostDay, today)}.`)];
}

/** Sentences one after the other, a space between them. */
function joined(parts: readonly (readonly Span[])[]): Span[] {
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : [text(' '), ...part]));
}

function paragraph(spans: Span[]): Element | undefined {
  return spans.length > 0 ? { kind: 'text', spans } : undefined;
}

function pinned(pins: readonly ReportPin[]): Element[] {
  if (pins.length === 0) return [];
  const items = pins.map(({ excerpt, author, command }): Span[] => [
    text(command ? `/cost ${command}: ` : ''),
    text(`“${excerpt}”`),
    text(author ? ` (${author})` : ''),
  ]);
  return [
    { kind: 'text', spans: [bold('Pinned')] },
    { kind: 'list', items },
  ];
}
