/** Interaction (command, button, form) → command → replies. The one entry for every chat platform. */

import type { Dispatch, Interaction, Reply } from './chat/types.ts';
import { applyChange, changeForm } from './commands/change-form.ts';
import { isUserMistake, runCommand } from './commands/run.ts';
import type { Actor } from './core/actor.ts';
import { findAction, type NewId, registerButtons, registerForm } from './flows/buttons.ts';
import type { Context } from './flows/context.ts';
import { text, type View } from './view/elements.ts';
import { composeError } from './view/messages/error.ts';

/** Makes the dispatcher. A person's mistake is answered in words; anything else is thrown to the platform. */
export function createDispatch(context: Context, newId: NewId): Dispatch {
  const ask = async (actor: Actor, commandText: string): Promise<View> =>
    (await runCommand({ ...context, actor }, commandText)).view;
  const withIds = (view: View) => registerButtons(context, newId, view);

  return async (interaction) => {
    try {
      return await answer(interaction);
    } catch (error) {
      if (!isUserMistake(error)) throw error;
      context.log.info({ code: error.code, reason: error.message }, 'refused an interaction');
      return [{ kind: 'private', view: composeError(error) }];
    }
  };

  async function answer(interaction: Interaction): Promise<readonly Reply[]> {
    const { actor } = interaction;
    if (interaction.kind === 'command')
      return [{ kind: 'private', view: await withIds(await ask(actor, interaction.text)) }];
    if (interaction.kind === 'form') return submit(interaction);
    const action = await findAction(context, interaction.buttonId);
    switch (action.do) {
      case 'command':
        return [{ kind: 'private', replace: true, view: await withIds(await ask(actor, action.text)) }];
      case 'share':
        return [
          { kind: 'public', view: await withIds(shared(await ask(actor, action.text), actor, action.text)) },
        ];
      case 'form':
        return [{ kind: 'form', form: await registerForm(context, newId, changeForm(action.text)) }];
      case 'submit':
        return [];
    }
  }

  async function submit(interaction: Extract<Interaction, { kind: 'form' }>): Promise<readonly Reply[]> {
    const action = await findAction(context, interaction.formId);
    if (action.do !== 'submit') return [];
    const commandText = applyChange(action.text, interaction.values);
    return [{ kind: 'private', view: await withIds(await ask(interaction.actor, commandText)) }];
  }
}

/** The answer as others see it: who asked what, and no button to share it again. */
function shared(view: View, actor: Actor, commandText: string): View {
  const who = actor.kind === 'person' ? (actor.name ?? actor.id) : 'Somebody';
  const elements = view.elements.map((element) =>
    element.kind === 'actions'
      ? { ...element, buttons: element.buttons.filter((button) => button.action.do !== 'share') }
      : element,
  );
  return {
    elements: [...elements, { kind: 'context', spans: [text(`${who} shared /cost ${commandText}`)] }],
  };
}
