/** The Bot Connector's calls with bounded waiting, Teams' rates and errors in words. Nothing else sends to Teams. */
import type { Logger } from '../../core/log.ts';
import { createLimiter, type LimiterParts, type Turn, type Urgency } from './limiter.ts';
import { refusalFacts, teamsError } from './refusal-words.ts';
import type { BotFramework, TeamsAddress, TeamsMember, TeamsMessage } from './types.ts';

export type { Urgency, Wait } from './limiter.ts';

/** As BotFramework, tried again where Teams asks for it. All reject with UPSTREAM, `uncertain` when it may be done. */
export interface TeamsApi {
  send(
    to: TeamsAddress,
    activity: TeamsMessage | { readonly type: 'typing' },
    replyTo?: string,
    urgency?: Urgency,
  ): Promise<string>;
  post(to: TeamsAddress, message: TeamsMessage, urgency?: Urgency): Promise<string>;
  openDirect(to: Omit<TeamsAddress, 'conversationId'>, userId: string): Promise<string>;
  update(to: TeamsAddress, messageId: string, message: TeamsMessage, urgency?: Urgency): Promise<void>;
  member(of: TeamsAddress, userId: string): Promise<TeamsMember | undefined>;
  members(of: TeamsAddress): Promise<readonly TeamsMember[]>;
}

export function createApi(
  parts: LimiterParts & { readonly framework: Omit<BotFramework, 'http'>; readonly log: Logger },
): TeamsApi {
  const { framework, log } = parts;
  const limiter = createLimiter(parts);

  async function call<Result>(doing: string, turn: Turn, run: () => Promise<Result>): Promise<Result> {
    try {
      return await limiter.run(turn, run);
    } catch (error) {
      const facts = refusalFacts(error);
      if (facts) log.warn({ doing, ...facts, err: error }, 'Teams refused a call');
      throw teamsError(error, doing);
    }
  }

  const writing = (to: TeamsAddress, urgency: Urgency, repeatable = false): Turn => ({
    lane: to.conversationId,
    tenant: to.tenantId,
    urgency,
    writes: true,
    repeatable,
  });
  const asking = (lane: string, tenant: string): Turn => ({
    lane,
    tenant,
    urgency: 'person',
    writes: false,
    repeatable: true,
  });

  return {
    async send(to, activity, replyTo, urgency = 'person') {
      if (activity.type === 'message')
        return call('send a message', writing(to, urgency), () => framework.send(to, activity, replyTo));
      // Dots that come late are no use, and must not hold up the answer.
      const turn = { ...asking(`${to.conversationId} typing`, to.tenantId), repeatable: false };
      return call('show that an answer is coming', turn, () => framework.send(to, activity, replyTo));
    },
    post: (to, message, urgency = 'person') =>
      call('post in a channel', writing(to, urgency), () => framework.post(to, message)),
    openDirect: (to, userId) =>
      call('open a chat with a person', asking(`chat ${userId}`, to.tenantId), () =>
        framework.openDirect(to, userId),
      ),
    update: (to, messageId, message, urgency = 'person') =>
      call('rewrite a message', writing(to, urgency, true), () => framework.update(to, messageId, message)),
    member: (of, userId) =>
      call('ask who somebody is', asking(of.conversationId, of.tenantId), () => framework.member(of, userId)),
    members: (of) =>
      call('ask who is in a conversation', asking(of.conversationId, of.tenantId), () =>
        framework.members(of),
      ),
  };
}
