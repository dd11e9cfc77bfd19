/** What Teams sends, in its documented shapes, before it is broken. */
import {
  envelope,
  installationActivity,
  invokeActivity,
  membersActivity,
  messageActivity,
  type Scene,
  submitActivity,
} from '../chat/teams/teams-stand-in-activities.ts';
import { BOT, GENERAL, GROUP_CHAT, PEOPLE, SEARCH } from '../chat/teams/teams-stand-in-world.ts';
import type { Json } from './mutate.ts';
import type { Random } from './random.ts';
import type { TeamsWorld } from './teams-world.ts';

export interface SentActivity {
  readonly kind: string;
  readonly body: Json;
}

const TEXTS = [
  'cost model bert',
  'what did we spend last week?',
  'budget set model:ranker 1',
  'proposal 1 approve',
  'proposal 2 undo',
  'anomaly 1 false-alarm "no"',
  'owner set model:ranker <at>Jon Park</at>',
  'stop model bert',
  'home',
  'help',
  `proposal ${'9'.repeat(40)} approve`,
];

/** One activity by somebody, seldom by somebody with rights. */
export function activityOf(random: Random, { running, buttons, forms }: TeamsWorld): SentActivity {
  const { world, serviceUrl } = running.teams;
  const person = random.chance(0.75)
    ? random.pick([PEOPLE.guest, PEOPLE.stranger, PEOPLE.newcomer, PEOPLE.ana])
    : random.pick([PEOPLE.mira, PEOPLE.jon]);
  const direct = world.direct(person);
  const conversation =
    world.conversations.get(random.pick([direct.id, direct.id, SEARCH, GENERAL, GROUP_CHAT])) ?? direct;
  const theirs = running.teams.messages(conversation.id).at(-1)?.id ?? '1700000000000';
  const scene: Scene = {
    id: world.nextId(),
    serviceUrl,
    at: Date.now(),
    person,
    conversation,
    ...(conversation.kind === 'channel' && random.chance(0.6) && { thread: theirs }),
  };
  const replyTo = random.pick([theirs, '1700000000001', running.teams.world.messages.at(-1)?.id ?? '1']);
  const data = dataOf(random, { buttons, forms }, conversation.id);
  const verb = random.chance(0.9) ? (data as { pw?: string }).pw : 'evil';
  const invoke = (name: string, value: unknown) =>
    ({ kind: name, body: invokeActivity(scene, name, value, replyTo) as Json }) as const;
  switch (random.below(10)) {
    case 0:
      return {
        kind: 'message',
        body: messageActivity(scene, random.pick(TEXTS), random.chance(0.8)) as Json,
      };
    case 1:
      return { kind: 'submit', body: submitActivity(scene, data, replyTo) as Json };
    case 2:
    case 3:
    case 4: {
      const trigger = random.pick(['manual', 'automatic']);
      return invoke('adaptiveCard/action', { action: { type: 'Action.Execute', verb, data }, trigger });
    }
    case 5:
      return invoke('task/fetch', { data, context: { theme: 'default' } });
    case 6:
      return invoke('task/submit', { data, context: { theme: 'default' } });
    case 7:
      return invoke(random.pick(['composeExtension/fetchTask', 'composeExtension/submitAction']), {
        commandId: random.pick(['pennywatch_share', 'pennywatch_pin', 'other']),
        commandContext: 'message',
        messagePayload: {
          id: theirs,
          from: { user: { id: person.id, displayName: person.name } },
          body: { contentType: 'html', content: `<p>${random.pick(TEXTS)}</p>` },
          attachments: [
            {
              contentType: 'application/vnd.microsoft.card.adaptive',
              content: JSON.stringify({ type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'x' }] }),
            },
          ],
          mentions: [],
        },
      });
    case 8:
      return random.chance(0.5)
        ? {
            kind: 'installationUpdate',
            body: installationActivity(scene, random.pick(['add', 'remove'])) as Json,
          }
        : {
            kind: 'conversationUpdate',
            body: membersActivity(scene, random.pick(['membersAdded', 'membersRemoved']), [
              { id: random.pick([BOT.id, person.userId]), aadObjectId: person.id },
            ]) as Json,
          };
    default:
      return {
        kind: 'other',
        body: {
          ...(envelope(scene) as Record<string, Json>),
          type: random.pick(['event', 'messageReaction', 'messageUpdate', 'invoke', 'endOfConversation']),
          name: random.pick(['signin/verifyState', 'composeExtension/query', '__proto__', 'constructor']),
        },
      };
  }
}

function dataOf(
  random: Random,
  { buttons, forms }: Pick<TeamsWorld, 'buttons' | 'forms'>,
  channel: string,
): Record<string, unknown> {
  const pw = random.pick(['button', 'button', 'form', 'mine', 'back']);
  const hinted = random.pick([channel, channel, SEARCH, GROUP_CHAT]);
  return {
    pw,
    id: random.pick(pw === 'form' && random.chance(0.8) ? forms : [...buttons, ...forms]),
    ...(random.chance(0.4) && { conversation: { channel: hinted, thread: '1700000000000' } }),
    ...(pw === 'form' && {
      'in.scope': 'model:ranker',
      'in.amount': random.pick(['500', '0', '-1', '1e9']),
      'in.reason': 'because',
      'in.owner': 'mira@acme.example',
      'in.until': '3d',
      'in.note': 'no',
    }),
  };
}

/** Ids that a mutation puts where they do not belong. */
export function strayIds({ buttons, forms }: TeamsWorld): readonly string[] {
  const people = [PEOPLE.guest, PEOPLE.stranger, PEOPLE.newcomer];
  return [
    ...buttons,
    ...forms,
    ...people.flatMap(({ id, userId, tenantId }) => [id, userId, tenantId]),
    SEARCH,
    GROUP_CHAT,
    BOT.id,
    'https://evil.example/',
    'http://169.254.169.254/latest',
    'invoke',
    'message',
    `${SEARCH};messageid=1700000000000`,
    'a:1/../../x',
  ];
}
