/** What was said in the local client. It tells each message once, to the page that is open; later pages ask here. */
import * as z from 'zod';
import { TEAMS_PEOPLE } from '../sample-org/teams.ts';
import { PERSONAL_CHAT } from './playground-file.ts';

/** A line of the client's stream, as far as it is looked at; the rest is passed on as it is. */
const Event = z.looseObject({
  action: z.string(),
  actionConversationId: z.string().optional(),
  message: z.looseObject({ messageId: z.string() }).optional(),
});
export type StreamEvent = z.infer<typeof Event>;

export interface History {
  /** Takes a line of the stream. `typed` is what somebody wrote in a page of their own, which has it already. */
  add(text: string, typed?: boolean): void;
  /** Tells what came after the event of that number (0: everything), then what follows, until it is stopped. */
  follow(listener: Listener, after: number): () => void;
}

export interface Listener {
  /** Of the client's current user, who types and whose the personal chat is. */
  readonly current: boolean;
  readonly tell: (event: StreamEvent, number: number) => void;
}

interface Kept {
  readonly number: number;
  readonly event: StreamEvent;
  readonly typed: boolean;
}

/** Messages; the oldest are forgotten. */
const KEPT = 1000;

export function createHistory(): History {
  let kept: readonly Kept[] = [];
  let number = 0;
  const listeners = new Set<Listener>();
  const tell = (listener: Listener, { number, event, typed }: Kept) => {
    if (!listener.current && event.actionConversationId === PERSONAL_CHAT) return;
    listener.tell(typed && !listener.current ? named(event) : event, number);
  };
  return {
    add(text, typed = false) {
      const event = read(text);
      if (!event) return;
      number += 1;
      const added = { number, event, typed };
      kept = keep(kept, added);
      for (const listener of listeners) if (!typed || !listener.current) tell(listener, added);
    },
    follow(listener, after) {
      for (const one of kept) if (one.number > after) tell(listener, one);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The client shows everything that its own person has not typed under the bot's name. */
function named(event: StreamEvent): StreamEvent {
  const { message } = event;
  if (!message) return event;
  return { ...event, message: { ...message, text: `${TEAMS_PEOPLE[0]?.name}: ${message.text}` } };
}

function read(text: string): StreamEvent | undefined {
  const parsed = Event.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}

/** A message that was changed is kept as it is now. */
function keep(kept: readonly Kept[], added: Kept): readonly Kept[] {
  const { action, message } = added.event;
  if (!message) return kept;
  if (action === 'createMessage') return [...kept, added].slice(-KEPT);
  if (action !== 'updateMessage') return kept;
  return kept.map((one) =>
    one.event.message?.messageId === message.messageId
      ? { ...one, event: { ...one.event, message: { ...one.event.message, ...message } } }
      : one,
  );
}
