/** The whole workspace in memory: plain maps; the files beside this one are the verbs on it. */
import { AppError } from '../core/errors.ts';
import { createHub, type Hub } from './hub.ts';
import { createIds, type IdSource } from './ids.ts';
import { MANIFEST_EVENTS, MANIFEST_SCOPES, MANIFEST_SHORTCUTS } from './manifest.ts';
import type { RateLimit, SandboxOptions, SeedShortcut, WorkspaceSeed } from './types.ts';
import type { Block } from './wire.ts';

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly topic: string;
  readonly kind: 'channel' | 'private' | 'direct';
  readonly memberIds: string[];
}

export interface Message {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  text: string;
  blocks: Block[];
  fileIds: string[];
  readonly threadTs?: string;
  readonly broadcast: boolean;
  /** Set on messages that only one person sees. */
  readonly onlyFor?: string;
  metadata?: Readonly<Record<string, unknown>>;
  editedTs?: string;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  title: string;
  readonly altText: string;
  readonly expectedLength: number;
  readonly createdAt: number;
  bytes?: Buffer;
  completedAt?: number;
  /** Where the file was posted: channel id → message ts. */
  readonly shares: Map<string, string[]>;
}

export interface StoredView {
  readonly id: string;
  readonly person: string;
  readonly rootId: string;
  readonly previousId: string | null;
  definition: Record<string, unknown> & { blocks: Block[] };
  hash: string;
}

export interface Trigger {
  readonly person: string;
  readonly expiresAt: number;
  used: boolean;
  /** The modal whose button or submission made the trigger; views.push stacks on it. */
  readonly viewId?: string;
}

export interface ResponseUrl {
  readonly person: string;
  readonly channel: string;
  readonly expiresAt: number;
  usesLeft: number;
  /** The message whose button was clicked, or the first answer to a command. */
  source?: { readonly ts: string; readonly ephemeral: boolean; readonly threadTs?: string };
}

export interface WorkspaceState {
  readonly seed: WorkspaceSeed;
  readonly botToken: string;
  readonly scopes: readonly string[];
  readonly events: readonly string[];
  readonly shortcuts: readonly SeedShortcut[];
  /** Sends an event to the app, without waiting for it; does nothing until the workspace knows its app. */
  tellApp: (event: Readonly<Record<string, unknown>>) => void;
  readonly now: () => number;
  readonly baseUrl: () => string;
  readonly ids: IdSource;
  readonly hub: Hub;
  readonly fileProcessingMs: number;
  readonly triggerMs: number;
  readonly rateLimit: RateLimit | false;
  readonly buckets: Map<string, { tokens: number; at: number }>;
  /** Channels and methods that answer 429 for a test: how often still, and the seconds they ask to wait. */
  readonly refusing: Map<string, { left: number; retryAfter: number }>;
  readonly channels: Map<string, Channel>;
  /** By channel, in order of ts, replies and ephemeral messages included. */
  readonly messages: Map<string, Message[]>;
  readonly files: Map<string, StoredFile>;
  readonly triggers: Map<string, Trigger>;
  readonly responseUrls: Map<string, ResponseUrl>;
  /** Open modals per person, the visible one last. */
  readonly viewStacks: Map<string, StoredView[]>;
  readonly homes: Map<string, StoredView>;
}

/** `baseUrl` may be unknown until the server listens; asking for it earlier is an error. */
export function createState(options: SandboxOptions, baseUrl: () => string | undefined): WorkspaceState {
  const { workspace } = options;
  const channels = workspace.channels.map((channel): [string, Channel] => [
    channel.id,
    {
      id: channel.id,
      name: channel.name,
      topic: channel.topic,
      kind: channel.private ? 'private' : 'channel',
      memberIds: [...channel.memberIds],
    },
  ]);
  return {
    seed: workspace,
    botToken: options.botToken,
    scopes: options.scopes ?? MANIFEST_SCOPES,
    events: options.events ?? MANIFEST_EVENTS,
    shortcuts: workspace.shortcuts ?? MANIFEST_SHORTCUTS,
    tellApp: () => undefined,
    now: options.now,
    baseUrl() {
      const url = baseUrl();
      if (url) return url;
      throw new AppError('CONFIG', 'The sandbox does not know its own address.', {
        hint: 'Call listen(), or give publicUrl when the router is mounted elsewhere.',
      });
    },
    ids: createIds(options.now),
    hub: createHub(),
    fileProcessingMs: options.fileProcessingMs ?? 400,
    triggerMs: options.triggerMs ?? 3000,
    rateLimit: options.rateLimit ?? { perSecond: 1, burst: 5 },
    buckets: new Map(),
    refusing: new Map(),
    channels: new Map(channels),
    messages: new Map(),
    files: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    viewStacks: new Map(),
    homes: new Map(),
  };
}
