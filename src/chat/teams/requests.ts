/** Verified activities → requests in our words: who asks, where, and what was clicked. */
import type { Actor } from '../../core/actor.ts';
import type { Conversation, Interaction } from '../types.ts';
import type { ActionData } from './data-of-action.ts';
import type { TeamsActivity, TeamsAddress } from './types.ts';

export type Person = Extract<Actor, { kind: 'person' }>;

/** Where a request came from. */
export interface Origin {
  readonly conversation: Conversation;
  readonly address: TeamsAddress;
  /** Others are in it too. */
  readonly shared: boolean;
  /** Message whose card was clicked. */
  readonly messageId?: string;
}

export interface Request {
  readonly interaction: Interaction;
  readonly origin: Origin;
  readonly person: Person;
  /** Teams asks by itself, to show the person their own view: nobody waits for words. */
  readonly automatic?: boolean;
}

/** Undefined where Teams does not say who it is: another bot, a webhook, somebody anonymous. */
export function personOf({ from, ...activity }: TeamsActivity): Person | undefined {
  const id = from.aadObjectId?.toLowerCase();
  if (id === undefined || !isSafeId(id) || from.id.startsWith('28:')) return undefined;
  const workspace = tenantOf(activity);
  return {
    kind: 'person',
    platform: 'teams',
    id,
    ...(from.name && { name: from.name }),
    ...(workspace && { workspace }),
  };
}

/** An id is never markup or a path. */
export function isSafeId(id: string): boolean {
  return /^[\da-z-]{1,64}$/i.test(id);
}

/** Ids of messages are numbers of milliseconds; local clients have others. */
export function isMessageId(id: string): boolean {
  return /^[\w:.-]{1,200}$/.test(id);
}

export function originOf(activity: TeamsActivity): Origin {
  const [channel = '', root] = activity.conversation.id.split(';messageid=');
  const { conversationType } = activity.conversation;
  const workspace = tenantOf(activity);
  const direct = conversationType === 'personal';
  const thread = conversationType === 'channel' ? (root ?? rootOf(activity)) : undefined;
  return {
    conversation: {
      platform: 'teams',
      ...(workspace && { workspace }),
      channel,
      ...(thread && { thread }),
      ...(direct && { direct }),
    },
    address: {
      serviceUrl: activity.serviceUrl,
      tenantId: workspace ?? '',
      conversationId: activity.conversation.id,
    },
    shared: !direct,
    ...(activity.replyToId && { messageId: activity.replyToId }),
  };
}

export function tenantOf({
  tenantId,
  conversation,
}: Pick<TeamsActivity, 'tenantId' | 'conversation'>): string | undefined {
  return tenantId ?? conversation.tenantId;
}

/** A first message of a channel begins the thread its answer goes to; a click is in the thread of what was clicked. */
function rootOf({ type, id, replyToId }: TeamsActivity): string | undefined {
  return type === 'message' ? (replyToId ?? id) : replyToId;
}

/**
 * A click or a sent form. Undefined for data that does not hold together, and for a form of another conversation:
 * what the data says of where an answer goes is only a hint.
 */
export function clickRequest(
  activity: TeamsActivity,
  person: Person,
  data: ActionData,
  automatic = false,
): Request | undefined {
  const origin = originOf(activity);
  const { id, conversation: hint } = data;
  if (!id || (hint && hint.channel !== origin.conversation.channel)) return undefined;
  // In a dialog Teams names the channel, but not always the thread it was opened in.
  const hinted = origin.shared && hint?.thread && isMessageId(hint.thread) ? hint.thread : undefined;
  const thread = origin.conversation.thread ?? hinted;
  const conversation = { ...origin.conversation, ...(thread && { thread }) };
  const who = { actor: person, conversation };
  return {
    interaction:
      data.pw === 'form'
        ? { kind: 'form', formId: id, values: filledIn(data.values), ...who }
        : { kind: 'button', buttonId: id, ...who },
    origin: { ...origin, conversation },
    person,
    ...(automatic && { automatic }),
  };
}

/** A field left empty is absent. */
function filledIn(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

const HOME = /^(?:home|hi|hello|start)$/i;

/** What was written: words for the dispatcher, or the wish to see the home. */
export function wordsRequest(activity: TeamsActivity, person: Person, said: string): Request {
  const origin = originOf(activity);
  const who = { actor: person, conversation: origin.conversation };
  return {
    interaction: HOME.test(said) ? { kind: 'home', ...who } : { kind: 'sentence', text: said, ...who },
    origin,
    person,
  };
}
