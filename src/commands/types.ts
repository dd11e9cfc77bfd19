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

/** What people come for; help lists commands by it. */
export const TASKS = ['cost', 'why', 'whose', 'informed', 'change', 'act', 'trust'] as const;
export type Task = (typeof TASKS)[number];

export interface Command {
  readonly name: string;
  /** Under which task help lists it. */
  readonly task?: Task;
  /** What it tells, in one line. */
  readonly summary: string;
  /** What may follow the name. */
  readonly usage: string;
  /** Command texts that work as they stand. */
  readonly examples: readonly string[];
  /**
   * What help's button asks: it changes nothing, and works in any organisation. {model}, {model2}, {team}, {service}
   * and {feature} stand for the dearest ones; where there is none, the button asks the name alone (or "NAME all").
   */
  readonly offer?: string;
  run(context: CommandContext, args: string): Promise<CommandResult>;
}
