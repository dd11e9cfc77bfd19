/** Teams runs only Action.Submit in a dialog: what else a card offers there is made one. */
import type { Conversation } from '../types.ts';
import type { AdaptiveCard } from './card-types.ts';
import { readActionData, writeActionData } from './data-of-action.ts';

/** The card as a dialog can show it. Its actions carry where the dialog was opened. */
export function dialogCard(card: AdaptiveCard, conversation: Conversation): AdaptiveCard {
  const { refresh: _, ...shown } = card;
  return submitting(shown, conversation) as AdaptiveCard;
}

function submitting(part: unknown, conversation: Conversation): unknown {
  if (Array.isArray(part)) return part.map((one) => submitting(one, conversation));
  if (typeof part !== 'object' || part === null) return part;
  const { type, data, title, style } = part as Readonly<Record<string, unknown>>;
  const ours = type === 'Action.Execute' || type === 'Action.Submit' ? readActionData(data) : undefined;
  if (!ours)
    return Object.fromEntries(
      Object.entries(part).map(([name, value]) => [name, submitting(value, conversation)]),
    );
  const { values: _, ...rest } = ours;
  return {
    type: 'Action.Submit',
    title,
    ...(style === undefined ? {} : { style }),
    data: writeActionData({ ...rest, conversation }),
  };
}
