/** Interaction (command, button, form, sentence, home, shortcut) → command → replies. The one entry for every chat platform. */

import type { Dispatch, Interaction, Reply } from './chat/types.ts';
import { findForm } from './commands/forms.ts';
import { homeView } from './commands/home.ts';
import { isUserMistake, runCommand } from './commands/run.ts';
import { answerSentence } from './commands/sentence.ts';
import { rememberPosted, runShortcut } from './commands/shortcuts.ts';
import type { CommandContext } from './commands/types.ts';
import type { Actor } from './core/actor.ts';
import { findAction, type KnownButton, type NewId, registerButtons, registerForm } from './flows/buttons.ts';
import type { Context } from './flows/context.ts';
import { introduce, refuseForeign } from './flows/introduce.ts';
import { auditRefusals } from './flows/refused.ts';
import { refuseUsed, runOnce } from './flows/use-button.ts';
import type { View } from './view/elements.ts';
import { composeError } from './view/messages/error.ts';
import { composeRefusedForm } from './view/messages/refused-form.ts';
import { composeShared } from './view/messages/shared.ts';

type Of<K extends Interaction['kind']> = Extract<Interaction, { kind: K }>;
type Answered = Omit<CommandContext, 'conversation'> & Required<Pick<CommandContext, 'conversation'>>;

/** Makes the dispatcher. A person's mistake is answered in words; anything else is thrown to the platform. */
export function createDispatch(context: Context, newId: NewId): Dispatch {
  return async (interaction) => {
    try {
      return await auditRefusals(context, interaction.actor, () => admit(interaction));
    } catch (error) {
      if (!isUserMistake(error)) throw error;
      context.log.info({ code: error.code, reason: error.message }, 'refused an interaction');
      const view = composeError(error);
      return [interaction.kind === 'home' ? { kind: 'home', view } : { kind: 'private', view }];
    }
  };

  /** Who it is, is asked here, once, before any transaction; what follows is handed an actor that says so. */
  async function admit(interaction: Interaction): Promise<readonly Reply[]> {
    const actor = await introduce(context, interaction.actor);
    await refuseForeign(context, actor, interaction.conversation);
    return answer({ ...context, actor, conversation: interaction.conversation }, interaction);
  }

  async function answer(asked: Answered, interaction: Interaction): Promise<readonly Reply[]> {
    switch (interaction.kind) {
      case 'command':
        return [{ kind: 'private', view: await withIds(asked, await ask(asked, interaction.text)) }];
      case 'button':
        return click(asked, interaction);
      case 'form':
        return submit(asked, interaction);
      case 'sentence': {
        const { view, command } = await answerSentence(asked, interaction.text);
        return [{ kind: 'public', view: await withIds(asked, view), ...(command && { command }) }];
      }
      case 'home':
        return [{ kind: 'home', view: await withIds(asked, await homeView(asked)) }];
      case 'shortcut': {
        const { view, public: open, command } = await runShortcut(asked, interaction);
        const shown = await withIds(asked, view);
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

  async function click(asked: Answered, { buttonId }: Of<'button'>): Promise<readonly Reply[]> {
    const button = await findAction(context, buttonId, asked.conversation);
    const { action } = button;
    switch (action.do) {
      case 'command': {
        const view = await perform(asked, button, action.text);
        return [{ kind: 'private', replace: true, view: await withIds(asked, view) }];
      }
      case 'share': {
        const shared = composeShared(
          await perform(asked, button, action.text),
          nameOf(asked.actor),
          action.text,
        );
        return [{ kind: 'public', view: await withIds(asked, shared), command: action.text }];
      }
      case 'form': {
        if (button.once) await refuseUsed(context, { id: button.id, actor: asked.actor, text: action.text });
        const form = await findForm(action.form).build(asked, action.text);
        const opened = { home: asked.conversation, opener: button };
        return [{ kind: 'form', form: await registerForm(context, newId, form, opened) }];
      }
      case 'submit':
        return [];
    }
  }

  async function submit(asked: Answered, { formId, values }: Of<'form'>): Promise<readonly Reply[]> {
    const { action } = await findAction(context, formId, asked.conversation);
    if (action.do !== 'submit') return [];
    const form = findForm(action.form);
    const opener = { id: action.opener ?? '', once: action.opener !== undefined };
    try {
      const commandText = form.submit(action.text, values);
      return [{ kind: 'private', view: await withIds(asked, await perform(asked, opener, commandText)) }];
    } catch (error) {
      // The dialog is closed by now: what was wrong with it is said where it was opened.
      if (!isUserMistake(error) || error.code !== 'INVALID') throw error;
      const view = composeRefusedForm(error, { ...action, slow: form.slow === true });
      return [{ kind: 'private', view: await withIds(asked, view) }];
    }
  }

  function perform(
    asked: Answered,
    { id, once }: Pick<KnownButton, 'id' | 'once'>,
    commandText: string,
  ): Promise<View> {
    if (!once) return ask(asked, commandText);
    return runOnce(context, { id, actor: asked.actor, text: commandText }, () => ask(asked, commandText));
  }

  function withIds({ conversation }: Answered, view: View): Promise<View> {
    return registerButtons(context, newId, view, conversation);
  }
}

function nameOf(actor: Actor): string {
  return actor.kind === 'person' ? (actor.name ?? actor.id) : 'Somebody';
}

async function ask(context: CommandContext, commandText: string): Promise<View> {
  return (await runCommand(context, commandText)).view;
}
