/** Buttons as sets of actions. A click brings back the opaque id, and what is needed to answer it. */
import type { Conversation } from '../../core/conversation.ts';
import { AppError } from '../../core/errors.ts';
import type { Button } from '../../view/elements.ts';
import type { CardAction, CardData, ExecuteAction } from './card-types.ts';
import { clip, oneLine } from './clip.ts';
import { type ActionWord, writeActionData } from './data-of-action.ts';
import { limits } from './limits.ts';
import type { Part } from './rich-text.ts';

export interface ActionPlace {
  /** Form buttons open Teams dialogs. */
  readonly dialogs?: boolean;
  /** The card is shown in a Teams dialog, where everything is submitted. */
  readonly inDialog?: boolean;
  /** Where the answer to a click in a dialog goes. */
  readonly conversation?: Conversation;
}

/** Sets of up to 6 actions: Teams drops the others of a set. Throws INTERNAL for a button that was never registered. */
export function renderActions(buttons: readonly Button[], place: ActionPlace = {}): Part {
  return actionSets(buttons.map((button) => renderButton(button, place)));
}

export function actionSets(actions: readonly CardAction[]): Part {
  const count = Math.ceil(actions.length / limits.actions.perSet);
  // Of about the same size: one button alone below six looks forgotten.
  const size = Math.ceil(actions.length / Math.max(1, count));
  const sets = Array.from({ length: count }, (_, index) => ({
    type: 'ActionSet' as const,
    ...(index > 0 ? { spacing: 'Small' as const } : {}),
    actions: actions.slice(index * size, (index + 1) * size),
  }));
  return { elements: sets.filter((set) => set.actions.length > 0), mentions: [] };
}

/** What shows a person their own view of the message. */
export function mineAction(button: Button): ExecuteAction {
  return execute('mine', button.label, writeActionData({ pw: 'mine', id: usableId(button) }));
}

/** The message's own card again. What is filled in does not matter. */
export function backAction(title: string): ExecuteAction {
  return { ...execute('back', title, writeActionData({ pw: 'back' })), associatedInputs: 'none' };
}

/** Answered with a card for the person who clicked; older clients send the same data as a message. */
export function execute(verb: ActionWord, label: string, data: CardData): ExecuteAction {
  const title = actionTitle(label);
  return { type: 'Action.Execute', title, verb, data, fallback: { type: 'Action.Submit', title, data } };
}

/** Titles are plain text in every client. */
export function actionTitle(label: string): string {
  return clip(oneLine(label), limits.actions.title) || '…';
}

function renderButton(button: Button, { dialogs, inDialog, conversation }: ActionPlace): CardAction {
  const { action, style, label } = button;
  const slow = action.do === 'form' && action.slow === true;
  const data = writeActionData({
    pw: 'button',
    id: usableId(button),
    ...(slow ? { slow, form: action.form } : {}),
    ...(inDialog && conversation ? { conversation } : {}),
  });
  const look = style ? { style: style === 'danger' ? ('destructive' as const) : ('positive' as const) } : {};
  const submit = { type: 'Action.Submit' as const, title: actionTitle(label), ...look };
  if (inDialog) return { ...submit, data };
  if (action.do === 'form' && dialogs)
    return { ...submit, data: { ...data, msteams: { type: 'task/fetch' } } };
  return { ...execute('button', label, data), ...look };
}

function usableId({ id, label }: Button): string {
  if (id && id.length <= limits.actions.id) return id;
  throw new AppError('INTERNAL', `The button "${label}" has no usable id.`, {
    hint: 'Register the buttons of a view before it is rendered.',
  });
}
