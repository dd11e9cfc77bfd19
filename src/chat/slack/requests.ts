/** Commands, clicks and dialogs in Slack's shapes → requests in ours. */
import type { BlockAction, SlackViewAction, SlashCommand } from '@slack/bolt';
import type { Actor } from '../../core/actor.ts';
import type { Request } from './answer.ts';
import { unescapeCommand } from './escape.ts';
import { type DialogMetadata, type FormMetadata, readDialog } from './form-metadata.ts';
import { slowForm } from './render-actions.ts';

export function commandRequest(command: SlashCommand): Request {
  const conversation = {
    platform: 'slack',
    workspace: command.team_id,
    channel: command.channel_id,
  };
  return {
    interaction: {
      kind: 'command',
      text: unescapeCommand(command.text ?? '').trim(),
      actor: personOf({ id: command.user_id, name: command.user_name }, command.team_id),
      conversation,
    },
    user: command.user_id,
    privately: conversation,
    responseUrl: command.response_url,
    trigger: command.trigger_id,
    ownMessage: false,
  };
}

/** On the app's home there is no channel: the conversation is the one with the person. */
export function buttonRequest(buttonId: string, body: BlockAction): Request {
  const workspace = body.team?.id ?? body.user.team_id;
  const thread: unknown = body.container.thread_ts ?? body.message?.thread_ts;
  // In a dialog: where it was opened from.
  const dialog = body.view?.type === 'modal' ? readDialog(body.view.private_metadata) : undefined;
  const place = dialog?.conversation ?? {
    platform: 'slack',
    channel: body.channel?.id ?? body.user.id,
    ...(typeof thread === 'string' && thread ? { thread } : {}),
  };
  const conversation = { ...place, ...(workspace ? { workspace } : {}) };
  const slow = slowForm(body.actions[0]?.action_id);
  return {
    interaction: {
      kind: 'button',
      buttonId,
      // Whose workspace it is: in a shared channel another one than where it was clicked.
      actor: personOf(body.user, body.user.team_id ?? workspace),
      conversation,
    },
    user: body.user.id,
    privately: conversation,
    // Clicks on the home bring none.
    ...(body.response_url ? { responseUrl: body.response_url } : {}),
    trigger: body.trigger_id,
    ...(body.view ? { page: pageOf(body.view, dialog) } : {}),
    ...(slow ? { slowForm: slow } : {}),
    ownMessage: body.container.is_ephemeral === true,
  };
}

function pageOf(
  view: { readonly type: string; readonly id: string },
  dialog: DialogMetadata | undefined,
): NonNullable<Request['page']> {
  if (view.type !== 'modal') return {};
  return { dialog: view.id, ...(dialog?.name ? { form: dialog.name } : {}) };
}

/** The dialog's own memory says where its answer goes; from which workspace it comes, Slack says. */
export function formRequest(metadata: FormMetadata, body: SlackViewAction): Request {
  const workspace = body.team?.id ?? body.user.team_id;
  const conversation = { ...metadata.conversation, ...(workspace ? { workspace } : {}) };
  const trigger: unknown = 'trigger_id' in body ? body.trigger_id : undefined;
  return {
    interaction: {
      kind: 'form',
      formId: metadata.form,
      values: formValues(body),
      actor: personOf(body.user, body.user.team_id ?? workspace),
      conversation,
    },
    user: body.user.id,
    privately: conversation,
    ...(typeof trigger === 'string' ? { trigger } : {}),
    ownMessage: false,
  };
}

export function personOf(
  user: { readonly id: string; readonly name?: string | undefined },
  workspace: string | undefined,
): Actor {
  return {
    kind: 'person',
    platform: 'slack',
    id: user.id,
    ...(user.name ? { name: user.name } : {}),
    ...(workspace ? { workspace } : {}),
  };
}

/** One value per field, by field name; a field left empty is absent. */
function formValues(body: SlackViewAction): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, inputs] of Object.entries(body.view.state.values)) {
    const input = Object.values(inputs)[0];
    const several = input?.selected_options?.map((option) => option.value).join(',');
    const value = several ?? input?.selected_option?.value ?? input?.selected_date ?? input?.value;
    if (typeof value === 'string' && value !== '') values[name] = value;
  }
  return values;
}
