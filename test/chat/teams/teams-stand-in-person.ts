/** What a person does in Teams: writes, clicks, fills in, installs. Each is a signed request to the app. */
import {
  envelope,
  installationActivity,
  invokeActivity,
  membersActivity,
  messageActivity,
  type Scene,
  submitActivity,
} from './teams-stand-in-activities.ts';
import { actionNamed, inputId, inputsOf, type Json, textOfCard } from './teams-stand-in-cards.ts';
import {
  BOT,
  GROUP_CHAT,
  type StandInMessage,
  type StandInPerson,
  TEAM,
  type World,
} from './teams-stand-in-world.ts';

/** What a person has before them: a message's card, or one that an answer put in its place. */
export interface Surface {
  /** Without a thread. */
  readonly conversation: string;
  readonly messageId: string;
  readonly thread?: string;
  readonly card: Json;
  /** It is a dialog in front of the message. */
  readonly dialog?: boolean;
}

/** What an invoke was answered. */
export interface Answered {
  /** Of HTTP. */
  readonly status: number;
  readonly body: Json;
  /** Text of the card or toast; empty if there was none. */
  readonly text: string;
  /** What the person sees now, if that is another card or a dialog. */
  readonly surface?: Surface;
}

export interface Place {
  /** A channel or chat; the person's direct chat unless told. */
  readonly in?: string;
  readonly thread?: string;
}

export interface Hand {
  readonly person: StandInPerson;
  /** The person's direct chat with the bot. */
  readonly direct: string;
  /** Resolves to the HTTP status, and where the message is; in a channel without `thread` it starts one. */
  says(text: string, place?: Place & { readonly mention?: boolean }): Promise<{ status: number; id: string }>;
  /** `old`: a client that only knows Action.Submit. */
  clicks(
    title: string,
    on: Surface | StandInMessage,
    options?: { readonly old?: boolean },
  ): Promise<Answered>;
  /** Fills inputs in by name and clicks; what is not named stays as it was found. */
  submits(
    title: string,
    values: Readonly<Record<string, string>>,
    on: Surface | StandInMessage,
    options?: { readonly old?: boolean },
  ): Promise<Answered>;
  /** Teams does so by itself for the people a card names. */
  refreshes(on: Surface | StandInMessage): Promise<Answered>;
  /** Gets the app for oneself. */
  installs(): Promise<number>;
  uninstalls(): Promise<number>;
  addsToTeam(channel?: string): Promise<number>;
  removesFromTeam(channel?: string): Promise<number>;
  addsToChat(chat?: string): Promise<number>;
  /** Any invoke. */
  invokes(name: string, value: Json, place?: Place & { readonly replyTo?: string }): Promise<Answered>;
  /** Any activity on top of what every activity carries; `change` may replace all of it. */
  sends(change: Json, place?: Place): Promise<{ status: number; body: Json }>;
}

/** Posts an activity to the app; resolves to its answer. */
export type PostActivity = (activity: Json) => Promise<{ status: number; body: Json }>;

export function createHand(
  person: StandInPerson,
  parts: {
    readonly world: World;
    readonly post: PostActivity;
    readonly serviceUrl: string;
    readonly now: () => number;
  },
): Hand {
  const { world, post } = parts;
  const direct = world.direct(person).id;

  function scene({ in: id = direct, thread }: Place = {}): Scene {
    const conversation = world.conversations.get(id);
    if (!conversation) throw new Error(`There is no conversation ${id}`);
    const { serviceUrl, now } = parts;
    return { id: world.nextId(), serviceUrl, at: now(), person, conversation, ...(thread && { thread }) };
  }

  function surfaceOf(on: Surface | StandInMessage): Surface {
    if ('card' in on) return on;
    const card = on.activity.attachments?.[0]?.content;
    const { conversation, thread, id } = on;
    const inChannel = world.conversations.get(conversation)?.kind === 'channel';
    return { conversation, messageId: id, card, ...(inChannel && { thread: thread ?? id }) };
  }

  async function invoke(
    name: string,
    value: Json,
    place: Place,
    replyTo: string | undefined,
    on?: Surface,
  ): Promise<Answered> {
    const { status, body } = await post(invokeActivity(scene(place), name, value, replyTo));
    return toAnswered(status, body, on);
  }

  async function execute(
    action: Json,
    values: Json,
    on: Surface,
    trigger: 'manual' | 'automatic',
    old: boolean,
  ) {
    const place = { in: on.conversation, ...(on.thread && { thread: on.thread }) };
    const data = { ...(typeof action.data === 'object' ? action.data : {}), ...values };
    if (action.type === 'Action.Submit' && data.msteams?.type === 'task/fetch') {
      const value = { data, context: { theme: 'default' } };
      return invoke('task/fetch', value, place, on.messageId, { ...on, dialog: true });
    }
    if (on.dialog)
      return invoke('task/submit', { data, context: { theme: 'default' } }, place, on.messageId, on);
    if (old || action.type === 'Action.Submit') {
      const { status, body } = await post(submitActivity(scene(place), data, on.messageId));
      return { status, body, text: '' };
    }
    const { type, id, verb } = action;
    const value = { action: { type, ...(id && { id }), ...(verb && { verb }), data }, trigger };
    return invoke('adaptiveCard/action', value, place, on.messageId, on);
  }

  function submits(
    title: string,
    values: Readonly<Record<string, string>>,
    on: Surface | StandInMessage,
    { old = false }: { readonly old?: boolean } = {},
  ): Promise<Answered> {
    const surface = surfaceOf(on);
    const action = actionNamed(surface.card, title);
    const filled = Object.entries(values).map(([name, value]) => [inputId(surface.card, name), value]);
    const found = action.associatedInputs === 'none' ? {} : inputsOf(surface.card);
    const taken = old && action.fallback?.type === 'Action.Submit' ? action.fallback : action;
    return execute(taken, { ...found, ...Object.fromEntries(filled) }, surface, 'manual', old);
  }

  async function move(change: 'add' | 'remove', id: string): Promise<number> {
    const here = scene({ in: id });
    const team = here.conversation.team?.id;
    for (const one of world.conversations.values())
      if (one.id === id || (team && one.team?.id === team)) one.installed = change === 'add';
    const members = change === 'add' ? 'membersAdded' : 'membersRemoved';
    const told = await post(membersActivity(here, members, [{ id: BOT.id }]));
    await post(installationActivity(scene({ in: id }), change));
    return told.status;
  }

  return {
    person,
    direct,
    submits,
    clicks: (title, on, options) => submits(title, {}, on, options),
    async says(text, place = {}) {
      const here = scene(place);
      const { kind, id: conversation } = here.conversation;
      const said = world.add({
        conversation,
        from: person.id,
        activity: { type: 'message', text },
        ...(place.thread && { thread: place.thread }),
      });
      const thread = kind === 'channel' ? (place.thread ?? said.id) : undefined;
      const mention = place.mention ?? kind !== 'direct';
      const there = { ...here, id: said.id, ...(thread && { thread }) };
      const { status } = await post(messageActivity(there, text, mention));
      return { status, id: said.id };
    },
    refreshes(on) {
      const surface = surfaceOf(on);
      const action = surface.card?.refresh?.action;
      if (!action) throw new Error('The card has nothing to refresh.');
      return execute(action, {}, surface, 'automatic', false);
    },
    installs: () => move('add', direct),
    uninstalls: () => move('remove', direct),
    addsToTeam: (channel = TEAM.id) => move('add', channel),
    removesFromTeam: (channel = TEAM.id) => move('remove', channel),
    addsToChat: (chat = GROUP_CHAT) => move('add', chat),
    invokes: (name, value, { replyTo, ...place } = {}) => invoke(name, value, place, replyTo),
    sends: (change, place) => post({ ...envelope(scene(place)), ...change }),
  };
}

/** `on`: what was clicked; an answer's card takes its place for this person. */
function toAnswered(status: number, body: Json, on: Surface | undefined): Answered {
  const dialog = body?.task?.type === 'continue' ? body.task.value?.card?.content : undefined;
  const replaced = body?.type === 'application/vnd.microsoft.card.adaptive' ? body.value : undefined;
  const card = dialog ?? replaced;
  const toast = typeof body?.value === 'string' ? body.value : (body?.value?.message ?? body?.task?.value);
  return {
    status,
    body,
    text: card ? textOfCard(card) : typeof toast === 'string' ? toast : '',
    ...(card && on && { surface: { ...on, card, dialog: dialog !== undefined } }),
  };
}
