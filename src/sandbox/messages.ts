/** Messages of the workspace: add, change, remove, and how app and page see them. */
import { fileObject, filesInBlocks, fileView } from './files.ts';
import { tellOfChange, tellOfMessage } from './message-events.ts';
import { appId, botId, canSee, findPerson, SLACKBOT } from './people.ts';
import { Refusal } from './refusal.ts';
import type { Channel, Message, WorkspaceState } from './state.ts';
import { typedBlock } from './typed-block.ts';
import type { Block, FileView, MessageView } from './wire.ts';

export interface NewMessage {
  readonly channel: Channel;
  readonly user: string;
  readonly text: string;
  readonly blocks?: readonly Block[];
  readonly fileIds?: readonly string[];
  readonly threadTs?: string;
  readonly broadcast?: boolean;
  readonly onlyFor?: string;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

/** Stores the message, gives every block an id, and tells the pages. */
export function addMessage(state: WorkspaceState, given: NewMessage): Message {
  const message: Message = {
    ts: state.ids.ts(),
    channel: given.channel.id,
    user: given.user,
    text: given.text,
    blocks: withBlockIds(state, given.blocks ?? []),
    fileIds: [...(given.fileIds ?? [])],
    broadcast: given.broadcast ?? false,
    ...(given.threadTs ? { threadTs: given.threadTs } : {}),
    ...(given.onlyFor ? { onlyFor: given.onlyFor } : {}),
    ...(given.metadata === undefined ? {} : { metadata: given.metadata }),
  };
  messagesOf(state, given.channel.id).push(message);
  announce(state, message);
  const parent = message.threadTs && findMessage(state, given.channel.id, message.threadTs);
  if (parent && !message.onlyFor) announce(state, parent);
  tellOfMessage(state, given.channel, message, () => messageObject(state, message));
  return message;
}

/** A line from Slack itself that one person sees. */
export function addSlackbotNote(
  state: WorkspaceState,
  note: { channel: Channel; person: string; text: string; threadTs?: string },
): void {
  const { channel, person, text, threadTs } = note;
  addMessage(state, { channel, user: SLACKBOT, text, onlyFor: person, ...(threadTs ? { threadTs } : {}) });
}

/** New content for a message; what is undefined stays. */
export function changeMessage(
  state: WorkspaceState,
  message: Message,
  content: {
    text?: string;
    blocks?: readonly Block[];
    fileIds?: readonly string[];
    metadata?: Readonly<Record<string, unknown>> | undefined;
  },
): void {
  if (content.text !== undefined) message.text = content.text;
  if (content.blocks) message.blocks = withBlockIds(state, content.blocks);
  if (content.fileIds) message.fileIds = [...content.fileIds];
  if (content.metadata !== undefined) message.metadata = content.metadata;
  if (!message.onlyFor) message.editedTs = state.ids.ts();
  announce(state, message);
  tellOfChange(state, message, () => messageObject(state, message));
}

export function removeMessage(state: WorkspaceState, message: Message): void {
  const all = messagesOf(state, message.channel);
  all.splice(all.indexOf(message), 1);
  const event = { kind: 'deleted', channel: message.channel, ts: message.ts } as const;
  state.hub.publish(event, audience(state, message));
  const parent = message.threadTs && findMessage(state, message.channel, message.threadTs);
  if (parent) announce(state, parent);
}

export function messagesOf(state: WorkspaceState, channel: string): Message[] {
  const known = state.messages.get(channel);
  if (known) return known;
  const fresh: Message[] = [];
  state.messages.set(channel, fresh);
  return fresh;
}

export function findMessage(state: WorkspaceState, channel: string, ts: string): Message | undefined {
  return messagesOf(state, channel).find((message) => message.ts === ts);
}

/** A message everybody can see; refuses as Slack does for ephemeral ones too. */
export function requireMessage(state: WorkspaceState, channel: string, ts: string): Message {
  const message = findMessage(state, channel, ts);
  if (!message || message.onlyFor) throw new Refusal('message_not_found');
  return message;
}

export function repliesTo(state: WorkspaceState, parent: Message): Message[] {
  return messagesOf(state, parent.channel).filter(
    ({ threadTs, onlyFor, ts }) => threadTs === parent.ts && !onlyFor && ts !== parent.ts,
  );
}

/** Slack gives each block that came without an id one of its own. */
export function withBlockIds(state: WorkspaceState, blocks: readonly Block[]): Block[] {
  return blocks.map((block) => ({
    ...withActionIds(state, block),
    block_id: block.block_id ?? state.ids.next('b'),
  }));
}

function withActionIds(state: WorkspaceState, block: Block): Block {
  const named = <T>(element: T): T =>
    typeof element === 'object' && element !== null && !('action_id' in element)
      ? { ...element, action_id: state.ids.next('a') }
      : element;
  switch (block.type) {
    case 'actions':
      return {
        ...block,
        elements: Array.isArray(block.elements) ? block.elements.map(named) : block.elements,
      };
    case 'section':
      return block.accessory ? { ...block, accessory: named(block.accessory) } : block;
    case 'input':
      return { ...block, element: named(block.element) };
    default:
      return block;
  }
}

/** Slack's message object; of metadata it tells only the name unless it is asked for all. */
export function messageObject(
  state: WorkspaceState,
  message: Message,
  options: { readonly metadata: 'all' | 'name' } = { metadata: 'name' },
): Record<string, unknown> {
  const byApp = message.user === state.seed.botUserId;
  const replies = repliesTo(state, message);
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: state.seed.teamId,
    ...(byApp ? { bot_id: botId(state), app_id: appId(state) } : {}),
    ...blocksOf(state, message),
    ...(message.fileIds.length > 0
      ? { files: filesOf(state, message).map((file) => fileObject(state, file)) }
      : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.metadata === undefined
      ? {}
      : {
          metadata:
            options.metadata === 'all' ? message.metadata : { event_type: message.metadata.event_type },
        }),
    ...(message.editedTs ? { edited: { user: message.user, ts: message.editedTs } } : {}),
    ...(replies.length > 0
      ? { thread_ts: message.ts, reply_count: replies.length, latest_reply: replies.at(-1)?.ts }
      : {}),
  };
}

/** What people type is rich text too, as Slack's own composer makes it. */
function blocksOf(state: WorkspaceState, message: Message): { blocks?: readonly Block[] } {
  if (message.blocks.length > 0) return { blocks: message.blocks };
  return findPerson(state, message.user) && message.text ? { blocks: [typedBlock(message)] } : {};
}

export function messageView(state: WorkspaceState, message: Message): MessageView {
  const replies = repliesTo(state, message);
  const latest = replies.at(-1)?.ts;
  return {
    ts: message.ts,
    channel: message.channel,
    user: message.user,
    app: message.user === state.seed.botUserId,
    text: message.text,
    blocks: message.blocks,
    files: filesOf(state, message).map((file) => fileView(file)),
    ephemeral: message.onlyFor !== undefined,
    edited: message.editedTs !== undefined,
    replyCount: replies.length,
    replyUsers: [...new Set(replies.map(({ user }) => user))],
    alsoInChannel: message.broadcast,
    ...(message.threadTs ? { threadTs: message.threadTs } : {}),
    ...(latest ? { latestReply: latest } : {}),
  };
}

/** Pictures that a message's blocks refer to. */
export function blockFiles(state: WorkspaceState, blocks: readonly Block[]): FileView[] {
  return filesInBlocks(state, blocks).map((file) => fileView(file));
}

function filesOf(state: WorkspaceState, message: Message) {
  return message.fileIds.flatMap((id) => state.files.get(id) ?? []);
}

function announce(state: WorkspaceState, message: Message): void {
  const files = blockFiles(state, message.blocks);
  state.hub.publish(
    { kind: 'message', message: messageView(state, message), files },
    audience(state, message),
  );
}

/** Undefined: everybody. */
function audience(state: WorkspaceState, message: Message): readonly string[] | undefined {
  if (message.onlyFor) return [message.onlyFor];
  const channel = state.channels.get(message.channel);
  return channel && channel.kind !== 'channel' ? channel.memberIds : undefined;
}

/** What this person can see, in order. */
export function visibleMessages(state: WorkspaceState, person: string): Message[] {
  return [...state.channels.values()]
    .filter((channel) => canSee(channel, person))
    .flatMap((channel) => messagesOf(state, channel.id))
    .filter(({ onlyFor }) => !onlyFor || onlyFor === person);
}
