/** Bot Connector v3 as Teams serves it: conversations, activities, members, and the refusals of its documentation. */
import { type Request, type Response, Router } from 'express';
import type { Json } from './teams-stand-in-cards.ts';
import type { CallKind, Faults } from './teams-stand-in-faults.ts';
import type { StandInConversation, StandInPerson, World } from './teams-stand-in-world.ts';

/** A call of the Bot Connector that arrived. */
export interface ConnectorCall {
  readonly kind: CallKind;
  /** As in the address: with a thread, if it had one. */
  readonly conversation?: string;
  readonly body: Json;
  readonly authorization?: string;
}

export interface ConnectorParts {
  readonly world: World;
  readonly faults: Faults;
  readonly calls: ConnectorCall[];
  /** Whether an Authorization header is one of ours. */
  readonly isKnown: (authorization: string | undefined) => boolean;
  /** Members on one page. */
  readonly pageSize: () => number;
}

/** Ordinary refusals, thrown in the middle of a call. */
class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** UTF-16, without pictures that are written into it. */
const MESSAGE_BYTES = 100 * 1024;

export function connectorRouter(parts: ConnectorParts): Router {
  const { world, faults, calls } = parts;
  const router = Router();

  function route(
    kind: CallKind,
    act: (request: Request) => { readonly status: number; readonly body?: Json },
  ) {
    return (request: Request, response: Response): void => {
      const { authorization } = request.headers;
      const { conversation } = request.params as { conversation?: string };
      calls.push({
        kind,
        body: request.body,
        ...(conversation ? { conversation } : {}),
        ...(authorization ? { authorization } : {}),
      });
      const fault = faults.take(kind);
      if (fault?.cut) return void request.socket.destroy();
      if (fault?.retryAfter !== undefined) response.setHeader('retry-after', String(fault.retryAfter));
      if (fault?.status)
        return void refuse(response, fault.status, fault.code ?? 'ServiceError', 'Told to fail.');
      if (!parts.isKnown(authorization))
        return void response.status(401).json({ message: 'Authorization has been denied for this request.' });
      try {
        const { status, body } = act(request);
        if (fault?.lost) return void request.socket.destroy();
        response.status(status).json(body ?? {});
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refuse(response, error.status, error.code, error.message);
      }
    };
  }

  router.post(
    '/v3/conversations',
    route('create', ({ body }) => create(world, body)),
  );
  const activities = '/v3/conversations/:conversation/activities';
  router.post(
    activities,
    route('send', ({ params, body }) => send(world, String(params.conversation), body)),
  );
  router.post(
    `${activities}/:activity`,
    route('send', ({ params, body }) =>
      send(world, String(params.conversation), body, String(params.activity)),
    ),
  );
  router.put(
    `${activities}/:activity`,
    route('update', ({ params, body }) => {
      const message = own(world, String(params.conversation), String(params.activity));
      refuseLarge(body);
      message.activity = { ...body, id: message.id };
      message.edits += 1;
      return { status: 200, body: { id: message.id } };
    }),
  );
  router.delete(
    `${activities}/:activity`,
    route('delete', ({ params }) => {
      own(world, String(params.conversation), String(params.activity)).removed = true;
      return { status: 200 };
    }),
  );
  router.get(
    '/v3/conversations/:conversation/members/:member',
    route('member', ({ params }) => {
      const { conversation } = open(world, String(params.conversation));
      const person = world.person(String(params.member));
      if (!person || !conversation.members.includes(person.id))
        throw new Refused(
          404,
          'MemberNotFoundInConversation',
          'The member was not found in the conversation.',
        );
      return { status: 200, body: account(person) };
    }),
  );
  router.get(
    '/v3/conversations/:conversation/pagedmembers',
    route('members', ({ params, query }) => {
      const { conversation } = open(world, String(params.conversation));
      const start = Number(query.continuationToken ?? 0);
      const end = start + parts.pageSize();
      const people = conversation.members.slice(start, end).flatMap((id) => world.person(id) ?? []);
      const more = end < conversation.members.length;
      return {
        status: 200,
        body: { members: people.map(account), ...(more && { continuationToken: String(end) }) },
      };
    }),
  );
  return router;
}

/** A new post in a channel, or the direct conversation with one person. */
function create(world: World, body: Json): { status: number; body: Json } {
  const channel: unknown = body?.channelData?.channel?.id;
  if (typeof channel === 'string') {
    if (!body.activity) throw new Refused(400, 'BadSyntax', 'Missing activity.');
    const { conversation } = open(world, channel);
    if (conversation.kind !== 'channel') throw new Refused(400, 'BadSyntax', 'Not a channel.');
    refuseLarge(body.activity);
    const message = world.add({ conversation: conversation.id, from: 'bot', activity: body.activity });
    return {
      status: 201,
      body: { id: `${conversation.id};messageid=${message.id}`, activityId: message.id },
    };
  }
  const person = world.person(String(body?.members?.[0]?.id ?? ''));
  const tenant: unknown = body?.channelData?.tenant?.id ?? body?.tenantId;
  if (!person || body.members.length !== 1)
    throw new Refused(400, 'BadSyntax', 'Failed to decrypt pairwise id.');
  if (tenant !== person.tenantId) throw new Refused(403, 'ForbiddenOperationException', 'Wrong tenant.');
  const conversation = world.direct(person);
  if (!conversation.installed)
    throw new Refused(403, 'ForbiddenOperationException', "Bot is not installed in user's personal scope");
  return { status: 201, body: { id: conversation.id } };
}

function send(world: World, id: string, activity: Json, replyTo?: string): { status: number; body: Json } {
  const { conversation, thread } = open(world, id);
  if (activity?.type === 'typing') return { status: 201, body: { id: world.nextId() } };
  if (activity?.type !== 'message') throw new Refused(400, 'BadSyntax', `Unknown activity type.`);
  refuseLarge(activity);
  const root = conversation.kind === 'channel' ? (thread ?? replyTo) : undefined;
  const message = world.add({
    conversation: conversation.id,
    from: 'bot',
    activity,
    ...(root && { thread: root }),
  });
  return { status: 201, body: { id: message.id } };
}

function open(world: World, id: string): { conversation: StandInConversation; thread?: string } {
  const found = world.find(id);
  if (!found) throw new Refused(404, 'ConversationNotFound', 'Conversation not found.');
  if (!found.conversation.installed)
    throw new Refused(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
  return found;
}

/** A message of the bot that still stands. */
function own(world: World, id: string, message: string) {
  const { conversation } = open(world, id);
  const found = world.messages.find((one) => one.id === message && one.conversation === conversation.id);
  if (!found || found.removed)
    throw new Refused(
      404,
      'ActivityNotFoundInConversation',
      'The message ID provided could not be found in the conversation.',
    );
  if (found.from !== 'bot') throw new Refused(403, 'NotEnoughPermissions', 'Not a message of the bot.');
  return found;
}

function refuseLarge(activity: Json): void {
  const text = JSON.stringify(activity).replace(/"data:image\/[a-z]+;base64,[^"]*"/g, '""');
  if (text.length * 2 > MESSAGE_BYTES) throw new Refused(413, 'MessageSizeTooBig', 'Message size too large.');
}

function account(person: StandInPerson): Json {
  const [givenName, surname] = person.name.split(' ');
  return {
    id: person.userId,
    objectId: person.id,
    aadObjectId: person.id,
    name: person.name,
    givenName,
    surname,
    email: person.email,
    userPrincipalName: person.signIn ?? person.email,
    tenantId: person.tenantId,
    userRole: person.role,
  };
}

function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ error: { code, message } });
}
