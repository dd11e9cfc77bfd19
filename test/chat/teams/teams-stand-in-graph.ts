/** What Microsoft Graph says of the messages of a channel, a thread or a chat, newest first, page by page. */
import { type Request, type Response, Router } from 'express';
import type { Json } from './teams-stand-in-cards.ts';
import type { Faults } from './teams-stand-in-faults.ts';
import { APP_ID, BOT, type StandInMessage, type World } from './teams-stand-in-world.ts';

export interface GraphParts {
  readonly world: World;
  readonly faults: Faults;
  /** Addresses that were asked for, with their query. */
  readonly asked: string[];
  readonly isKnown: (authorization: string | undefined) => boolean;
  /** Whether an administrator (or the team's owner) agreed that the app reads messages. */
  readonly allowed: () => boolean;
  readonly base: () => string;
}

const LARGEST_PAGE = 50;

export function graphRouter(parts: GraphParts): Router {
  const { world, asked } = parts;
  const router = Router();

  function list(find: (params: Readonly<Record<string, string>>) => readonly StandInMessage[] | undefined) {
    return (request: Request, response: Response): void => {
      asked.push(request.url);
      const fault = parts.faults.take('graph');
      if (fault?.cut || fault?.lost) return void request.socket.destroy();
      if (fault?.retryAfter !== undefined) response.setHeader('retry-after', String(fault.retryAfter));
      if (fault?.status) return void refuse(response, fault.status, fault.code ?? 'UnknownError');
      if (!parts.isKnown(request.headers.authorization))
        return void refuse(response, 401, 'InvalidAuthenticationToken');
      if (!parts.allowed()) return void refuse(response, 403, 'Forbidden');
      const found = find(request.params as Record<string, string>);
      if (!found) return void refuse(response, 404, 'NotFound');
      const top = Number(request.query.$top ?? 20);
      if (!(top >= 1 && top <= LARGEST_PAGE)) return void refuse(response, 400, 'BadRequest');
      const skip = Number(request.query.$skiptoken ?? 0);
      const newest = [...found].reverse();
      const address = `${parts.base()}${request.path}?$top=${top}&$skiptoken=${skip + top}`;
      response.json({
        '@odata.count': newest.length,
        ...(skip + top < newest.length && { '@odata.nextLink': address }),
        value: newest.slice(skip, skip + top).map(toChatMessage),
      });
    };
  }

  const inChannel = ({ group, channel }: Readonly<Record<string, string>>) => {
    const conversation = world.conversations.get(channel ?? '');
    return conversation?.installed && conversation.team?.aadGroupId === group ? conversation : undefined;
  };
  const of = (conversation: string) => world.messages.filter((one) => one.conversation === conversation);

  router.get(
    '/teams/:group/channels/:channel/messages',
    list((params) => {
      const channel = inChannel(params);
      return channel && of(channel.id).filter(({ thread }) => thread === undefined);
    }),
  );
  router.get(
    '/teams/:group/channels/:channel/messages/:root/replies',
    list((params) => {
      const channel = inChannel(params);
      return channel && of(channel.id).filter(({ thread }) => thread === params.root);
    }),
  );
  router.get(
    '/chats/:chat/messages',
    list(({ chat = '' }) => {
      const group = world.conversations.get(chat);
      if (group?.kind === 'group') return of(group.id);
      // Graph calls the chat of a person and a bot after both.
      const direct = [...world.conversations.values()].find(
        ({ kind, person }) => kind === 'direct' && chat === `19:${person}_${APP_ID}@unq.gbl.spaces`,
      );
      return direct && of(direct.id);
    }),
  );
  return router;
}

function toChatMessage({ id, thread, from, activity, createdAt, removed }: StandInMessage): Json {
  const attachments: Json[] = removed ? [] : (activity.attachments ?? []);
  const created = new Date(createdAt).toISOString();
  return {
    id,
    replyToId: thread ?? null,
    messageType: 'message',
    createdDateTime: created,
    lastModifiedDateTime: created,
    deletedDateTime: removed ? created : null,
    from:
      from === 'bot'
        ? {
            application: { id: APP_ID, displayName: BOT.name, applicationIdentityType: 'bot' },
            user: null,
          }
        : { application: null, user: { id: from, userIdentityType: 'aadUser' } },
    body: {
      contentType: 'html',
      content: removed
        ? ''
        : `${activity.text ?? ''}${attachments.map((_, index) => `<attachment id="${id}${index}"></attachment>`).join('')}`,
    },
    attachments: attachments.map(({ contentType, content }, index) => ({
      id: `${id}${index}`,
      contentType,
      contentUrl: null,
      content: JSON.stringify(content),
      name: null,
    })),
    mentions: [],
    reactions: [],
  };
}

function refuse(response: Response, status: number, code: string): void {
  response.status(status).json({ error: { code, message: `Graph says ${code}.`, innerError: {} } });
}
