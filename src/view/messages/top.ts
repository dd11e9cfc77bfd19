/** The most expensive things as a message. */
import type { AnswerRow, CostAnswer } from '../../core/answer.ts';
import type { Breakdown } from '../../core/dimension.ts';
import { questionText } from '../../core/question.ts';
import type { ChartSpec } from '../charts/types.ts';
import { type Button, bold, type Element, type Span, text, type View } from '../elements.ts';
import { formatChange, formatMoney, formatPeriod, formatShare } from '../format.ts';
import { smallPrint } from './answer-small-print.ts';
import { answerTable, BREAKDOWN_TITLES } from './answer-table.ts';
import { whySpans } from './answer-why.ts';
import { comparison, incompleteDays, nothingKnown } from './answer-words.ts';

const OTHERS: readonly Breakdown[] = ['model', 'team', 'service', 'resource'];

export function composeTop(answer: CostAnswer, count: number, chart: ChartSpec | undefined): View {
  const { currency, question, period, today, by } = answer;
  const named = answer.rows.filter((row) => row.key !== null);
  const shown = named.slice(0, count);
  const plural = nameOf(by, shown.length);
  const unfinished = incompleteDays(answer) && question.period.kind !== 'to-date';
  const when = `${formatPeriod(question.period, period, today)}${unfinished ? ' so far' : ''}`;
  const why = whySpans(answer);
  const elements: (Element | undefined)[] = [
    {
      kind: 'heading',
      text:
        shown.length === 0
          ? `No ${answer.total === null ? 'cost' : nameOf(by, 1)} is known ${formatPeriod(question.period, period, today)}${answer.unconverted.length > 0 ? ` in ${currency}` : ''}`
          : `Top ${shown.length} ${plural}: ${formatMoney(sumOf(shown), currency)} ${when}`,
    },
    shown.length === 0
      ? { kind: 'text', spans: answer.total === null ? nothingKnown(answer) : [text(nothingNamed(answer))] }
      : { kind: 'text', spans: together(answer, sumOf(shown)) },
    why && { kind: 'text', spans: why },
    chart && { kind: 'chart', chart },
    answerTable({ ...answer, rows: named }, count),
    { kind: 'actions', buttons: buttons(answer, count) },
    ...smallPrint(answer),
  ];
  return { elements: elements.filter((element) => element !== undefined) };
}

function nothingNamed({ total, currency, by }: CostAnswer): string {
  return `Everything together cost ${formatMoney(total, currency)}; none of it has a ${nameOf(by, 1)}.`;
}

/** "model", "models", "charge categories". */
function nameOf(by: Breakdown, count: number): string {
  const one = BREAKDOWN_TITLES[by].toLowerCase();
  if (count === 1) return one;
  return one.endsWith('y') ? `${one.slice(0, -1)}ies` : `${one}s`;
}

/** How much of everything that is, what nothing claims, and how everything moved. */
function together(answer: CostAnswer, known: bigint): Span[] {
  const { total, currency, change, changeRatio, previousTotal, by, rows } = answer;
  const spans: Span[] = [];
  if (total !== null && total > 0n)
    spans.push(
      text(
        `${formatShare(Number(known) / Number(total))} of the ${formatMoney(total, currency)} that everything cost`,
      ),
    );
  if (change !== null) {
    const moved = formatChange({ change, changeRatio, previous: previousTotal }, currency);
    spans.push(text(spans.length > 0 ? ', ' : ''), bold(moved), text(comparison(answer)));
  }
  spans.push(text('. '));
  const unclaimed = rows.find((row) => row.key === null)?.cost ?? 0n;
  if (unclaimed !== 0n)
    spans.push(text(`${formatMoney(unclaimed, currency)} has no ${BREAKDOWN_TITLES[by].toLowerCase()}.`));
  return spans;
}

function sumOf(rows: readonly AnswerRow[]): bigint {
  return rows.reduce((sum, row) => sum + (row.cost ?? 0n), 0n);
}

function buttons({ question, by }: CostAnswer, count: number): Button[] {
  const words = questionText({ ...question, by: undefined }).replace(/^model all ?/, '');
  return [
    ...OTHERS.filter((other) => other !== by).map(
      (other): Button => ({
        label: `Top ${other}s`,
        action: { do: 'command', text: `top ${other}s ${words}`.trim() },
      }),
    ),
    {
      label: 'Share in channel',
      action: { do: 'share', text: `top ${count} ${by.toLowerCase()}s ${words}`.trim() },
    },
  ];
}
