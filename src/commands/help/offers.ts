/** The command text that help's button of each command asks, with names this organisation really has. */
import { quoteName } from '../../core/question.ts';
import { dearestNames } from '../../flows/dearest-names.ts';
import type { Kind } from '../../flows/find-name.ts';
import type { Command, CommandContext } from '../types.ts';

/** Fills the placeholders of a command's offer. */
export type Offer = (command: Command) => string;

const PLACEHOLDER = /\{(model|team|service|feature)(2?)\}/g;

/** Reads the names that the commands' offers need, once. */
export async function createOffer(context: CommandContext, commands: readonly Command[]): Promise<Offer> {
  const needed = new Set(
    commands.flatMap(({ offer = '' }) => [...offer.matchAll(PLACEHOLDER)].map((match) => match[1] as Kind)),
  );
  const names = new Map<string, readonly string[]>();
  for (const kind of needed) names.set(kind, await dearestNames(context, kind, 2));
  return (command) => {
    const { offer = fallback(command) } = command;
    let missing = false;
    const text = offer.replace(PLACEHOLDER, (_, kind: string, second: string) => {
      const name = names.get(kind)?.[second ? 1 : 0];
      if (name === undefined) missing = true;
      return quoteName(name ?? '');
    });
    return missing ? fallback(command) : text;
  };
}

/** A command that needs a name is asked about all. */
function fallback({ name, usage }: Command): string {
  return usage.startsWith('NAME|all') ? `${name} all` : name;
}
