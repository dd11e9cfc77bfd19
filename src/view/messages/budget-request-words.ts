/** Words that messages about budget requests share. */
import type { Day } from '../../core/day.ts';
import { parseScope } from '../../core/scope.ts';
import type { Button } from '../elements.ts';
import type { AboveShown, RequestShown } from './budget-request-types.ts';
import { budgetAmount, budgetTitle, budgetWords, dayWords } from './budget-words.ts';
import { scopeHeading, scopeTitle, scopeWord } from './scope-words.ts';

/** "With it the budgets within team search add up to $52,000 of $45,000: over-committed." */
export function aboveWords({ around, within }: AboveShown): string {
  const over = within.amount > around.amountMicros ? ': over-committed' : '';
  const sum = `${budgetAmount(within.amount, around)} of ${budgetAmount(around.amountMicros, around)}`;
  return `With it the budgets within ${budgetTitle(around)} add up to ${sum}${over}.`;
}

/** "a $20,000 monthly budget of bert (now $15,000)". */
export function changeWords(request: RequestShown, today: Day): string {
  const { period, startDay, endDay } = request;
  const amount = `${budgetAmount(request.amountMicros, request)} ${budgetWords({ period })}`;
  const until = endDay ? ` – ${dayWords(endDay, today)}` : '';
  const days = startDay ? ` (${until ? '' : 'from '}${dayWords(startDay, today)}${until})` : '';
  const now = request.now ? `now ${budgetAmount(request.now.amountMicros, request.now)}` : 'none so far';
  return `a ${amount}${days} of ${scopeTitle(parseScope(request.scope))} (${now})`;
}

/** What somebody wrote, ended like a sentence. */
export function sentence(said: string): string {
  return /[.!?…]$/.test(said) ? said : `${said}.`;
}

export function titleOf(request: RequestShown): string {
  return `${scopeHeading(parseScope(request.scope))}, ${budgetWords(request)}`;
}

export function showButton({ scope }: RequestShown): Button {
  return {
    label: 'Show budget',
    action: { do: 'command' as const, text: `budget ${scopeWord(parseScope(scope))}` },
  };
}
