/** A workspace with something to lose: budgets, requests, anomalies, proposals, and the buttons that decide about them. */
import { createSlackDirectory } from '../../src/chat/slack/directory.ts';
import type { Dispatch } from '../../src/chat/types.ts';
import { createDispatch } from '../../src/dispatch.ts';
import { registerButtons, registerForm } from '../../src/flows/buttons.ts';
import type { Context } from '../../src/flows/context.ts';
import { createActionParts } from '../../src/threads/action-parts.ts';
import type { Button } from '../../src/view/elements.ts';
import { addAnomaly } from '../chat/slack/acting-app.ts';
import {
  type RunningApp,
  recordingLog,
  type SlackStandIn,
  slackUser,
  startApp,
  startSlackStandIn,
} from '../chat/slack/slack-stand-in.ts';
import { addSteadyCosts, MIRA, openWorkbench, SETTINGS } from '../commands/workbench.ts';
import { FOREIGN, GONE, slackSays, VIEWER } from './people.ts';
import { addProposal } from './proposal.ts';

export interface World {
  readonly slack: SlackStandIn;
  readonly app: RunningApp;
  readonly context: Context;
  /** Ids of buttons (some expired, some of another workspace) and of forms. */
  readonly buttons: readonly string[];
  readonly forms: readonly string[];
  /** Errors of ours that a payload brought to light, newest last. */
  readonly errors: readonly string[];
  /** Resolves when everything that was sent has been answered. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const COMMANDS = [
  'budget set model:ranker 500',
  'budget set team:search 9000',
  'budget approve 1',
  'budget decline 1',
  'owner set model:ranker lena@x.example',
  'anomaly 1 ack',
  'anomaly 1 snooze 3d',
  'anomaly 1 expected',
  'anomaly 1 resolve',
  'proposal 1 approve',
  'proposal 1 decline "no"',
  'proposal 1 withdraw',
  'proposal 2 undo',
  'stop model bert',
  'ttl experiment:x 48h',
];
const FORMS = [
  ['budget-set', 'budget set model:ranker'],
  ['budget-request', 'budget request model:ranker'],
  ['owner-set', 'owner set model:ranker'],
  ['proposal-decline', 'proposal 1'],
  ['anomaly-approve', 'anomaly 1'],
  ['anomaly-snooze', 'anomaly 1'],
] as const;

export async function startWorld(): Promise<World> {
  const slack = await startSlackStandIn();
  slack.on('users.info', ({ args }) => {
    const said = typeof args.user === 'string' ? slackSays(args.user) : undefined;
    return {
      body: said ? { ok: true, user: slackUser(args.user, said) } : { ok: false, error: 'user_not_found' },
    };
  });
  const [search, ...teams] = SETTINGS.teams ?? [];
  if (!search) throw new Error('there is no team');
  const bench = await openWorkbench({
    ...SETTINGS,
    teams: [{ ...search, members: [...search.members, VIEWER, GONE, FOREIGN] }, ...teams],
    roles: [{ role: 'viewer', people: [VIEWER.email] }],
  });
  await addSteadyCosts(bench);
  await bench.run('budget request model:churn 700 "more of it"', MIRA);
  await addAnomaly(bench.context.store);
  await addProposal(bench.context.store, { id: 1, status: 'waiting' });
  await addProposal(bench.context.store, { id: 2, status: 'done' });

  const { entries, logger: log } = recordingLog();
  const now = bench.context.now;
  const wait = async () => undefined;
  const directory = createSlackDirectory({ botToken: 'xoxb-1', apiUrl: slack.apiUrl }, { log, wait });
  const acting = createActionParts({ now, log }, { pace: 0 });
  const context: Context = { ...bench.context, log, directories: { slack: directory }, acting };
  let ids = 0;
  const dispatch = createDispatch(context, () => `made-${++ids}`);
  const underWay = new Set<Promise<unknown>>();
  const watched: Dispatch = (interaction) => {
    const answer = dispatch(interaction).finally(() => underWay.delete(answer));
    underWay.add(answer);
    return answer;
  };
  const app = await startApp(slack, { dispatch: watched, wait });
  const { buttons, forms } = await register(context);
  return {
    slack,
    app,
    context,
    buttons,
    forms,
    get errors() {
      return [...entries, ...app.log].filter(({ level }) => level === 'error').map(errorWords);
    },
    async settle() {
      // Bolt calls its listeners some turns after the acknowledgement.
      for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setImmediate(done));
      await Promise.allSettled(underWay);
      await app.platform.stop();
    },
    async close() {
      await app.stop();
      await slack.close();
      await bench.temp.close();
    },
  };
}

function errorWords({
  message,
  fields,
}: {
  message: string;
  fields: Readonly<Record<string, unknown>>;
}): string {
  const { err } = fields;
  return `${message}: ${err instanceof Error ? (err.stack ?? err.message) : JSON.stringify(fields)}`;
}

async function register(context: Context): Promise<{ buttons: string[]; forms: string[] }> {
  let ids = 0;
  const newId = () => `button-${++ids}`;
  const buttons: string[] = [];
  const put = async (at: Context, more: Partial<Button>, workspace: string) => {
    for (const text of COMMANDS) {
      const button: Button = { label: 'x', action: { do: 'command', text }, ...more };
      await registerButtons(
        at,
        newId,
        { elements: [{ kind: 'actions', buttons: [button] }] },
        { platform: 'slack', workspace },
      );
      buttons.push(`button-${ids}`);
    }
  };
  await put(context, {}, 'T1');
  await put(context, { once: true }, 'T1');
  await put(context, {}, 'T7');
  await put({ ...context, now: () => context.now() - 30 * 86_400_000 }, { hours: 1 }, 'T1');
  const forms: string[] = [];
  for (const [form, text] of FORMS) {
    await registerForm(context, newId, { form, text, title: 'x', submit: 'x', fields: [] });
    forms.push(`button-${ids}`);
    const button: Button = { label: 'x', action: { do: 'form', form, text } };
    await registerButtons(context, newId, { elements: [{ kind: 'actions', buttons: [button] }] });
    buttons.push(`button-${ids}`);
  }
  return { buttons, forms };
}
