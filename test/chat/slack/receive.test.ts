/** The real Bolt app over signed HTTP: who gets in, what is acknowledged when, and what people read. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackDeps } from '../../../src/chat/slack/index.ts';
import type { Interaction, Reply } from '../../../src/chat/types.ts';
import { AppError } from '../../../src/core/errors.ts';
import { type Form, text, type View } from '../../../src/view/elements.ts';
import { chart, hostileView } from '../../contracts/chat-platform.ts';
import { blockKitProblems, liveParts, visible } from './block-kit.ts';
import { clickPayload, commandPayload, submitPayload } from './payloads.ts';
import {
  type RunningApp,
  type SlackStandIn,
  startApp,
  startSlackStandIn,
  TOKEN,
  UNPROCESSED,
} from './slack-stand-in.ts';

let slack: SlackStandIn;
let app: RunningApp | undefined;

beforeEach(async () => {
  slack = await startSlackStandIn();
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
  await slack.close();
});

const words = (said: string): View => ({ elements: [{ kind: 'text', spans: [text(said)] }] });
const privately = (view: View, replace?: boolean): Reply => ({
  kind: 'private',
  view,
  ...(replace === undefined ? {} : { replace }),
});
const withChart: View = {
  elements: [
    { kind: 'heading', text: 'bert: $12,480' },
    { kind: 'chart', chart },
  ],
};

/** An app whose dispatcher always answers the same, remembering what it was asked. */
async function running(
  replies: readonly Reply[],
  deps: Partial<SlackDeps> = {},
): Promise<{ app: RunningApp; asked: Interaction[] }> {
  const asked: Interaction[] = [];
  app = await startApp(slack, {
    dispatch: async (interaction) => {
      asked.push(interaction);
      return replies;
    },
    ...deps,
  });
  return { app, asked };
}

describe('who gets in', () => {
  const now = (): number => Math.floor(Date.now() / 1_000);
  it.each([
    ['a forged signature', { signature: `v0=${'0'.repeat(64)}` }],
    ['the wrong secret', { secret: 'another secret' }],
    ['a malformed signature', { signature: 'nonsense' }],
    ['a request of 6 minutes ago', { timestamp: now() - 360 }],
    ['a request 6 minutes ahead', { timestamp: now() + 360 }],
    ['no time at all', { timestamp: Number.NaN }],
  ])('refuses %s', async (_, sign) => {
    const { app, asked } = await running([]);
    const response = await app.send(commandPayload(slack, 'model bert'), sign);
    expect(response.status).toBe(401);
    await app.platform.stop();
    expect(asked).toEqual([]);
    expect(slack.calls).toEqual([]);
  });

  it('refuses the same signed request a second time, also when both arrive together', async () => {
    const { app, asked } = await running([]);
    const payload = commandPayload(slack, 'model bert');
    const sign = { timestamp: now() };
    const together = await Promise.all([app.send(payload, sign), app.send(payload, sign)]);
    expect(together.map(({ status }) => status).sort()[0]).toBe(200);
    expect((await app.send(payload, sign)).status).toBe(401);
    expect(asked).toHaveLength(1);
  });

  it('leaves other paths alone and takes only POST', async () => {
    await running([]);
    const next: string[] = [];
    const refused: number[] = [];
    const response = { writeHead: (status: number) => refused.push(status), end: () => undefined };
    const http = app?.platform.http;
    http?.({ url: '/healthz', method: 'GET', headers: {} } as never, response as never, () =>
      next.push('/healthz'),
    );
    http?.({ url: '/slack/events?x=1', method: 'GET', headers: {} } as never, response as never, () =>
      next.push('never'),
    );
    expect({ next, refused }).toEqual({ next: ['/healthz'], refused: [405] });
  });
});

describe('a command', () => {
  it('is acknowledged before it is answered', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    app = await startApp(slack, {
      dispatch: async () => {
        await held;
        return [privately(words('bert: $12,480'))];
      },
    });
    const response = await app.send(commandPayload(slack, 'model bert'));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
    expect(slack.calls).toEqual([]);
    release();
    const answer = await slack.seen('response_url');
    expect(answer.args).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
      text: 'bert: $12,480',
    });
    expect(visible(answer.args.blocks)).toBe('bert: $12,480');
  });

  it('arrives as typed, whoever typed whatever', async () => {
    const { app, asked } = await running([]);
    const typed = ['x'.repeat(10_000), 'model 模型 💸 مرحبا "); DROP TABLE', '  padded  ', ''];
    for (const line of typed) expect((await app.send(commandPayload(slack, line))).status).toBe(200);
    await app.send(commandPayload(slack, 'a &lt;!channel&gt; &amp;amp; b'));
    expect(asked.map((interaction) => interaction.kind === 'command' && interaction.text)).toEqual([
      ...typed.map((line) => line.trim()),
      'a <!channel> &amp; b',
    ]);
    expect(asked[0]).toMatchObject({
      actor: { kind: 'person', platform: 'slack', id: 'U1', name: 'mira', workspace: 'T1' },
      conversation: { platform: 'slack', workspace: 'T1', channel: 'C1' },
    });
  });

  it('never brings a value to life on its way to Slack', async () => {
    const { app } = await running([
      privately(hostileView('<!channel> *x* <@U1> `y` <https://evil.example|bank>')),
    ]);
    await app.send(commandPayload(slack, 'model bert'));
    await app.platform.stop();
    for (const { args } of slack.of('response_url')) {
      expect(liveParts(args)).toEqual([]);
      expect(blockKitProblems(args.blocks)).toEqual([]);
      expect(args.mrkdwn).toBe(false);
    }
    expect(slack.of('response_url').length).toBeGreaterThan(0);
  });

  it('says what a refusal says, and nothing is logged as our mistake', async () => {
    app = await startApp(slack, {
      dispatch: async () => {
        throw new AppError('NOT_FOUND', 'I don’t know a model called *bret*.', {
          hint: 'Did you mean bert?',
        });
      },
    });
    await app.send(commandPayload(slack, 'model bret'));
    const { args } = await slack.seen('response_url');
    expect(visible(args.blocks)).toBe('I don’t know a model called *bret*. Did you mean bert?');
    expect(app.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('gives a reference for an unexpected error and keeps the cause for the log', async () => {
    app = await startApp(slack, {
      dispatch: async () => {
        throw new TypeError('cannot read secret of undefined');
      },
    });
    await app.send(commandPayload(slack, 'model bert'));
    const seen = visible((await slack.seen('response_url')).args.blocks);
    const reference = /reference ([0-9A-F]{8})/.exec(seen)?.[1];
    expect(seen).toMatch(/^Pennywatch could not answer: /);
    expect(seen).not.toContain('secret');
    const logged = app.log.find(({ level }) => level === 'error');
    expect(logged?.fields.reference).toBe(reference);
    expect(logged?.fields.err).toBeInstanceOf(TypeError);
  });
});

describe('a picture', () => {
  it('follows the figures, once Slack has processed it', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    slack.on('files.info', async (_, times) => {
      await held;
      return times < 3 ? UNPROCESSED : undefined;
    });
    const { app } = await running([privately(withChart)]);
    await app.send(commandPayload(slack, 'model bert'));
    const first = await slack.seen('response_url');
    expect(visible(first.args.blocks)).toContain(`Drawing the chart… ${chart.alt}`);
    release();
    const second = await slack.seen('response_url', ({ args }) => args.replace_original === true);
    expect(second.args.blocks).toContainEqual({
      type: 'image',
      slack_file: { id: 'F1' },
      alt_text: chart.alt,
    });
    expect(slack.of('files.info')).toHaveLength(3);
    expect(slack.of('response_url')).toHaveLength(2);
    const order = slack.calls
      .map(({ method }) => method)
      .filter((method) => method !== 'response_url' && method !== 'files.info');
    expect(order).toEqual(['files.getUploadURLExternal', 'upload', 'files.completeUploadExternal']);
    const [upload] = slack.of('upload');
    expect(slack.of('files.getUploadURLExternal')[0]?.args.length).toBe(String(upload?.bytes.length));
    expect(upload?.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(upload?.headers.authorization).toBeUndefined();
  });

  it('comes with the first answer when it is there at once', async () => {
    const { app } = await running([privately(withChart)], { wait: () => new Promise(() => undefined) });
    await app.send(commandPayload(slack, 'model bert'));
    const { args } = await slack.seen('response_url');
    expect(visible(args.blocks)).not.toContain('Drawing');
    expect(args.blocks).toContainEqual(expect.objectContaining({ type: 'image' }));
  });

  it.each([
    [
      'Slack never finishes processing it',
      (): void => slack.on('files.info', () => UNPROCESSED),
      /within 10 seconds/,
    ],
    [
      'Slack does not take the bytes',
      (): void => slack.on('upload', () => ({ status: 500, body: 'no' })),
      /did not take the picture/,
    ],
    [
      'the scope is missing',
      (): void =>
        slack.on('files.getUploadURLExternal', () => ({
          body: { ok: false, error: 'missing_scope', needed: 'files:write' },
        })),
      /missing_scope/,
    ],
  ])('becomes words when %s', async (_, breakSlack, reason) => {
    breakSlack();
    const waits: number[] = [];
    const { app } = await running([privately(withChart)], { wait: async (pause) => void waits.push(pause) });
    await app.send(commandPayload(slack, 'model bert'));
    const { args } = await slack.seen('response_url', ({ args }) =>
      /cannot be shown/.test(visible(args.blocks)),
    );
    expect(visible(args.blocks)).toMatch(reason);
    expect(visible(args.blocks)).toContain(chart.alt);
    expect(app.log.find(({ level }) => level === 'error')?.fields.err).toBeInstanceOf(AppError);
    expect(waits.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(11_000);
  });

  it('becomes words when it cannot be drawn, without telling why the code failed', async () => {
    const drawChart = async (): Promise<Uint8Array> => {
      throw new Error('segfault in canvas at /srv/app');
    };
    const { app } = await running([privately(withChart)], { drawChart });
    await app.send(commandPayload(slack, 'model bert'));
    const { args } = await slack.seen('response_url', ({ args }) =>
      /cannot be shown/.test(visible(args.blocks)),
    );
    expect(visible(args.blocks)).not.toContain('segfault');
    expect(String(app.log.find(({ level }) => level === 'error')?.fields.err)).toContain('segfault');
  });
});

describe('a click', () => {
  it('rewrites the message only the clicker sees', async () => {
    const { app, asked } = await running([privately(words('by service'), true)]);
    expect(
      (await app.send(clickPayload(slack, 'opaque-1', { ephemeral: true, thread: '17.1' }))).status,
    ).toBe(200);
    expect((await slack.seen('response_url')).args).toMatchObject({
      replace_original: true,
      thread_ts: '17.1',
      response_type: 'ephemeral',
    });
    expect(asked).toEqual([
      {
        kind: 'button',
        buttonId: 'opaque-1',
        actor: { kind: 'person', platform: 'slack', id: 'U1', name: 'mira', workspace: 'T1' },
        conversation: { platform: 'slack', workspace: 'T1', channel: 'C1', thread: '17.1' },
      },
    ]);
  });

  it('never rewrites a message others see for one person’s answer', async () => {
    const { app } = await running([privately(withChart, true)]);
    await app.send(clickPayload(slack, 'opaque-1', { ephemeral: false }));
    await slack.seen('response_url');
    await app.platform.stop();
    expect(slack.of('response_url').map(({ args }) => args.replace_original)).toEqual([false]);
  });

  it('shares in the channel and thread it came from, picture included', async () => {
    const { app } = await running([{ kind: 'public', view: withChart }]);
    await app.send(clickPayload(slack, 'opaque-2', { thread: '17.1' }));
    const { args } = await slack.seen('chat.postMessage');
    expect(args).toMatchObject({
      channel: 'C1',
      thread_ts: '17.1',
      unfurl_links: 'false',
      link_names: 'false',
      parse: 'none',
      mrkdwn: 'false',
    });
    expect(args.blocks).toContainEqual(expect.objectContaining({ type: 'image' }));
    expect(slack.of('response_url')).toEqual([]);
  });

  it.each(['not_in_channel', 'channel_not_found'])('tells the clicker what to do on %s', async (error) => {
    slack.on('chat.postMessage', () => ({ body: { ok: false, error } }));
    const { app } = await running([{ kind: 'public', view: words('shared') }]);
    await app.send(clickPayload(slack, 'opaque-2'));
    const { args } = await slack.seen('response_url');
    expect(args).toMatchObject({ replace_original: false, response_type: 'ephemeral' });
    expect(visible(args.blocks)).toContain('/invite @Pennywatch');
  });
});

describe('a dialog', () => {
  const form: Form = {
    form: 'compare',
    text: 'model bert',
    title: 'Compare',
    submit: 'Compare',
    id: 'form-7',
    fields: [{ kind: 'text', name: 'with', label: 'With' }],
  };

  it('opens at once and its answer goes to the person in the channel', async () => {
    const asked: Interaction[] = [];
    app = await startApp(slack, {
      dispatch: async (interaction) => {
        asked.push(interaction);
        return interaction.kind === 'form'
          ? [privately(words('bert against gpt'))]
          : [{ kind: 'form', form }];
      },
    });
    const click = clickPayload(slack, 'opaque-3', { thread: '17.1' });
    await app.send(click);
    const { args } = await slack.seen('views.open');
    expect(args.trigger_id).toBe(click.trigger_id);
    expect(blockKitProblems(args.view.blocks, 'modal')).toEqual([]);
    expect(args.view.private_metadata).not.toContain('model bert');

    const values = {
      with: {
        value: {
          type: 'static_select',
          selected_option: { text: { type: 'plain_text', text: 'gpt' }, value: 'gpt' },
        },
      },
      note: { value: { type: 'plain_text_input', value: 'why <!channel>' } },
      empty: { value: { type: 'plain_text_input', value: null } },
    };
    const response = await app.send(submitPayload(args.view.private_metadata, values));
    expect([response.status, await response.text()]).toEqual([200, '']);
    const answer = await slack.seen('chat.postEphemeral');
    expect(answer.args).toMatchObject({ channel: 'C1', user: 'U1', thread_ts: '17.1' });
    expect(visible(answer.args.blocks)).toBe('bert against gpt');
    expect(asked[1]).toMatchObject({
      kind: 'form',
      formId: 'form-7',
      values: { with: 'gpt', note: 'why <!channel>' },
      conversation: { platform: 'slack', workspace: 'T1', channel: 'C1', thread: '17.1' },
    });
    expect(asked[1]?.kind === 'form' && Object.keys(asked[1].values)).toEqual(['with', 'note']);
  });

  it('answers by direct message where the bot is not in the channel', async () => {
    slack.on('chat.postEphemeral', () => ({ body: { ok: false, error: 'not_in_channel' } }));
    const { app } = await running([privately(words('bert against gpt'))]);
    await app.send(submitPayload(JSON.stringify({ form: 'form-7', channel: 'C1' }), {}));
    const { args } = await slack.seen('chat.postMessage');
    expect(args.channel).toBe('D1');
    expect(slack.of('conversations.open')[0]?.args.users).toBe('U1');
  });

  it('says so when Slack no longer opens it', async () => {
    slack.on('views.open', () => ({ body: { ok: false, error: 'expired_trigger_id' } }));
    const { app } = await running([{ kind: 'form', form }]);
    await app.send(clickPayload(slack, 'opaque-3'));
    expect(visible((await slack.seen('response_url')).args.blocks)).toContain('Click the button again');
  });
});

describe('when Slack refuses', () => {
  it('waits as long as a response_url asks, then answers', async () => {
    slack.on('response_url', (_, times) =>
      times === 1 ? { status: 429, headers: { 'retry-after': '7' }, body: 'slow' } : undefined,
    );
    const waits: number[] = [];
    const { app } = await running([privately(words('bert'))], {
      wait: async (pause) => void waits.push(pause),
    });
    await app.send(commandPayload(slack, 'model bert'));
    await app.platform.stop();
    expect(slack.of('response_url')).toHaveLength(2);
    expect(waits).toContain(7_000);
  });

  it('answers another way when the response_url has expired', async () => {
    slack.on('response_url', () => ({ status: 404, body: { ok: false, error: 'expired_url' } }));
    const { app } = await running([privately(words('bert'))]);
    await app.send(commandPayload(slack, 'model bert'));
    expect((await slack.seen('chat.postEphemeral')).args).toMatchObject({ channel: 'C1', user: 'U1' });
    expect(app.log.some(({ fields }) => fields.code === 'expired_url')).toBe(true);
  });

  it('drops the picture, then the layout, before it drops the answer', async () => {
    slack.on('response_url', ({ args }) => {
      const kinds = args.blocks.map(({ type }: { type: string }) => type);
      if (kinds.includes('image') || kinds.includes('header'))
        return { body: { ok: false, error: 'invalid_blocks' } };
      return undefined;
    });
    const { app } = await running([privately(withChart)], { wait: () => new Promise(() => undefined) });
    await app.send(commandPayload(slack, 'model bert'));
    const { args } = await slack.seen('response_url', ({ args }) => /plain text/.test(visible(args.blocks)));
    expect(visible(args.blocks)).toContain('bert: $12,480');
    expect(blockKitProblems(args.blocks)).toEqual([]);
    expect(slack.of('response_url')).toHaveLength(3);
  });

  it('logs when the person cannot be told anything at all', async () => {
    for (const method of ['response_url', 'chat.postEphemeral', 'conversations.open']) {
      slack.on(method, () => ({ body: { ok: false, error: 'account_inactive' } }));
    }
    const { app } = await running([privately(words('bert'))]);
    await app.send(commandPayload(slack, 'model bert'));
    await app.platform.stop();
    expect(app.log.some(({ level, message }) => level === 'error' && /could not be told/.test(message))).toBe(
      true,
    );
    expect(JSON.stringify(app.log)).not.toContain(TOKEN);
  });
});
