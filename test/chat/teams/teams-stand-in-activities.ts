/** Activities as Teams writes them: who, where, and what happened. */
import type { Json } from './teams-stand-in-cards.ts';
import { BOT, type StandInConversation, type StandInPerson } from './teams-stand-in-world.ts';

export interface Scene {
  readonly id: string;
  readonly serviceUrl: string;
  readonly at: number;
  readonly person: StandInPerson;
  readonly conversation: StandInConversation;
  /** Root message of the thread, in a channel. */
  readonly thread?: string;
}

/** What every activity carries. `conversation.isGroup` and the team are there only where Teams sends them. */
export function envelope({ id, serviceUrl, at, person, conversation, thread }: Scene): Json {
  const type = { channel: 'channel', group: 'groupChat', direct: 'personal' }[conversation.kind];
  const { team } = conversation;
  return {
    id,
    channelId: 'msteams',
    serviceUrl,
    timestamp: new Date(at).toISOString(),
    localTimestamp: new Date(at).toISOString(),
    localTimezone: 'Europe/Berlin',
    locale: 'en-US',
    from: { id: person.userId, name: person.name, aadObjectId: person.id },
    recipient: BOT,
    conversation: {
      ...(conversation.kind !== 'direct' && { isGroup: true }),
      conversationType: type,
      tenantId: person.tenantId,
      id: thread ? `${conversation.id};messageid=${thread}` : conversation.id,
      ...(conversation.kind === 'channel' && conversation.name && { name: conversation.name }),
    },
    channelData: {
      tenant: { id: person.tenantId },
      ...(team && {
        teamsChannelId: conversation.id,
        teamsTeamId: team.id,
        channel: { id: conversation.id },
        team: { id: team.id },
      }),
    },
  };
}

/** Somebody wrote a message; with a mention the bot is named first. */
export function messageActivity(scene: Scene, text: string, mention: boolean): Json {
  const at = `<at>${BOT.name}</at>`;
  return {
    ...envelope(scene),
    type: 'message',
    textFormat: 'plain',
    text: mention ? `${at} ${text}\n` : text,
    attachments: [{ contentType: 'text/html', content: `<p>${mention ? `${at} ` : ''}${text}</p>` }],
    entities: [
      ...(mention ? [{ type: 'mention', mentioned: BOT, text: at }] : []),
      { type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web', timezone: 'Europe/Berlin' },
    ],
  };
}

export function invokeActivity(scene: Scene, name: string, value: Json, replyTo?: string): Json {
  return {
    ...envelope(scene),
    type: 'invoke',
    name,
    value,
    ...(replyTo && { replyToId: replyTo }),
    entities: [{ type: 'clientInfo', locale: 'en-US', platform: 'Web' }],
  };
}

/** An older client does not know Action.Execute and submits a card as a message. */
export function submitActivity(scene: Scene, value: Json, replyTo: string): Json {
  return { ...envelope(scene), type: 'message', value, replyToId: replyTo };
}

/** The app came to a conversation, or left it. Only here Teams says which group a team is. */
export function installationActivity(scene: Scene, action: 'add' | 'remove'): Json {
  const activity = envelope(scene);
  const { team } = scene.conversation;
  return {
    ...activity,
    type: 'installationUpdate',
    action,
    channelData: {
      ...activity.channelData,
      ...(team && { team, settings: { selectedChannel: { id: scene.conversation.id } } }),
      source: { name: 'message' },
    },
  };
}

/** Members came or left; the bot itself is one. */
export function membersActivity(
  scene: Scene,
  change: 'membersAdded' | 'membersRemoved',
  members: readonly { readonly id: string; readonly aadObjectId?: string }[],
): Json {
  const activity = envelope(scene);
  const { team } = scene.conversation;
  return {
    ...activity,
    type: 'conversationUpdate',
    [change]: members,
    channelData: {
      ...activity.channelData,
      ...(team && { team, eventType: change === 'membersAdded' ? 'teamMemberAdded' : 'teamMemberRemoved' }),
    },
  };
}
