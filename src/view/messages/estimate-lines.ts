/** What is estimated until its bill arrives, and how far such estimates were off, in words. */
import type { AnswerEstimate } from '../../core/answer.ts';
import type { Day } from '../../core/day.ts';
import { countOf, formatMoney, formatRange } from '../format.ts';

const NAMED = 3;

/** "≈ $431 more since 19 Nov, estimated from tokens × list price (not in the figure)." and what it lacks. */
export function estimateLine(estimate: AnswerEstimate, today: Day): string {
  const { amount, currency, from, unpriced, unconverted } = estimate;
  const since = formatRange({ start: from, end: from }, today);
  const foreign = unconverted.map(({ currency: own, micros }) => formatMoney(micros, own)).join(' and ');
  if (amount === null && foreign === '')
    return `What was used since ${since} is not billed yet and cannot be estimated: there is no price for ${names(unpriced)}.`;
  const said =
    amount === null
      ? `≈ ${foreign} more since ${since}, estimated from tokens × list price (not in the figure, and no rate to ${currency})`
      : `≈ ${formatMoney(amount, currency)} more since ${since}, estimated from tokens × list price (not in the figure${
          foreign && `; another ${foreign} could not be converted`
        })`;
  return unpriced.length === 0 ? `${said}.` : `${said}, without ${withoutPrice(unpriced)}.`;
}

/** "3 models that have no price: a, b and c". */
function withoutPrice(models: readonly string[]): string {
  return `${countOf(models.length, 'model')} that ${models.length === 1 ? 'has' : 'have'} no price: ${names(models)}`;
}

function names(models: readonly string[]): string {
  const more = models.length - NAMED;
  const last = more > 0 ? `${more} more` : models.at(-1);
  const others = models.slice(0, more > 0 ? NAMED : -1);
  return others.length > 0 ? `${others.join(', ')} and ${last}` : `${last}`;
}

/** "openai, gpt-4o: estimates were 14 % too low over 14 days ($114 billed, $98 estimated). Check …" */
export function driftWords(drift: {
  readonly source: string;
  readonly llmModel: string;
  readonly currency: string;
  readonly days: number;
  readonly estimatedMicros: bigint;
  readonly billedMicros: bigint;
  readonly ratio: number;
}): string {
  const { source, llmModel, currency, days, estimatedMicros, billedMicros, ratio } = drift;
  const percent = `${Math.round(Math.abs(ratio) * 100).toLocaleString('en-US')} %`;
  const amounts = `${formatMoney(billedMicros, currency)} billed, ${formatMoney(estimatedMicros, currency)} estimated`;
  return `${source}, ${llmModel}: estimates were ${percent} too ${ratio > 0 ? 'low' : 'high'} over ${countOf(days, 'day')} (${amounts}). Check its price: "prices" in pennywatch.yaml stand in front of the built-in ones.`;
}
