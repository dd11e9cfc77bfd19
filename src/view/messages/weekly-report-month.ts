/** Where the month is going: forecast beside budget, with one status mark. */
import { microsToNumber } from '../../core/money.ts';
import { compactAmount } from '../charts/text/amounts.ts';
import { type Span, text } from '../elements.ts';
import { formatDay, formatMoney, formatRange, formatShare, monthName } from '../format.ts';
import { type Sentences, say } from '../templates/sentence.ts';
import { budgetVerdict } from './forecast-verdict.ts';
import { outcomeWords } from './forecast-words.ts';
import type { ReportFacts } from './weekly-report-types.ts';

/** "On course for $172k of the $180k budget in November 🟢 within budget (80 %: $165k–$179k)." */
export function monthSpans(facts: ReportFacts, sentences: Sentences): Span[] {
  const { month: about, currency, today } = facts;
  const { month, until, spent, forecast, budget, reason } = about;
  const short = (micros: bigint) => compactAmount(microsToNumber(micros), currency);
  const closed = forecast?.range === 'none-left';
  const { mark, verdict } = budgetVerdict({
    spent,
    ...(budget !== undefined && { budget }),
    ...(forecast && { forecast: { ...forecast, closed: closed === true } }),
  });
  const said = say(sentences, 'report-forecast', {
    month: month && monthName(month),
    forecast: forecast && short(forecast.amount),
    low: forecast && !closed && forecast.low < forecast.high ? short(forecast.low) : null,
    high: forecast && !closed && forecast.low < forecast.high ? short(forecast.high) : null,
    spent: spent === null ? null : formatMoney(spent, currency),
    until: until && formatDay(until, today),
    closed,
    reason,
    budget: budget === undefined ? null : short(budget),
    used: budget && spent !== null && budget > 0n ? formatShare(Number(spent) / Number(budget)) : null,
    mark,
    verdict,
  });
  const past = about.last
    ? [text(`${said.length > 0 ? ' ' : ''}${outcomeWords(about.last, today, (micros) => short(micros))}`)]
    : [];
  return [...said, ...past, ...otherBudget(facts, said.length + past.length > 0)];
}

/** A budget for another time than a month is shown by what is used of it. */
function otherBudget({ answer, today }: ReportFacts, follows: boolean): Span[] {
  const { budget } = answer;
  if (!budget || budget.period === 'monthly') return [];
  const used = budget.usedRatio === null ? 'An unknown part' : formatShare(budget.usedRatio);
  const amount = `${formatMoney(budget.amount, budget.currency)} ${budget.period} budget`;
  return [
    text(`${follows ? ' ' : ''}${used} of the ${amount} (${formatRange(budget.current, today)}) is used.`),
  ];
}
