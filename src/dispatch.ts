/** Interaction (command, button, form, sentence, home, shortcut) → command → replies. The one entry for every chat platform. */

import type { Dispatch, Interaction, Reply } from './chat/types.ts';
import { findForm } from './commands/forms.ts';
import { homeView } from './commands/home.ts';
import { isUserMistake, runCommand } from './commands/run.ts';
import { answerSentence } from './commands/sentence.ts';
import { rememberPosted, runShortcut } from './commands/shortcuts.ts';
import type { CommandContext } from './commands/types.ts';
import type { Actor } from './core/actor.ts';
import { findAction, type NewId, registerButtons, registerForm } from './flows/buttons.ts';
import type { Context } from './flows/context.ts';
import type { View } from './view/elements.ts';
import { composeError } from './view/messages/error.ts';
import { composeShared } from './view/messages/shared.ts';

type Of<K extends Interaction['kind']> = Extract<Interaction, { kind: K }>;

/** Makes the dispatcher. A person's mistake is answered in words; anything else is thrown to the platform. */
export function createDispatch(context: Context, newId: NewId): Dispatch {
  const withIds = (view: View) => registerButtons(context, newId, view);

  return async (interaction) => {
    try {
      return await answer(interaction);
    } catch (error) {
      if (!isUserMistake(error)) throw error;
      context.log.info({ code: error.code, reason: error.message }, 'refused an interaction');
      const view = composeError(error);
      return [interaction.kind === 'home' ? { kind: 'home', view } : { kind: 'private', view }];
    }
  };

  async function answer(interaction: Interaction): Promise<readonly Reply[]> {
    const { actor, conversation } = interaction;
    const asked: CommandContext = { ...context, actor, conversation };
    switch (interaction.kind) {
      case 'command':
        return [{ kind: 'private', view: await withIds(await ask(asked, interaction.text)) }];
      case 'button':
        return click(asked, interaction);
      case 'form':
        return submit(asked, interaction);
      case 'sentence': {
        const { view, command } = await answerSentence(asked, interaction.text);
        return [{ kind: 'public', view: await withIds(view), ...(command && { command }) }];
      }
      case 'home':
        return [{ kind: 'home', view: await withIds(await homeView(asked)) }];
      case 'shortcut': {
        const { view, public: open, command } = await runShortcut(asked, interaction);
        const shown = await withIds(view);
        return [
          open
            ? { kind: 'public', view: shown, ...(command && { command }) }
            : { kind: 'private', view: shown },
        ];
      }
      case 'posted':
        await rememberPosted(asked, interaction);
        return [];
    }
  }

  async function click(asked: CommandContext, { buttonId, actor }: Of<'button'>): Promise<readonly Reply[]> {
    const action = await findAction(context, buttonId);
    switch (action.do) {
      case 'command':
        return [{ kind: 'private', replace: true, view: await withIds(await ask(asked, action.text)) }];
      case 'share': {
        const view = await withIds(composeShared(await ask(asked, action.text), nameOf(actor), action.text));
        return [{ kind: 'public', view, command: action.text }];
      }
      case 'form': {
        const form = await findForm(action.form).build(asked, action.text);
        return [{ kind: 'form', form: await registerForm(context, newId, form) }];
      }
      case 'submit':
        return [];
    }
  }

  async function submit(asked: CommandContext, { formId, values }: Of<'form'>): Promise<readonly Reply[]> {
    const action = await findAction(context, formId);
    if (action.do !== 'submit') return [];
    const commandText = findForm(action.form).submit(action.text, values);
    return [{ kind: 'private', view: await withIds(await ask(asked, commandText)) }];
  }
}

function nameOf(actor: Actor): string {
  return actor.kind === 'person' ? (actor.name ?? actor.id) : 'Somebody';
}

async function ask(context: CommandContext, commandText: string): Promise<View> {
  return (await runCommand(context, commandText)).view;
}
