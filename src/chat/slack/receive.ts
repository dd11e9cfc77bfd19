/** Bolt listeners: acknowledge first, then turn Slack's payload into an Interaction and answer it. */
import type { App, BlockAction, SlackViewAction, SlashCommand } from '@slack/bolt';
import type { Logger } from '../../core/log.ts';
import type { Interaction } from '../types.ts';
import type { Answer, Request } from './answer.ts';
import { unescapeCommand } from './escape.ts';
import { type FormMetadata, readFormMetadata } from './form-metadata.ts';
import { BUTTON_PREFIX } from './render-actions.ts';
import { FORM_CALLBACK } from './render-form.ts';

/** Registers every listener. `answer` runs after the acknowledgement, however long it takes. */
export function registerListeners(app: App, answer: Answer, log: Logger): void {
  app.use(async ({ context, ack, next }) => {
    if (context.replayed !== true) return next();
    log.warn({}, 'A replayed Slack request was dropped');
    if (ack) await (ack as () => Promise<void>)();
  });

  app.command(/.*/, async ({ ack, command }) => {
    await ack();
    await answer(commandRequest(command));
  });

  app.action<BlockAction>(
    { type: 'block_actions', action_id: new RegExp(`^${BUTTON_PREFIX}`) },
    async ({ ack, action, body }) => {
      await ack();
      if (action.type === 'button' && action.value) await answer(buttonRequest(action.value, body));
    },
  );

  app.view(FORM_CALLBACK, async ({ ack, body }) => {
    await ack();
    const metadata = readFormMetadata(body.view.private_metadata);
    if (metadata) return answer(formRequest(metadata, body));
    log.error({ view: body.view.id }, 'A Slack dialog came back without its metadata');
  });

  app.error(async (error) => {
    log.error({ err: error }, 'A Slack request could not be handled');
  });
}

function commandRequest(command: SlashCommand): Request {
  const interaction: Interaction = {
    kind: 'command',
    text: unescapeCommand(command.text ?? '').trim(),
    actor: {
      kind: 'person',
      platform: 'slack',
      id: command.user_id,
      name: command.user_name,
      workspace: command.team_id,
    },
    conversation: { platform: 'slack', workspace: command.team_id, channel: command.channel_id },
  };
  return {
    interaction,
    user: command.user_id,
    responseUrl: command.response_url,
    trigger: command.trigger_id,
    ownMessage: false,
  };
}

function buttonRequest(buttonId: string, body: BlockAction): Request {
  const workspace = body.team?.id ?? body.user.team_id;
  const thread: unknown = body.container.thread_ts ?? body.message?.thread_ts;
  const interaction: Interaction = {
    kind: 'button',
    buttonId,
    actor: {
      kind: 'person',
      platform: 'slack',
      id: body.user.id,
      ...(body.user.name ? { name: body.user.name } : {}),
      ...(workspace ? { workspace } : {}),
    },
    conversation: {
      platform: 'slack',
      channel: body.channel?.id ?? '',
      ...(workspace ? { workspace } : {}),
      ...(typeof thread === 'string' && thread ? { thread } : {}),
    },
  };
  return {
    interaction,
    user: body.user.id,
    responseUrl: body.response_url,
    trigger: body.trigger_id,
    ownMessage: body.container.is_ephemeral === true,
  };
}

function formRequest(metadata: FormMetadata, body: SlackViewAction): Request {
  const interaction: Interaction = {
    kind: 'form',
    formId: metadata.form,
    values: formValues(body),
    actor: {
      kind: 'person',
      platform: 'slack',
      id: body.user.id,
      name: body.user.name,
      ...(body.team?.id ? { workspace: body.team.id } : {}),
    },
    conversation: metadata.conversation,
  };
  const trigger: unknown = 'trigger_id' in body ? body.trigger_id : undefined;
  return {
    interaction,
    user: body.user.id,
    ...(typeof trigger === 'string' ? { trigger } : {}),
    ownMessage: false,
  };
}

/** One value per field, by field name; a field left empty is absent. */
function formValues(body: SlackViewAction): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, inputs] of Object.entries(body.view.state.values)) {
    const input = Object.values(inputs)[0];
    const value = input?.selected_option?.value ?? input?.value;
    if (typeof value === 'string' && value !== '') values[name] = value;
  }
  return values;
}
