/** Where the month is going: forecast beside budget, with one status mark. */
import { microsToNumber } from '../../core/money.ts';
import { compactAmount } from '../charts/text/amounts.ts';
import { type Span, text } from '../elements.ts';
import { formatDay, formatMoney, formatRange, formatShare, monthName } from '../format.ts';
import { type Sentences, say } from '../templates/sentence.ts';
import type { ReportFacts, ReportMonth } from './weekly-report-types.ts';

/** "On course for $172k of the $180k budget in November 🟢 within budget (80 %: $165k–$179k)." */
export function monthSpans(facts: ReportFacts, sentences: Sentences): Span[] {
  const { month: about, currency, today } = facts;
  const { month, until, spent, forecast, budget, reason } = about;
  const short = (micros: bigint) => compactAmount(microsToNumber(micros), currency);
  const closed = forecast?.range === 'none-left';
  const { mark, verdict } = judge(about);
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
  return [...said, ...otherBudget(facts, said.length > 0)];
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

/** How the month stands beside its budget; nothing without one. */
function judge({ budget, spent, forecast }: ReportMonth): { mark?: string; verdict?: string } {
  if (budget === undefined || spent === null) return {};
  if (spent > budget) return { mark: '🔴', verdict: 'over budget' };
  if (!forecast) return {};
  if (forecast.range === 'none-left') return { mark: '🟢', verdict: 'within budget' };
  if (forecast.amount > budget) return { mark: '🔴', verdict: 'heading over budget' };
  if (forecast.high > budget) return { mark: '🟠', verdict: 'may go over budget' };
  return { mark: '🟢', verdict: 'within budget' };
}
