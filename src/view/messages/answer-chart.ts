/** The daily picture of an answer; its title says the finding. */
import type { CostAnswer } from '../../core/answer.ts';
import type { Subject } from '../../core/question.ts';
import { buildDailyCost } from '../charts/daily-cost.ts';
import type { ChartSpec } from '../charts/types.ts';
import { formatMoney, formatPeriod, formatRange, formatRatio } from '../format.ts';
import { subjectTitle } from './answer-words.ts';

/** Undefined when there are fewer than two days or nothing known to draw. `who` is what the title is about. */
export function composeAnswerChart(
  answer: CostAnswer,
  who = chartTitle(answer.question.subject),
): ChartSpec | undefined {
  const { series, currency, budget, today, compared, previous, previousTotal } = answer;
  const known = series.parts.some((part) => part.micros.some((micros) => micros !== null));
  if (series.days.length < 2 || !known) return undefined;
  const before = compared?.previous ?? previous;
  return buildDailyCost({
    title: finding(answer, who),
    subtitle: `by ${answer.by === 'modelVersion' ? 'version' : answer.by}, ${formatRange(
      { start: series.days[0] as string, end: series.days.at(-1) as string },
      today,
    )}`,
    currency,
    days: [...series.days],
    series: series.parts.map(({ label, micros }) => ({ label, micros: [...micros] })),
    previous:
      previousTotal === null
        ? undefined
        : { label: formatRange(before, today), micros: [...series.previous] },
    budget:
      budget?.perDay === undefined
        ? undefined
        : { label: `${budget.period} budget`, microsPerDay: budget.perDay },
    provisionalFrom: series.provisionalFrom,
  });
}

/** "No team cost 2 % less" would say something else. */
function chartTitle(subject: Subject): string {
  return subject.kind === 'unallocated' ? `What has no ${subject.of}` : subjectTitle(subject);
}

function finding(answer: CostAnswer, who: string): string {
  const { changeRatio, previousLabel, question, period, today, total, currency, compared } = answer;
  if (changeRatio === null)
    return `${who}: ${formatMoney(total, currency)} ${formatPeriod(question.period, period, today)}`;
  const base = compared ? `${formatRange(compared.previous, today)}` : previousLabel;
  if (Math.abs(changeRatio) < 0.01) return `${who} cost about as much as ${base}`;
  const size = formatRatio(Math.abs(changeRatio)).slice(1);
  return `${who} cost ${size} ${changeRatio > 0 ? 'more' : 'less'} than ${base}`;
}
