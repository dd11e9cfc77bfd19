/** The real platform in front of the real dispatcher and a real database, and people in a stand-in Teams. */
import type { Settings } from '../../../src/core/settings.ts';
import { createDispatch } from '../../../src/dispatch.ts';
import { registerButtons } from '../../../src/flows/buttons.ts';
import type { Context } from '../../../src/flows/context.ts';
import { listAudit } from '../../../src/store/audit.ts';
import type { Button } from '../../../src/view/elements.ts';
import { openWorkbench, type Workbench } from '../../commands/workbench.ts';
import { type RunningTeams, startTeams, words } from './running-teams.ts';
import { PEOPLE, type StandInMessage, TENANT } from './teams-stand-in-world.ts';

export interface ActingTeams {
  readonly running: RunningTeams;
  readonly bench: Workbench;
  readonly context: Context;
  /** A message with a button in a channel or chat that the bot was told of. */
  offered(channel: string, button: Button): Promise<StandInMessage>;
  /** What was refused, as audited: [action, actor, subject]. */
  refused(): Promise<(readonly [string, string, string])[]>;
  stop(): Promise<void>;
}

/** Mira and Ana are Search; Jon is an admin. Teams knows who they are by their e-mails. */
const SETTINGS: Partial<Settings> = {
  organisation: 'Acme',
  dimensions: [
    { dimension: 'team', tags: ['team'], values: {} },
    { dimension: 'model', tags: ['model'], values: {} },
  ],
  teams: [
    {
      name: 'search',
      title: 'Search',
      owner: PEOPLE.mira.email,
      members: [PEOPLE.mira, PEOPLE.ana].map(({ name, email }) => ({ name, email })),
      channel: {},
    },
    {
      name: 'platform',
      title: 'Platform',
      members: [{ name: PEOPLE.jon.name, email: PEOPLE.jon.email, teams: PEOPLE.jon.id }],
      channel: {},
    },
  ],
  models: [{ name: 'bert', title: 'BERT', team: 'search', aliases: [] }],
  admins: [PEOPLE.jon.email],
};

export async function startActingTeams(): Promise<ActingTeams> {
  const bench = await openWorkbench(SETTINGS);
  const directories: NonNullable<Context['directories']> = {};
  const context: Context = { ...bench.context, directories };
  let ids = 0;
  const newId = () => `id-${++ids}`;
  const running = await startTeams({ tellPosted: true });
  Object.assign(directories, { teams: running.platform.directory });
  running.answer(createDispatch(context, newId));
  const { teams, platform } = running;
  return {
    running,
    bench,
    context,
    async offered(channel, button) {
      const view = {
        elements: [...words('Well?').elements, { kind: 'actions', buttons: [button] }],
      } as const;
      const home = { platform: 'teams', workspace: TENANT, channel };
      const ref = await platform.deliver(home, await registerButtons(context, newId, view, home));
      const message = teams.messages(channel).find(({ id }) => id === ref.id);
      if (!message) throw new Error('It was not delivered.');
      return message;
    },
    async refused() {
      const entries = await listAudit(context.store);
      return entries
        .filter(({ action }) => action.startsWith('refused.'))
        .map(({ action, actor, subject }) => [action, actor, subject] as const);
    },
    async stop() {
      await running.stop();
      await bench.temp.close();
    },
  };
}
