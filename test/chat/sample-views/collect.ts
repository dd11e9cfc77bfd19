/** What the samples have in common: people on both platforms, and how views are taken from commands and the outbox. */
import { findForm } from '../../../src/commands/forms.ts';
import { runCommand } from '../../../src/commands/run.ts';
import type { CommandContext } from '../../../src/commands/types.ts';
import type { Actor } from '../../../src/core/actor.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { Context } from '../../../src/flows/context.ts';
import type { Store } from '../../../src/store/open.ts';
import type { Form, View } from '../../../src/view/elements.ts';
import { composeError } from '../../../src/view/messages/error.ts';

export interface Samples {
  readonly views: Readonly<Record<string, View>>;
  readonly forms: Readonly<Record<string, Form>>;
}

/** A person's Entra object id, by a number. */
export function teamsId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function asking(context: Context, slack: string): CommandContext {
  const actor: Actor = { kind: 'person', platform: 'slack', id: slack, workspace: 'T1' };
  return { ...context, actor, conversation: { platform: 'slack', workspace: 'T1', channel: 'C0GENERAL' } };
}

/** What a command answers; a refusal in words is a message too. */
export async function answerOf(context: CommandContext, command: string): Promise<View> {
  try {
    return (await runCommand(context, command)).view;
  } catch (error) {
    if (error instanceof AppError && error.code !== 'INTERNAL') return composeError(error);
    throw error;
  }
}

export async function formOf(context: CommandContext, form: string, command: string): Promise<Form> {
  return findForm(form).build(context, command);
}

/** Takes the messages that are new in the outbox since the last time, or were rewritten, each by the name it is given. */
export function openMailbox(store: Store): (...names: string[]) => Promise<Record<string, View>> {
  const seen = new Map<number, string>();
  return async (...names) => {
    const rows = await store.outboxMessage.findMany({ orderBy: { id: 'asc' } });
    const changed = rows.filter(({ id, view }) => seen.get(id) !== view);
    for (const { id, view } of changed) seen.set(id, view);
    if (changed.length !== names.length)
      throw new Error(`${changed.length} messages for ${names.join(', ')}: ${changed.map(({ key }) => key)}`);
    return Object.fromEntries(changed.map(({ view }, index) => [names[index], JSON.parse(view) as View]));
  };
}
