/** The Bot Framework as the rest of this folder knows it. Only `bot-framework.ts` speaks to the SDK behind it. */
import type { RequestHandler } from 'express';
import type { AdaptiveCard } from './card-types.ts';

/** Where a request came from, and where messages go. */
export interface TeamsAddress {
  /** The connector that serves the conversation; ends without "/". */
  readonly serviceUrl: string;
  readonly tenantId: string;
  /** Of a channel or chat; "<channel>;messageid=<root>" is a thread of a channel. */
  readonly conversationId: string;
}

/** What the bot was told of a conversation; kept in the store. */
export interface KnownConversation {
  /** Without a thread. */
  readonly id: string;
  readonly workspace: string;
  readonly kind: 'channel' | 'group' | 'direct';
  readonly serviceUrl: string;
  readonly botId: string;
  /** Entra object id of the person in a direct one. */
  readonly personId?: string;
  readonly name?: string;
  /** The Teams team (Entra group id) that a channel is in. */
  readonly groupId?: string;
}

/** A person as Teams calls them. */
export interface KnownPerson {
  /** Entra object id, lower case. */
  readonly id: string;
  readonly workspace: string;
  /** "29:…", only good for this bot. */
  readonly userId: string;
  readonly name?: string;
  /** A conversation in which they can be asked about. */
  readonly conversation: string;
}

/** What must outlive the process. Every call may wait for the database; none is on the way of an acknowledgement. */
export interface TeamsMemory {
  conversation(id: string): Promise<KnownConversation | undefined>;
  /** The direct conversation with a person. */
  directWith(personId: string): Promise<KnownConversation | undefined>;
  /** Any conversation of the tenant: its serviceUrl serves the others too. */
  anyOf(workspace?: string): Promise<KnownConversation | undefined>;
  person(id: string): Promise<KnownPerson | undefined>;
  personByUserId(userId: string): Promise<KnownPerson | undefined>;
  remember(seen: {
    readonly conversation?: KnownConversation;
    readonly people: readonly KnownPerson[];
  }): Promise<void>;
  /** The bot was removed from it: nothing can be sent there. */
  forget(conversationId: string): Promise<void>;
}

/** A verified activity as Teams sends it, as far as we read it. Shapes are checked, contents are anybody's text. */
export interface TeamsActivity {
  readonly type: string;
  readonly name?: string;
  readonly id?: string;
  /** Milliseconds since 1970. */
  readonly timestamp?: number;
  readonly serviceUrl: string;
  readonly from: { readonly id: string; readonly aadObjectId?: string; readonly name?: string };
  readonly recipient: { readonly id: string; readonly name?: string };
  readonly conversation: {
    readonly id: string;
    readonly conversationType?: string;
    readonly tenantId?: string;
    readonly name?: string;
  };
  readonly tenantId?: string;
  readonly channel?: { readonly id: string; readonly name?: string };
  readonly team?: { readonly id: string; readonly aadGroupId?: string; readonly name?: string };
  readonly text?: string;
  readonly value?: unknown;
  readonly replyToId?: string;
  readonly entities?: readonly {
    readonly type: string;
    readonly text?: string;
    readonly mentioned?: { readonly id: string; readonly aadObjectId?: string; readonly name?: string };
  }[];
  readonly membersAdded?: readonly {
    readonly id: string;
    readonly aadObjectId?: string;
    readonly name?: string;
  }[];
  readonly membersRemoved?: readonly { readonly id: string }[];
  readonly action?: string;
  readonly eventType?: string;
}

/** A message we write. */
export interface TeamsMessage {
  readonly type: 'message';
  /** What a notification shows. */
  readonly summary: string;
  readonly attachments: readonly {
    readonly contentType: 'application/vnd.microsoft.card.adaptive';
    readonly content: AdaptiveCard;
  }[];
}

/** Answer to an invoke: HTTP status is 200, the body says the rest. */
export interface InvokeAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** Resolves for an invoke with what it is answered; for anything else with nothing. Never rejects. */
export type Receive = (activity: TeamsActivity) => Promise<InvokeAnswer | undefined>;

export interface TeamsMember {
  readonly userId: string;
  /** Entra object id, lower case. */
  readonly id?: string;
  readonly name?: string;
  readonly email?: string;
  readonly tenantId?: string;
  /** "user", "guest", "anonymous" … */
  readonly role?: string;
}

/** Calls of the Bot Connector: once each, no retries. All reject with a TeamsRefusal (errors.ts). */
export interface BotFramework {
  /** POST /api/messages: verifies who sends, parses, hands on. Mount it behind no body parser. */
  readonly http: RequestHandler;
  send(
    to: TeamsAddress,
    activity: TeamsMessage | { readonly type: 'typing' },
    replyTo?: string,
  ): Promise<string>;
  /** A new post in a channel; resolves to the id of the message (which is its thread's). */
  post(to: TeamsAddress, message: TeamsMessage): Promise<string>;
  /** The direct conversation with a person, by "29:…" or Entra object id; resolves to its id. */
  openDirect(to: Omit<TeamsAddress, 'conversationId'>, userId: string): Promise<string>;
  update(to: TeamsAddress, messageId: string, message: TeamsMessage): Promise<void>;
  /** By "29:…" or Entra object id; undefined when the conversation has no such member. */
  member(of: TeamsAddress, userId: string): Promise<TeamsMember | undefined>;
  /** Everybody in it, at most some thousands. */
  members(of: TeamsAddress): Promise<readonly TeamsMember[]>;
}
