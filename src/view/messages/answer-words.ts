/** Words about what an answer is about, compares with and lacks. */
import type { CostAnswer } from '../../core/answer.ts';
import { type Day, earlier } from '../../core/day.ts';
import type { Period } from '../../core/period.ts';
import type { Subject } from '../../core/question.ts';
import { type Span, text } from '../elements.ts';
import { countOf, formatDay, formatRange } from '../format.ts';

export function subjectTitle(subject: Subject): string {
  if (subject.kind === 'all') return `All ${subject.of}s`;
  if (subject.kind === 'unallocated') return `No ${subject.of}`;
  return subject.kind === 'model' && subject.stage ? `${subject.name} ${subject.stage}` : subject.name;
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

/** " without openai": what every figure of the answer lacks; empty when nothing. */
export function withoutWords({ sources }: Pick<CostAnswer, 'sources'>): string {
  const names = sources.filter(({ lacking }) => lacking).map(({ name }) => name);
  if (names.length === 0 || names.length === sources.length) return '';
  return ` without ${names.length > 2 ? countOf(names.length, 'source') : names.join(' and ')}`;
}

/** "aws complete until Wed 18 Nov", except of what a warning says more about. */
export function completeSources({ sources, period }: CostAnswer): { name: string; watermark: Day }[] {
  return sources.flatMap(({ name, watermark, stale }) =>
    watermark && !(stale && watermark < period.end) ? [{ name, watermark }] : [],
  );
}

/** Why there is no figure, with what is known instead. */
export function nothingKnown(answer: CostAnswer): Span[] {
  const { sources, period, today, question, unconverted, currency, lastCostDay } = answer;
  const when = formatRange(period, today);
  if (unconverted.length > 0) {
    const froms = unconverted.map(({ currency: from }) => from).join(' and ');
    return [text(`The cost for ${when} is in ${froms}, and no rate says what that is in ${currency}. `)];
  }
  const last = lastCostDay ? ` The last day with any cost is ${formatDay(lastCostDay, today)}.` : '';
  if (sources.length === 0 && !last && question.subject.kind === 'all') return [text(NO_BILL)];
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

const NO_BILL = 'No bill is here yet. Import one on the server: pennywatch import focus FILE. ';

function whoseCost(subject: Subject): string {
  if (subject.kind === 'all') return 'any cost';
  if (subject.kind === 'unallocated') return `costs without a ${subject.of}`;
  return subjectTitle(subject);
}
