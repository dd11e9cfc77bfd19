/** What Slack sends, in its documented shapes, before it is broken. */
import { clickPayload, commandPayload, submitPayload } from '../chat/slack/payloads.ts';
import type { SlackStandIn } from '../chat/slack/slack-stand-in.ts';
import type { Json } from './mutate.ts';
import { POWERLESS, PRIVILEGED } from './people.ts';
import type { Random } from './random.ts';

/** How it is sent: a form with `payload` (or the command's own fields), or JSON. */
export interface Sent {
  readonly kind: string;
  readonly body: Json;
  readonly as: 'form' | 'json';
}

export interface Ids {
  readonly buttons: readonly string[];
  readonly forms: readonly string[];
}

const TEXTS = [
  'model bert',
  'budget set model:ranker 1',
  'budget approve 1',
  'anomaly 1 ack',
  'anomaly 1 false-alarm "no"',
  'proposal 1 approve',
  'proposal 2 undo',
  'proposal 1 withdraw',
  'stop model bert',
  'ttl model:bert 48h',
  'owner set model:ranker @everyone',
  'plan set model:bert 10',
  'help',
  'unsubscribe team:search weekly',
  `proposal ${'9'.repeat(40)} approve`,
];

/** One payload by somebody, seldom by somebody with rights; stolen ids are among those that buttons carry. */
export function payloadOf(random: Random, slack: SlackStandIn, { buttons, forms }: Ids): Sent {
  const user = random.chance(0.8) ? random.pick(POWERLESS) : random.pick(PRIVILEGED);
  const team = random.chance(0.9) ? 'T1' : 'T9';
  const who = {
    team: { id: team, domain: 'acme' },
    user: { id: user, username: 'x', name: 'x', team_id: team },
  };
  const form = (kind: string, body: object): Sent => ({ kind, body: body as Json, as: 'form' });
  switch (random.below(9)) {
    case 0:
    case 1:
    case 2:
      return form('click', { ...clickPayload(slack, random.pick(buttons)), ...who });
    case 3:
      return form('click at home', {
        ...clickPayload(slack, random.pick(buttons)),
        ...who,
        container: { type: 'view', view_id: 'V1' },
        view: { id: 'V1', type: random.pick(['home', 'modal']), team_id: team, hash: '1' },
      });
    case 4: {
      const metadata = JSON.stringify({
        form: random.pick([...forms, ...buttons]),
        channel: 'C1',
        workspace: 'T1',
      });
      return form('dialog', { ...submitPayload(metadata, fieldsOf(random)), ...who });
    }
    case 5:
      return form('command', {
        ...commandPayload(slack, random.pick(TEXTS)),
        user_id: user,
        team_id: team,
      });
    case 6:
      return form('shortcut', {
        type: 'message_action',
        callback_id: random.pick(['pennywatch_share', 'pennywatch_pin']),
        trigger_id: '1.2',
        message_ts: '1700000000.000100',
        response_url: slack.responseUrl,
        channel: { id: 'C0SEARCH', name: 'x' },
        message: { type: 'message', user, text: random.pick(TEXTS), ts: '1700000000.000100' },
        ...who,
      });
    default:
      return { kind: 'event', body: eventOf(random, { user, team }), as: 'json' };
  }
}

function fieldsOf(random: Random): Record<string, unknown> {
  const of = (value: string) => ({ a: { type: 'plain_text_input', value } });
  return {
    scope: of('model:ranker'),
    amount: of(random.pick(['500', '0', '-1', '1e9'])),
    reason: of('because'),
    owner: of('lena@x.example'),
    until: of('3d'),
    note: of('no'),
  };
}

function eventOf(random: Random, { user, team }: { user: string; team: string }): Json {
  const text = random.pick(TEXTS);
  const events: readonly Json[] = [
    {
      type: 'app_mention',
      user,
      text: `<@UB> ${text}`,
      ts: '1700000000.000100',
      channel: 'C1',
      event_ts: '1',
    },
    {
      type: 'message',
      channel_type: 'im',
      user,
      text,
      ts: '1700000000.000100',
      channel: 'D1',
      event_ts: '1',
    },
    { type: 'app_home_opened', user, tab: 'home', channel: 'D1', event_ts: '1' },
    { type: 'reaction_added', user, reaction: 'x', item: {}, event_ts: '1' },
  ];
  return {
    type: 'event_callback',
    token: 'deprecated',
    team_id: team,
    api_app_id: 'A1',
    event_id: `Ev${random.below(1_000_000_000)}`,
    event_time: 1,
    event: random.pick(events),
    authorizations: [{ team_id: 'T1', user_id: 'UB', is_bot: true }],
  };
}

/** Ids that a mutation puts where they do not belong. */
export function stolenIds({ buttons, forms }: Ids): readonly string[] {
  return [
    ...buttons,
    ...forms,
    ...POWERLESS,
    'T9',
    'T7',
    'E1',
    'C0SEARCH',
    'W1',
    'B1',
    'made-up',
    'form',
    'button:0.0',
  ];
}
