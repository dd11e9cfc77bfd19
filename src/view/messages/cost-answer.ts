/** The answer to a cost question as a message: figure, change, owner, why, picture, table, what to do, small print. */
import type { CostAnswer } from '../../core/answer.ts';
import type { ChartSpec } from '../charts/types.ts';
import { bold, type Element, type Span, text, type View } from '../elements.ts';
import { formatChange, formatMoney, formatPeriod, formatRange, formatShare } from '../format.ts';
import { answerButtons } from './answer-buttons.ts';
import { sharedSpans } from './answer-shared.ts';
import { smallPrint } from './answer-small-print.ts';
import { answerTable } from './answer-table.ts';
import { unitNotes, unitSpans } from './answer-units.ts';
import { whySpans } from './answer-why.ts';
import { comparison, incompleteDays, nothingKnown, subjectTitle, withoutWords } from './answer-words.ts';

/** Composes the message; `chart` is absent when there is nothing to draw. */
export function composeCostAnswer(answer: CostAnswer, chart: ChartSpec | undefined): View {
  const shared = sharedSpans(answer);
  const why = whySpans(answer);
  const units = unitSpans(answer);
  const table = answerTable(answer);
  const elements: (Element | undefined)[] = [
    { kind: 'heading', text: headline(answer) },
    { kind: 'text', spans: summary(answer) },
    shared && { kind: 'text', spans: shared },
    units && { kind: 'text', spans: units },
    why && { kind: 'text', spans: why },
    chart && { kind: 'chart', chart },
    table,
    { kind: 'actions', buttons: answerButtons(answer) },
    ...smallPrint(answer),
    ...unitNotes(answer).map((note): Element => ({ kind: 'context', spans: [text(note)] })),
  ];
  return { elements: elements.filter((element) => element !== undefined) };
}

/** "bert: $12,480 in the last 30 days". */
export function headline(answer: CostAnswer): string {
  const { question, total, currency, period, today } = answer;
  const unfinished = total !== null && incompleteDays(answer) && question.period.kind !== 'to-date';
  const part = total === null ? '' : withoutWords(answer) || (unfinished ? ' so far' : '');
  const when = `${formatPeriod(question.period, period, today)}${part}`;
  const amount = total === null ? 'cost unknown' : formatMoney(total, currency);
  return `${subjectTitle(question.subject)}: ${amount} ${when}`;
}

function summary(answer: CostAnswer): Span[] {
  const { change, changeRatio, currency, previousLabel, today, owner, share, budget, total, previousTotal } =
    answer;
  const spans: Span[] = [];
  if (total === null) spans.push(...nothingKnown(answer));
  else if (change !== null) {
    spans.push(
      bold(formatChange({ change, changeRatio, previous: previousTotal }, currency)),
      text(`${comparison(answer)}. `),
    );
  } else if (previousTotal !== null)
    spans.push(
      text(
        `Not all of it is known, so it is not compared with ${previousLabel} (${formatMoney(previousTotal, currency)}). `,
      ),
    );
  const { subject } = answer.question;
  if (subject.kind === 'model' || subject.kind === 'team')
    spans.push(
      text('Owner: '),
      owner ? bold(owner.name) : text('nobody yet'),
      text(owner?.team ? ` (owner of team ${owner.team}). ` : '. '),
    );
  if (share !== null && subject.kind !== 'all') spans.push(text(`${formatShare(share)} of all cost. `));
  if (budget) {
    const amount = `${formatMoney(budget.amount, budget.currency)} ${budget.period} budget`;
    const used = budget.usedRatio === null ? 'An unknown part' : formatShare(budget.usedRatio);
    const foreseen = budget.forecast ? `; ${forecastWords(budget.forecast, budget.currency)}` : '';
    spans.push(text(`${used} of the ${amount} (${formatRange(budget.current, today)}) is used${foreseen}.`));
  }
  return spans.length > 0 ? spans : [text('There is no earlier data to compare with.')];
}

/** "forecast $13,100 (80 %: $12,700–$13,600)" */
function forecastWords(
  { amount, low, high }: { readonly amount: bigint; readonly low: bigint; readonly high: bigint },
  currency: string,
): string {
  const range = low < high ? ` (80 %: ${formatMoney(low, currency)}–${formatMoney(high, currency)})` : '';
  return `forecast ${formatMoney(amount, currency)}${range}`;
}
