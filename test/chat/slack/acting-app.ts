/** The real Bolt app in front of the real dispatcher and a real database, and people clicking in a stand-in workspace. */

import { createSlackDirectory } from '../../../src/chat/slack/directory.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { createDispatch } from '../../../src/dispatch.ts';
import { registerButtons } from '../../../src/flows/buttons.ts';
import type { Context } from '../../../src/flows/context.ts';
import { listAudit } from '../../../src/store/audit.ts';
import type { Store } from '../../../src/store/open.ts';
import type { Button } from '../../../src/view/elements.ts';
import { openWorkbench, SETTINGS } from '../../commands/workbench.ts';
import { visible } from './block-kit.ts';
import { found } from './connected.ts';
import { clickPayload } from './payloads.ts';
import {
  type Answer,
  type RunningApp,
  recordingLog,
  type SignOptions,
  type SlackStandIn,
  slackUser,
  startApp,
  startSlackStandIn,
} from './slack-stand-in.ts';

export interface ActingApp {
  readonly slack: SlackStandIn;
  readonly app: RunningApp;
  readonly context: Context;
  /** Moves the clock of everything but the signatures. */
  advance(milliseconds: number): void;
  /** Slack's answer about a person from now on; remembered answers are forgotten. */
  person(id: string, more: Readonly<Record<string, unknown>> | Answer): void;
  /** A button as it stands in a message of a workspace. */
  button(button: Omit<Button, 'label'>, workspace?: string): Promise<string>;
  /** Clicks it and resolves to what the person reads. */
  click(
    id: string,
    by?: { readonly slack: string },
    more?: Readonly<Record<string, unknown>>,
  ): Promise<string>;
  payload(
    id: string,
    by?: { readonly slack: string },
    more?: Readonly<Record<string, unknown>>,
  ): Record<string, unknown>;
  send(payload: Readonly<Record<string, unknown>>, sign?: SignOptions): Promise<string>;
  /** What was refused, as audited: [action, actor, subject]. */
  refused(): Promise<(readonly [string, string, string])[]>;
  stop(): Promise<void>;
}

const MIRA_ID = { slack: 'U0MIRA01' };

export async function startActing(settings: Partial<Settings> = {}): Promise<ActingApp> {
  const slack = await startSlackStandIn();
  const bench = await openWorkbench({ ...SETTINGS, ...settings });
  let now = bench.context.now();
  const { logger: log } = recordingLog();
  const directory = createSlackDirectory(
    { botToken: 'xoxb-1', apiUrl: slack.apiUrl },
    { log, now: () => now, wait: async () => undefined },
  );
  const context: Context = { ...bench.context, now: () => now, directories: { slack: directory } };
  let ids = 0;
  const newId = () => `id-${++ids}`;
  const app = await startApp(slack, { dispatch: createDispatch(context, newId) });
  const people = new Map<string, Readonly<Record<string, unknown>> | Answer>();
  slack.on('users.info', ({ args }) => {
    const person = people.get(args.user) ?? {};
    if ('body' in person) return person as Answer;
    return { body: { ok: true, user: slackUser(args.user, person) } };
  });
  const payload: ActingApp['payload'] = (id, by = MIRA_ID, more = {}) => ({
    ...clickPayload(slack, id),
    user: { id: by.slack, username: 'x', name: 'x', team_id: 'T1' },
    ...more,
  });
  const send: ActingApp['send'] = async (sent, sign) => {
    const before = slack.of('response_url').length;
    const response = await app.send(sent, sign);
    if (response.status !== 200) return `HTTP ${response.status}`;
    const call = await found(() => slack.of('response_url')[before]);
    return visible(call.args.blocks);
  };
  return {
    slack,
    app,
    context,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    person(id, more) {
      people.set(id, more);
      now += 61_000;
    },
    async button(button, workspace = 'T1') {
      const view = { elements: [{ kind: 'actions', buttons: [{ label: 'Do it', ...button }] }] } as const;
      await registerButtons(context, newId, view, { platform: 'slack', workspace });
      return `id-${ids}`;
    },
    payload,
    send,
    click: (id, by, more) => send(payload(id, by, more)),
    async refused() {
      const entries = await listAudit(context.store);
      return entries
        .filter(({ action }) => action.startsWith('refused.'))
        .map(({ action, actor, subject }) => [action, actor, subject] as const);
    },
    async stop() {
      await app.stop();
      await slack.close();
      await bench.temp.close();
    },
  };
}

/** Anomaly 1: training of bert, team search, open since Tuesday. */
export async function addAnomaly(store: Store): Promise<void> {
  await store.anomaly.create({
    data: {
      id: 1,
      path: JSON.stringify(['search', 'bert', null, null]),
      scope: 'model:bert',
      team: 'search',
      model: 'bert',
      grain: 'day',
      detector: 'seasonal',
      direction: 'up',
      currency: 'USD',
      firstStamp: '2026-11-17',
      lastStamp: '2026-11-18',
      judgedThrough: '2026-11-18',
      expectedMicros: 10_000_000n,
      actualMicros: 900_000_000n,
      excessMicros: 890_000_000n,
      severity: 'high',
      score: 9,
      status: 'open',
      openedAt: new Date('2026-11-19T06:00:00Z'),
      updatedAt: new Date('2026-11-19T06:00:00Z'),
    },
  });
}
