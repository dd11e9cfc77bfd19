/** The bot came to a conversation or left it: says hello once, and forgets where it is no longer wanted. */
import type { Logger } from '../../core/log.ts';
import { code, type Element, text, type View } from '../../view/elements.ts';
import type { AnswerDelivery } from './answer.ts';
import { originOf, type Person, personOf, type Request } from './requests.ts';
import type { TeamsActivity, TeamsMemory } from './types.ts';

export interface GreetParts {
  readonly memory: Pick<TeamsMemory, 'conversation' | 'forget'>;
  readonly delivery: Pick<AnswerDelivery, 'post'>;
  /** Notes where the activity came from. Never rejects. */
  readonly remember: (activity: TeamsActivity) => Promise<void>;
  /** Answers a person's wish to see their home. Never rejects. */
  readonly showHome: (request: Request) => Promise<void>;
  readonly log: Logger;
}

/** For conversationUpdate and installationUpdate: Teams sends both when an app is installed. Rejects when Teams refuses. */
export function createGreet(parts: GreetParts): (activity: TeamsActivity) => Promise<void> {
  const { memory, delivery, remember, showHome, log } = parts;
  const greeting = new Set<string>();

  async function greet(activity: TeamsActivity): Promise<void> {
    const origin = originOf(activity);
    const known = await memory.conversation(origin.conversation.channel);
    await remember(activity);
    if (known) return;
    if (origin.shared) {
      await delivery.post(origin.conversation, greetingView(activity.recipient.name));
      return;
    }
    const person = newcomer(activity);
    if (!person) {
      await delivery.post(origin.conversation, directGreetingView());
      return;
    }
    const { conversation } = origin;
    await showHome({ interaction: { kind: 'home', actor: person, conversation }, origin, person });
  }

  return async (activity) => {
    const { channel } = originOf(activity).conversation;
    if (isLeaving(activity)) {
      await memory.forget(channel);
      log.info({ conversation: channel }, 'Pennywatch was removed from a Teams conversation');
      return;
    }
    if (!isComing(activity)) return remember(activity);
    if (greeting.has(channel)) return remember(activity);
    greeting.add(channel);
    try {
      await greet(activity);
    } finally {
      greeting.delete(channel);
    }
  };
}

function isComing({ type, action, membersAdded, recipient }: TeamsActivity): boolean {
  return type === 'installationUpdate'
    ? action === 'add'
    : membersAdded?.some(({ id }) => id === recipient.id) === true;
}

function isLeaving({ type, action, eventType, membersRemoved, recipient }: TeamsActivity): boolean {
  if (type === 'installationUpdate') return action === 'remove';
  return eventType === 'teamDeleted' || membersRemoved?.some(({ id }) => id === recipient.id) === true;
}

/** Who has installed the app for themselves; Teams names them as sender, or as a member beside the bot. */
function newcomer(activity: TeamsActivity): Person | undefined {
  const other = activity.membersAdded?.find(({ id }) => id !== activity.recipient.id);
  return personOf(activity) ?? (other && personOf({ ...activity, from: other }));
}

const EXAMPLES = ['cost model bert', 'cost top models 7d', 'what did we spend last week?'];

/** Hello to a team or group chat. */
export function greetingView(name = 'Pennywatch'): View {
  return {
    elements: [
      line(`Hello, I am ${name}: I watch what AI workloads cost, and say so here.`),
      line('Name me and ask, for example:'),
      list(EXAMPLES.map((example) => `@${name} ${example}`)),
      {
        kind: 'context',
        spans: [
          text(
            'I answer in the thread of the question. An admin can have weekly reports and anomalies posted here.',
          ),
        ],
      },
    ],
  };
}

/** Hello to somebody of whom Teams did not say who it is. */
function directGreetingView(): View {
  return {
    elements: [line('Hello, this is Pennywatch. Ask what AI workloads cost, for example:'), list(EXAMPLES)],
  };
}

function line(words: string): Element {
  return { kind: 'text', spans: [text(words)] };
}

function list(commands: readonly string[]): Element {
  return { kind: 'list', items: commands.map((command) => [code(command)]) };
}
