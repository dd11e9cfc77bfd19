/** The answer to a cost question as a message: figure, change, owner, why, picture, table, what to do, small print. */
import type { CostAnswer } from '../../core/answer.ts';
import { earlier } from '../../core/day.ts';
import type { Period } from '../../core/period.ts';
import { questionText, type Subject } from '../../core/question.ts';
import type { ChartSpec } from '../charts/types.ts';
import { bold, type Element, type Span, text, type View } from '../elements.ts';
import { formatChange, formatDay, formatMoney, formatPeriod, formatRange, formatShare } from '../format.ts';
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
  const unfinished = total !== null && incompleteDays(answer) && question.period.kind !== 'to-date';
  const when = `${formatPeriod(question.period, period, today)}${unfinished ? ' so far' : ''}`;
  const amount = total === null ? 'cost unknown' : formatMoney(total, currency);
  return `${subjectTitle(question.subject)}: ${amount} ${when}`;
}

export function subjectTitle(subject: Subject): string {
  if (subject.kind === 'all') return `All ${subject.of}s`;
  if (subject.kind === 'unallocated') return `No ${subject.of}`;
  return subject.kind === 'model' && subject.stage ? `${subject.name} ${subject.stage}` : subject.name;
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
    spans.push(text(`${used} of the ${amount} (${formatRange(budget.current, today)}) is used.`));
  }
  return spans.length > 0 ? spans : [text('There is no earlier data to compare with.')];
}

/** " on the 30 days before", or ", comparing 1–19 Nov with 1–19 Oct" when only a part can be compared. */
export function comparison({ compared, previousLabel, today }: CostAnswer): string {
  if (!compared) return ` on ${previousLabel}`;
  return `, comparing ${formatRange(compared.period, today)} with ${formatRange(compared.previous, today)}`;
}

/** The days of the period whose data is not all there; undefined when it is. Days to come are none. */
export function incompleteDays({ series, period, today, sources }: CostAnswer): Period | undefined {
  const start = series.provisionalFrom;
  if (start === undefined || start > period.end || start > today || sources.length === 0) return undefined;
  return { start, end: earlier(period.end, today) };
}

function nothingKnown(answer: CostAnswer): Span[] {
  const { sources, period, today, question, unconverted, currency, lastCostDay } = answer;
  const when = formatRange(period, today);
  if (unconverted.length > 0) {
    const froms = unconverted.map(({ currency: from }) => from).join(' and ');
    return [text(`The cost for ${when} is in ${froms}, and no rate says what that is in ${currency}. `)];
  }
  const last = lastCostDay ? ` The last day with any cost is ${formatDay(lastCostDay, today)}.` : '';
  if (sources.length === 0)
    return [text(`Nothing is known of ${whoseCost(question.subject)} for ${when}.${last} `)];
  const starts = sources.flatMap((source) => source.firstDay ?? []);
  if (starts.length > 0 && starts.every((day) => day > period.end))
    return [
      text(`No cost is known for ${when}: data starts on ${formatDay(starts.reduce(earlier), today)}. `),
    ];
  const ends = sources.flatMap(({ name, watermark }) =>
    watermark ? [`${name} is complete until ${formatDay(watermark, today)}`] : [],
  );
  return [text(`No cost is known for ${when}: ${ends.join(', ') || 'no source is complete yet'}.${last} `)];
}

function whoseCost(subject: Subject): string {
  if (subject.kind === 'all') return 'any cost';
  if (subject.kind === 'unallocated') return `costs without a ${subject.of}`;
  return subjectTitle(subject);
}

/** The command that asks this again, for buttons and forms. */
export function askAgain(answer: CostAnswer): string {
  return questionText(answer.question);
}
