/** Words that the budget commands share. */
import { AppError } from '../../core/errors.ts';
import type { Scope } from '../../core/scope.ts';
import { demandKey } from '../../flows/budgets/key.ts';
import { findMeant, type Meant } from '../thing.ts';
import type { Token } from '../tokens.ts';
import type { CommandContext } from '../types.ts';

/** What a command names. Throws INVALID when that is nothing. */
export function wordsOf(tokens: readonly Token[]): string {
  const typed = tokens.map(({ text }) => text).join(' ');
  if (typed) return typed;
  throw new AppError('INVALID', 'The budget of what?', { hint: 'Write for example: budget model:bert.' });
}

/** The scope a new budget is for; a key must have been used. */
export async function meantForBudget(
  context: CommandContext,
  typed: string,
  command: (scopeWord: string) => string,
): Promise<Meant> {
  const meant = await findMeant(context, typed, command);
  if (meant.scope?.kind !== 'key') return meant;
  const scope: Scope = { kind: 'key', name: await demandKey(context, meant.scope.name) };
  return { scope };
}

/** The number of a request. Throws INVALID. */
export function requestNumber(token: Token | undefined, verb: string): number {
  const text = token?.text.replace(/^#/, '') ?? '';
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new AppError(
    'INVALID',
    text ? `"${text.slice(0, 40)}" is no number of a request.` : 'Which request?',
    {
      hint: `Write its number: budget ${verb} 12. See which there are: budget requests.`,
    },
  );
}
