/** The daily report: a few lines about the last complete day. */
import { type Element, type Span, text, type View } from '../elements.ts';
import { formatDay, formatMoney } from '../format.ts';
import type { Sentences } from '../templates/sentence.ts';
import { reportButtons } from './weekly-report-buttons.ts';
import { monthSpans } from './weekly-report-month.ts';
import { moverItems } from './weekly-report-movers.ts';
import type { ReportFacts } from './weekly-report-types.ts';
import { headline, incompleteSpans, isNone, noFigure } from './weekly-report-words.ts';

export function composeDailyReport(facts: ReportFacts, sentences: Sentences): View {
  const { answer, total } = facts;
  const opening: Span[][] = [];
  if (total === null && !isNone(facts) && facts.rows.length === 0) opening.push(noFigure(facts));
  if (answer.sources.length > 0) opening.push(spentSpans(facts), monthSpans(facts, sentences));
  const spans = opening
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : [text(' '), ...part]));
  const movers = moverItems(facts, sentences);
  const incomplete = incompleteSpans(facts, sentences);
  const elements: (Element | undefined)[] = [
    { kind: 'heading', text: headline(facts, sentences, 'daily-headline') },
    spans.length > 0 ? { kind: 'text', spans } : undefined,
    movers.length > 0 ? { kind: 'list', items: movers } : undefined,
    { kind: 'actions', buttons: reportButtons(facts) },
    incomplete.length > 0 ? { kind: 'context', spans: incomplete } : undefined,
    ...answer.warnings.map((warning): Element => ({ kind: 'context', spans: [text(`⚠ ${warning}`)] })),
  ];
  return { elements: elements.filter((element) => element !== undefined) };
}

/** "$4,210 since 1 Nov." */
function spentSpans({ month, currency, today }: ReportFacts): Span[] {
  if (month.spent === null || !month.month) return [];
  return [text(`${formatMoney(month.spent, currency)} since ${formatDay(month.month, today)}.`)];
}
