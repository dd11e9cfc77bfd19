/** The reason for a change, in one sentence with numbers. */
import type { AnswerDriver, CostAnswer } from '../../core/answer.ts';
import { bold, text, type Span } from '../elements.ts';
import { formatShare, formatSignedMoney } from '../format.ts';
import { BREAKDOWN_TITLES } from './answer-table.ts';

/** "Why: training +$1,870, inference −$40; 92 % of it in Amazon SageMaker." Undefined when nothing moved. */
export function whySpans(answer: CostAnswer): Span[] | undefined {
  const { drivers, by, currency, change } = answer;
  const main = drivers.filter((driver) => driver.dimension === by);
  if (main.length === 0 || change === null || change === 0n) return undefined;
  const others = drivers.filter((driver) => driver.dimension !== by);
  const said = main.map((driver) => `${driver.label} ${formatSignedMoney(driver.change, currency)}`).join(', ');
  const spans: Span[] = [bold('Why: '), text(said)];
  if (others.length > 0) spans.push(text(`; mostly ${others.map((driver) => other(driver, currency)).join(', ')}`));
  spans.push(text('.'));
  return spans;
}

function other({ dimension, label, change, share }: AnswerDriver, currency: string): string {
  const where = `${BREAKDOWN_TITLES[dimension].toLowerCase()} ${label}`;
  return `${where} (${formatSignedMoney(change, currency)}, ${formatShare(share)} of the movement)`;
}
