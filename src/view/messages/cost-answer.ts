/** The answer to a cost question as a message: figure, change, owner, why, picture, table, what to do, small print. */
import type { CostAnswer } from '../../core/answer.ts';
import { questionText, type Subject } from '../../core/question.ts';
import type { ChartSpec } from '../charts/types.ts';
import { bold, type Element, type Span, text, type View } from '../elements.ts';
import { formatChange, formatMoney, formatPeriod, formatRange, formatShare } from '../format.ts';
import { answerButtons } from './answer-buttons.ts';
import { smallPrint } from './answer-small-print.ts';
import { answerTable } from './answer-table.ts';
import { whySpans } from './answer-why.ts';

/** Composes the message; `chart` is absent when there is nothing to draw. */
export function composeCostAnswer(answer: CostAnswer, chart: ChartSpec | undefined): View {
  const why = whySpans(answer);
  const table = answerTable(answer);
  const elements: (Element | undefined)[] = [
    { kind: 'heading', text: headline(answer) },
    { kind: 'text', spans: summary(answer) },
    why && { kind: 'text', spans: why },
    chart && { kind: 'chart', chart },
    table,
    { kind: 'actions', buttons: answerButtons(answer) },
    ...smallPrint(answer),
  ];
  return { elements: elements.filter((element) => element !== undefined) };
}

/** "bert: $12,480 in the last 30 days". */
export function headline(answer: CostAnswer): string {
  const { question, total, currency, period, today } = answer;
  const when = formatPeriod(question.period, period, today);
  const amount = total === null ? 'cost unknown' : formatMoney(total, currency);
  return `${subjectTitle(question.subject)}: ${amount} ${when}`;
}

export function subjectTitle(subject: Subject): string {
  if (subject.kind === 'all') return `All ${subject.of}s`;
  if (subject.kind === 'unallocated') return `No ${subject.of}`;
  return subject.kind === 'model' && subject.stage ? `${subject.name} ${subject.stage}` : subject.name;
}

function summary(answer: CostAnswer): Span[] {
  const {
    change,
    changeRatio,
    currency,
    compared,
    previousLabel,
    today,
    owner,
    share,
    budget,
    total,
    previousTotal,
  } = answer;
  const spans: Span[] = [];
  if (total === null) spans.push(...nothingKnown(answer));
  else if (change !== null) {
    const base = compared
      ? `${formatRange(compared.period, today)} compared with ${formatRange(compared.previous, today)}`
      : `on ${previousLabel}`;
    spans.push(
      bold(formatChange({ change, changeRatio, previous: previousTotal }, currency)),
      text(` ${base}. `),
    );
  }
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
    const used = budget.usedRatio === null ? UNUSED_UNKNOWN : `${formatShare(budget.usedRatio)} used`;
    spans.push(text(`${used} of the ${amount} (${formatRange(budget.current, today)}).`));
  }
  return spans.length > 0 ? spans : [text('There is no earlier data to compare with.')];
}

const UNUSED_UNKNOWN = 'An unknown part';

function nothingKnown({ sources, period, today, question }: CostAnswer): Span[] {
  const where = subjectTitle(question.subject);
  if (sources.length === 0)
    return [
      text(`Nothing is known about ${where} in ${formatRange(period, today)} or the 100 days before. `),
    ];
  const ends = sources.flatMap((source) =>
    source.watermark ? [`${source.name} ends ${source.watermark}`] : [],
  );
  return [
    text(
      `No cost is known in ${formatRange(period, today)}: ${ends.join(', ') || 'no source is complete yet'}. `,
    ),
  ];
}

/** The command that asks this again, for buttons and forms. */
export function askAgain(answer: CostAnswer): string {
  return questionText(answer.question);
}
