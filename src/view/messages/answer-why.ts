/** The reason for a change, in one sentence with numbers. */
import type { AnswerDriver, CostAnswer } from '../../core/answer.ts';
import { bold, type Span, text } from '../elements.ts';
import { formatSignedMoney } from '../format.ts';

/** "Why: training +$1,870, inference −$40; mostly Amazon SageMaker (+$1,700)." Undefined when nothing moved. */
export function whySpans(answer: CostAnswer): Span[] | undefined {
  const { drivers, by, currency, change } = answer;
  const main = drivers.filter((driver) => driver.dimension === by);
  if (main.length === 0 || change === null || change === 0n) return undefined;
  const others = drivers.filter((driver) => driver.dimension !== by);
  const said = main
    .map((driver) => `${driver.label} ${formatSignedMoney(driver.change, currency)}`)
    .join(', ');
  const spans: Span[] = [bold('Why: '), text(said)];
  if (others.length > 0)
    spans.push(
      text(
        `; mostly ${others
          .slice(0, CAUSES)
          .map((driver) => cause(driver, currency))
          .join(', ')}`,
      ),
    );
  spans.push(text('.'));
  return spans;
}

/** Columns named as the cause; more is noise. */
const CAUSES = 2;

function cause({ label, change }: AnswerDriver, currency: string): string {
  return `${label} (${formatSignedMoney(change, currency)})`;
}
