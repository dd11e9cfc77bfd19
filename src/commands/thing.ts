/** Looks up the thing a command is about; what is unclear is asked back. */
import type { Scope } from '../core/scope.ts';
import { offersOf, readThings } from '../flows/find-thing.ts';
import { composeUnclearThing } from '../view/messages/unclear-thing.ts';
import type { CommandContext, CommandResult } from './types.ts';

export type Meant = { readonly scope: Scope } | { readonly scope?: undefined; readonly asked: CommandResult };

/** `command` writes the command with another scope in place of `typed`. */
export async function findMeant(
  context: CommandContext,
  typed: string,
  command: (scopeWord: string) => string,
): Promise<Meant> {
  const thing = (await readThings(context)).find(typed);
  if (thing.found) return { scope: thing.found };
  return { asked: askBack(typed, { several: thing.either.length > 0, offers: offersOf(thing) }, command) };
}

export function askBack(
  typed: string,
  { several, offers, question }: { several: boolean; offers: readonly string[]; question?: string },
  command: (scopeWord: string) => string,
): CommandResult {
  const message =
    question ??
    (several
      ? `More than one thing is called "${typed.slice(0, 200)}".`
      : `There is nothing called "${typed.slice(0, 200)}".`);
  return {
    view: composeUnclearThing({ typed, offers, several, command, ...(question && { question }) }),
    data: { error: { code: several ? 'INVALID' : 'NOT_FOUND', message }, name: typed, closest: offers },
  };
}
