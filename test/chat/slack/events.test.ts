/** What people write to the bot: through the real Bolt app, signed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackDeps } from '../../../src/chat/slack/index.ts';
import type { Interaction, Reply } from '../../../src/chat/types.ts';
import { AppError } from '../../../src/core/errors.ts';
import { text, type View } from '../../../src/view/elements.ts';
import { chart } from '../../contracts/chat-platform.ts';
import { visible } from './block-kit.ts';
import {
  type RunningApp,
  type SlackStandIn,
  startApp,
  startSlackStandIn,
  UNPROCESSED,
} from './slack-stand-in.ts';

let slack: SlackStandIn;
let app: RunningApp;
let asked: Interaction[];
beforeEach(async () => {
  slack = await startSlackStandIn();
  asked = [];
});
afterEach(async () => {
  await app.stop();
  await slack.close();
});

const words = (said: string): View => ({ elements: [{ kind: 'text', spans: [text(said)] }] });
const withChart: View = { elements: [...words('bert: $12,480').elements, { kind: 'chart', chart }] };

async function running(replies: readonly Reply[], deps: Partial<SlackDeps> = {}): Promise<void> {
  app = await startApp(slack, {
    dispatch: async (interaction) => {
      asked.push(interaction);
      return interaction.kind === 'posted' ? [] : replies;
    },
    ...deps,
  });
}

const mention = (more = {}) => ({
  type: 'app_mention',
  user: 'U1',
  channel: 'C1',
  text: '<@UB> how much did *bert* cost?',
  ts: '1700000000.000100',
  event_ts: '1700000000.000100',
  ...more,
});
const direct = (more = {}) => ({ ...mention(), type: 'message', channel: 'D7', channel_type: 'im', ...more });

describe('a mention', () => {
  it('is acknowledged at once and answered in its thread', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    app = await startApp(slack, {
      dispatch: async (interaction) => {
        asked.push(interaction);
        await held;
        return interaction.kind === 'posted'
          ? []
          : [{ kind: 'public', view: words('$12'), command: 'model bert' }];
      },
    });
    expect((await app.tell(mention())).status).toBe(200);
    expect(slack.calls).toEqual([]);
    release();
    expect((await slack.seen('chat.postMessage')).args).toMatchObject({
      channel: 'C1',
      thread_ts: '1700000000.000100',
    });
    await app.platform.stop();
    const actor = { kind: 'person', platform: 'slack', id: 'U1', workspace: 'T1' };
    const conversation = { platform: 'slack', workspace: 'T1', channel: 'C1', thread: '1700000000.000100' };
    expect(asked).toEqual([
      { kind: 'sentence', text: 'how much did bert cost?', actor, conversation },
      { kind: 'posted', command: 'model bert', messageId: '1700000000.000200', actor, conversation },
    ]);
  });

  it('inside a thread stays there', async () => {
    await running([{ kind: 'public', view: words('$12') }]);
    await app.tell(mention({ thread_ts: '1600000000.000001' }));
    expect((await slack.seen('chat.postMessage')).args.thread_ts).toBe('1600000000.000001');
  });

  it('is answered once, however often Slack sends it', async () => {
    await running([{ kind: 'public', view: words('$12') }]);
    for (const retry of [0, 1, 2, 3])
      expect((await app.tell(mention(), { id: 'Ev-same', retry })).status).toBe(200);
    await app.platform.stop();
    expect(asked.filter(({ kind }) => kind === 'sentence')).toHaveLength(1);
    expect(slack.of('chat.postMessage')).toHaveLength(1);
  });

  it('gets its figures first and its picture when Slack has processed it', async () => {
    slack.on('files.info', (_, times) => (times < 3 ? UNPROCESSED : undefined));
    await running([{ kind: 'public', view: withChart, command: 'model bert' }], {
      wait: async () => undefined,
    });
    await app.tell(mention());
    const { args } = await slack.seen('chat.update');
    expect(visible((await slack.seen('chat.postMessage')).args.blocks)).toContain('Drawing the chart');
    expect(args.ts).toBe('1700000000.000200');
    expect(args.blocks).toContainEqual(expect.objectContaining({ type: 'image' }));
  });

  it('that goes wrong is told to the person alone, where they can see it', async () => {
    app = await startApp(slack, {
      dispatch: async () => {
        throw new AppError('NOT_FOUND', 'I don’t know a model called bret.');
      },
    });
    await app.tell(mention());
    const { args } = await slack.seen('chat.postEphemeral');
    // A thread without replies shows no private message.
    expect(args).toMatchObject({ channel: 'C1', user: 'U1' });
    expect(args.thread_ts).toBeUndefined();
    await app.tell(mention({ thread_ts: '16.1' }));
    await slack.seen('chat.postEphemeral', (call) => call.args.thread_ts === '16.1');
  });

  it.each([
    ['by an app', mention({ bot_id: 'B9' })],
    ['by an edit', mention({ edited: { user: 'U1', ts: '1' } })],
    ['in a direct message, which comes as a message too', mention({ channel: 'D7' })],
    ['by nobody', mention({ user: undefined })],
  ])('%s is left alone', async (_, event) => {
    await running([{ kind: 'public', view: words('never') }]);
    expect((await app.tell(event)).status).toBe(200);
    await app.platform.stop();
    expect(asked).toEqual([]);
  });

  it('finds its own name also when Slack does not say who we are', async () => {
    await running([]);
    await app.tell(mention({ text: '<@UB> ask <@U2|mira>' }), { we: null });
    expect(asked).toMatchObject([{ text: 'ask @mira' }]);
  });
});

describe('a direct message', () => {
  it('is answered there, in a thread only when asked in one', async () => {
    await running([{ kind: 'public', view: words('$12') }]);
    await app.tell(direct({ text: 'bert last week' }));
    const { args } = await slack.seen('chat.postMessage');
    expect([args.channel, args.thread_ts]).toEqual(['D7', undefined]);
    await app.tell(direct({ text: 'and ranker?', thread_ts: '16.1' }));
    await slack.seen('chat.postMessage', (call) => call.args.thread_ts === '16.1');
    expect(asked).toMatchObject([
      { kind: 'sentence', text: 'bert last week', conversation: { channel: 'D7' } },
      { kind: 'sentence', text: 'and ranker?', conversation: { thread: '16.1' } },
    ]);
  });

  it('gets private answers as ordinary messages, which stay', async () => {
    await running([{ kind: 'private', view: words('only you') }]);
    await app.tell(direct());
    expect((await slack.seen('chat.postMessage')).args.channel).toBe('D7');
    expect(slack.of('chat.postEphemeral')).toEqual([]);
  });

  it.each([
    ['our own', direct({ bot_id: 'B1', user: 'UB' })],
    ['our own, told as a person’s', direct({ user: 'UB' })],
    ['an edit', direct({ subtype: 'message_changed', user: undefined, message: direct() })],
    ['a deletion', direct({ subtype: 'message_deleted' })],
    ['a join', direct({ subtype: 'channel_join' })],
    ['a file without words', direct({ subtype: 'file_share', text: '', files: [{ id: 'F1' }] })],
    ['of a channel', direct({ channel: 'C1', channel_type: 'channel' })],
  ])('%s is left alone', async (_, event) => {
    await running([{ kind: 'public', view: words('never') }]);
    expect((await app.tell(event)).status).toBe(200);
    await app.platform.stop();
    expect(asked).toEqual([]);
  });

  it('with a file and words is read', async () => {
    await running([]);
    await app.tell(direct({ subtype: 'file_share', text: 'bert?' }));
    expect(asked).toMatchObject([{ kind: 'sentence', text: 'bert?' }]);
  });
});

it('keeps an answer that stands, whatever becomes of remembering it', async () => {
  app = await startApp(slack, {
    dispatch: async ({ kind }) => {
      if (kind === 'posted') throw new Error('disk full');
      return [{ kind: 'public', view: words('$12'), command: 'model bert' }];
    },
  });
  await app.tell(mention());
  await app.platform.stop();
  expect(slack.of('chat.postMessage')).toHaveLength(1);
  expect(slack.of('chat.postEphemeral')).toEqual([]);
  expect(app.log.filter(({ level }) => level === 'error')).toHaveLength(1);
});
