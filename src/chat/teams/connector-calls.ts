/** The calls of the Bot Connector that we need, over any client that speaks it. Each is tried once. */
import * as z from 'zod';
import { toRefusal } from './connector-errors.ts';
import { TeamsRefusal } from './errors.ts';
import type { BotFramework, TeamsAddress, TeamsMember } from './types.ts';

const TIMEOUT_MS = 15_000;
const PAGE = 500;
/** Some thousands of members; who is further down is asked for by id. */
const MOST_PAGES = 10;
const CHANNEL = 'msteams';

interface CallOptions {
  readonly timeout: number;
}

/** What a client offers; the SDK's does. Rejects with whatever it likes. */
export interface ConnectorConversations {
  createConversation(parameters: object, options: CallOptions): Promise<Created>;
  sendToConversation(conversationId: string, activity: object, options: CallOptions): Promise<Created>;
  replyToActivity(
    conversationId: string,
    to: string,
    activity: object,
    options: CallOptions,
  ): Promise<Created>;
  updateActivity(
    conversationId: string,
    id: string,
    activity: object,
    options: CallOptions,
  ): Promise<unknown>;
  getConversationMember(conversationId: string, memberId: string, options: CallOptions): Promise<unknown>;
  getConversationPagedMembers(
    conversationId: string,
    options: CallOptions & { readonly pageSize: number; readonly continuationToken: string },
  ): Promise<{ readonly continuationToken?: string; readonly members?: readonly unknown[] }>;
}

interface Created {
  readonly id?: string;
  readonly activityId?: string;
}

export interface ConnectorCallsParts {
  readonly appId?: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The client for a service; rejects with a TeamsRefusal for a service that is not Teams'. */
  clientFor(serviceUrl: string): Promise<ConnectorConversations>;
  /** Told of every refusal, before it is thrown. */
  readonly refused?: (refusal: TeamsRefusal) => void;
}

/** Every call rejects with a TeamsRefusal. */
export function createConnectorCalls(parts: ConnectorCallsParts): Omit<BotFramework, 'http'> {
  const bot = parts.appId ? { id: `28:${parts.appId}` } : undefined;
  const options = { timeout: TIMEOUT_MS };

  async function call<T>(
    { serviceUrl }: Pick<TeamsAddress, 'serviceUrl'>,
    ids: readonly string[],
    ask: (client: ConnectorConversations) => Promise<T>,
  ): Promise<T> {
    // Ids become parts of the address.
    if (ids.some((id) => /^\.*$/.test(id)))
      throw new TeamsRefusal('An id is missing.', { code: 'BadSyntax', uncertain: false });
    try {
      return await ask(await parts.clientFor(serviceUrl));
    } catch (error) {
      const refusal = toRefusal(error, parts.now);
      parts.refused?.(refusal);
      throw refusal;
    }
  }

  const written = (to: TeamsAddress, activity: object) => ({
    ...activity,
    ...(bot && { from: bot }),
    channelId: CHANNEL,
    conversation: { id: to.conversationId, tenantId: to.tenantId },
  });

  return {
    async send(to, activity, replyTo) {
      const message = written(to, activity);
      const { id } = await call(to, [to.conversationId, replyTo ?? '-'], (client) =>
        replyTo === undefined
          ? client.sendToConversation(to.conversationId, message, options)
          : client.replyToActivity(to.conversationId, replyTo, { ...message, replyToId: replyTo }, options),
      );
      if (id || activity.type === 'typing') return id ?? '';
      throw withoutId();
    },
    async post(to, message) {
      const channel = withoutThread(to.conversationId);
      const created = await call(to, [channel], (client) =>
        client.createConversation(
          {
            isGroup: true,
            ...(bot && { bot }),
            tenantId: to.tenantId,
            channelData: { channel: { id: channel }, tenant: { id: to.tenantId } },
            activity: message,
          },
          options,
        ),
      );
      const id = rootOf(created.id) ?? created.activityId;
      if (!id) throw withoutId();
      return id;
    },
    async openDirect(to, userId) {
      const { id } = await call(to, [userId], (client) =>
        client.createConversation(
          {
            isGroup: false,
            ...(bot && { bot }),
            members: [{ id: userId }],
            tenantId: to.tenantId,
            channelData: { tenant: { id: to.tenantId } },
          },
          options,
        ),
      );
      if (!id) throw withoutId();
      return id;
    },
    async update(to, messageId, message) {
      await call(to, [to.conversationId, messageId], (client) =>
        client.updateActivity(
          to.conversationId,
          messageId,
          { ...written(to, message), id: messageId },
          options,
        ),
      );
    },
    async member(of, userId) {
      const id = withoutThread(of.conversationId);
      try {
        return readMember(
          await call(of, [id, userId], (client) => client.getConversationMember(id, userId, options)),
        );
      } catch (error) {
        if (error instanceof TeamsRefusal && isNoMember(error)) return undefined;
        throw error;
      }
    },
    async members(of) {
      const id = withoutThread(of.conversationId);
      const found: TeamsMember[] = [];
      let token: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const asked = { ...options, pageSize: PAGE, ...(token && { continuationToken: token }) };
        const answer = await call(of, [id], (client) =>
          // The SDK's types want a token on the first page, too; the service does not.
          client.getConversationPagedMembers(id, asked as typeof asked & { continuationToken: string }),
        );
        found.push(...(answer.members ?? []).flatMap((member) => readMember(member) ?? []));
        token = answer.continuationToken;
        if (!token) break;
      }
      return found;
    },
  };
}

const optional = z.string().min(1).max(1000).nullish().catch(undefined);
const Member = z.object({
  id: z.string().min(1).max(1000),
  name: optional,
  email: optional,
  userPrincipalName: optional,
  aadObjectId: optional,
  objectId: optional,
  tenantId: optional,
  userRole: optional,
  role: optional,
});

/** Undefined for what is not a member. Older services call the Entra id objectId. */
function readMember(given: unknown): TeamsMember | undefined {
  const { data } = Member.safeParse(given);
  if (!data) return undefined;
  const id = (data.aadObjectId ?? data.objectId)?.toLowerCase();
  const email = data.email ?? data.userPrincipalName;
  // Where nothing is said of their role, the sign-in name says that somebody is of elsewhere.
  const external = /#EXT#/i.test(data.userPrincipalName ?? '') ? 'guest' : undefined;
  const role = data.userRole ?? data.role ?? external;
  return {
    userId: data.id,
    ...(id && { id }),
    ...(data.name && { name: data.name }),
    ...(email && { email }),
    ...(data.tenantId && { tenantId: data.tenantId.toLowerCase() }),
    ...(role && { role }),
  };
}

/** A conversation that is not there has the same status, but its own code. */
function isNoMember({ facts }: TeamsRefusal): boolean {
  return facts.status === 404 && facts.code !== 'ConversationNotFound';
}

function withoutThread(conversationId: string): string {
  return conversationId.split(';messageid=')[0] ?? conversationId;
}

/** The root message of a thread's conversation id. */
function rootOf(conversationId: string | undefined): string | undefined {
  return conversationId?.split(';messageid=')[1] || undefined;
}

function withoutId(): TeamsRefusal {
  return new TeamsRefusal('Teams took it, but did not say where it is.', { uncertain: true });
}
