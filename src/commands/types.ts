/** A `/cost …` subcommand: the same for every chat platform and the terminal. */
import type { Actor } from '../core/actor.ts';
import type { Conversation } from '../core/conversation.ts';
import type { Context } from '../flows/context.ts';
import type { View } from '../view/elements.ts';

export interface CommandContext extends Context {
  readonly actor: Actor;
  /** Where it was typed; absent in the terminal. */
  readonly conversation?: Conversation;
}

export interface CommandResult {
  readonly view: View;
  /** The same answer as data, for `ask --json`: amounts are decimal strings. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Command {
  readonly name: string;
  /** What it tells, in one line. */
  readonly summary: string;
  /** What may follow the name. */
  readonly usage: string;
  /** Command texts that work as they stand. */
  readonly examples: readonly string[];
  run(context: CommandContext, args: string): Promise<CommandResult>;
}
