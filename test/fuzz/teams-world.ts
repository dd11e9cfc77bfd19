/** The fuzzed organisation as Teams has it: people with and without rights, and the buttons that decide about something. */
import type { Conversation, Dispatch } from '../../src/chat/types.ts';
import type { Settings } from '../../src/core/settings.ts';
import { createDispatch } from '../../src/dispatch.ts';
import { registerButtons, registerForm } from '../../src/flows/buttons.ts';
import type { Context } from '../../src/flows/context.ts';
import { createActionParts } from '../../src/threads/action-parts.ts';
import type { Button } from '../../src/view/elements.ts';
import { addAnomaly } from '../chat/slack/acting-app.ts';
import { type RunningTeams, startTeams } from '../chat/teams/running-teams.ts';
import { OTHER_TENANT, PEOPLE, SEARCH, TENANT } from '../chat/teams/teams-stand-in-world.ts';
import { addSteadyCosts, openWorkbench } from '../commands/workbench.ts';
import { addProposal } from './proposal.ts';

export interface TeamsWorld {
  readonly running: RunningTeams;
  readonly context: Context;
  /** Ids of buttons, some of them expired or of another organisation, and of forms. */
  readonly buttons: readonly string[];
  readonly forms: readonly string[];
  /** Resolves when everything that was sent has been answered. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Their activities may change what is theirs to change. */
export const MIGHTY = [PEOPLE.mira.id, PEOPLE.jon.id];

const COMMANDS = [
  'budget set model:ranker 500',
  'budget approve 1',
  'owner set model:ranker mira@acme.example',
  'anomaly 1 ack',
  'anomaly 1 snooze 3d',
  'proposal 1 approve',
  'proposal 1 decline "no"',
  'proposal 2 undo',
  'stop model bert',
  'ttl experiment:x 48h',
];
const FORMS = [
  ['budget-set', 'budget set model:ranker'],
  ['owner-set', 'owner set model:ranker'],
  ['proposal-decline', 'proposal 1'],
  ['anomaly-approve', 'anomaly 1'],
  ['anomaly-snooze', 'anomaly 1'],
] as const;

const SETTINGS: Partial<Settings> = {
  organisation: 'Acme',
  dimensions: [
    { dimension: 'team', tags: ['team'], values: {} },
    { dimension: 'model', tags: ['model'], values: {} },
    { dimension: 'stage', tags: ['stage'], values: {} },
    { dimension: 'feature', tags: ['feature'], values: {} },
  ],
  teams: [
    {
      name: 'search',
      title: 'Search',
      owner: PEOPLE.mira.email,
      // A guest by e-mail and somebody of another organisation are written down, too: it must not help them.
      members: [
        { name: PEOPLE.guest.name, email: PEOPLE.guest.email },
        ...[PEOPLE.mira, PEOPLE.stranger].map(({ name, email, id }) => ({ name, email, teams: id })),
      ],
      channel: { teams: SEARCH },
    },
    {
      name: 'platform',
      title: 'Platform',
      members: [{ name: PEOPLE.jon.name, email: PEOPLE.jon.email }],
      channel: {},
    },
  ],
  models: [
    { name: 'bert', title: 'BERT', team: 'search', aliases: [] },
    { name: 'ranker', title: 'Ranker', team: 'search', aliases: [] },
  ],
  admins: [PEOPLE.jon.email],
};

export async function startTeamsWorld(): Promise<TeamsWorld> {
  const bench = await openWorkbench(SETTINGS);
  await addSteadyCosts(bench);
  await addAnomaly(bench.context.store);
  await addProposal(bench.context.store, { id: 1, status: 'waiting' });
  await addProposal(bench.context.store, { id: 2, status: 'done' });
  const running = await startTeams({ tellPosted: true });
  const acting = createActionParts({ now: bench.context.now, log: bench.context.log }, { pace: 0 });
  const directories = { teams: running.platform.directory };
  const context: Context = { ...bench.context, directories, acting };
  let ids = 0;
  const dispatch = createDispatch(context, () => `made-${++ids}`);
  const underWay = new Set<Promise<unknown>>();
  const watched: Dispatch = (interaction) => {
    const answer = dispatch(interaction).finally(() => underWay.delete(answer));
    underWay.add(answer);
    return answer;
  };
  running.answer(watched);
  for (const name of ['mira', 'jon', 'guest'] as const) await running.teams.as(name).installs();
  await running.teams.as('jon').addsToTeam();
  await running.settled();
  const { buttons, forms } = await register(context);
  return {
    running,
    context,
    buttons,
    forms,
    async settle() {
      // Messages are acknowledged some turns before they reach the platform.
      for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setImmediate(done));
      await Promise.allSettled(underWay);
      await running.platform.stop();
    },
    async close() {
      await running.stop();
      await bench.temp.close();
    },
  };
}

async function register(context: Context): Promise<{ buttons: string[]; forms: string[] }> {
  let ids = 0;
  const newId = () => `button-${++ids}`;
  const buttons: string[] = [];
  const put = async (at: Context, button: Button, home: Omit<Conversation, 'channel'>) => {
    await registerButtons(at, newId, { elements: [{ kind: 'actions', buttons: [button] }] }, home);
    buttons.push(`button-${ids}`);
  };
  const here = { platform: 'teams', workspace: TENANT };
  const longAgo = { ...context, now: () => context.now() - 30 * 86_400_000 };
  for (const text of COMMANDS) {
    const button: Button = { label: 'x', action: { do: 'command', text } };
    await put(context, button, here);
    await put(context, { ...button, once: true }, here);
    await put(context, button, { ...here, workspace: OTHER_TENANT });
    await put(context, button, { platform: 'slack', workspace: 'T1' });
    await put(longAgo, { ...button, hours: 1 }, here);
  }
  await put(context, { label: 'x', action: { do: 'share', text: 'model bert' } }, here);
  const forms: string[] = [];
  for (const [form, text] of FORMS) {
    await registerForm(context, newId, { form, text, title: 'x', submit: 'x', fields: [] }, { home: here });
    forms.push(`button-${ids}`);
    await put(context, { label: 'x', action: { do: 'form', form, text } }, here);
  }
  return { buttons, forms };
}
