/** A small organisation in a real database, and its people typing commands. */
import { homeView } from '../../src/commands/home.ts';
import { runCommand } from '../../src/commands/run.ts';
import type { CommandContext } from '../../src/commands/types.ts';
import type { Actor } from '../../src/core/actor.ts';
import { eachDay } from '../../src/core/day.ts';
import { AppError } from '../../src/core/errors.ts';
import type { Settings } from '../../src/core/settings.ts';
import type { Context } from '../../src/flows/context.ts';
import { syncSettings } from '../../src/flows/sync-settings.ts';
import type { Button, View } from '../../src/view/elements.ts';
import { renderText } from '../../src/view/fallback.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../temp-store.ts';

export const MIRA = { name: 'Mira Chen', email: 'mira@x.example', slack: 'U0MIRA01' };
export const TOMAS = { name: 'Tomás Oliveira', email: 'tomas@x.example', slack: 'U0TOMAS1' };
export const LENA = { name: 'Lena Hoffmann', email: 'lena@x.example', slack: 'U0LENA01' };
export const JON = { name: 'Jon Park', email: 'jon@x.example', slack: 'U0JON001' };
export const STRANGER = { slack: 'U0NOBODY' };

export const SETTINGS: Partial<Settings> = {
  organisation: 'Testing & Co',
  dimensions: [
    { dimension: 'team', tags: ['team'], values: {} },
    { dimension: 'model', tags: ['model'], values: {} },
    { dimension: 'stage', tags: ['stage'], values: {} },
    { dimension: 'feature', tags: ['feature'], values: {} },
  ],
  fx: [{ date: '2026-01-01', from: 'EUR', to: 'USD', rate: '1.10' }],
  teams: [
    {
      name: 'search',
      title: 'Search',
      owner: MIRA.email,
      members: [MIRA, TOMAS],
      channel: { slack: 'C0SEARCH' },
    },
    { name: 'growth', title: 'Growth & Ads', owner: LENA.email, members: [LENA], channel: {} },
    { name: 'platform', title: 'Platform', members: [JON], channel: {} },
  ],
  models: [
    { name: 'bert', title: 'BERT', team: 'search', owner: MIRA.email, aliases: ['bert-base'] },
    { name: 'ranker', title: 'Ranker', team: 'search', aliases: [] },
    { name: 'churn', title: 'Churn', team: 'growth', aliases: [] },
  ],
  budgets: [
    {
      scope: { kind: 'model', name: 'bert' },
      amountMicros: 1_000_000_000n,
      currency: 'USD',
      period: 'monthly',
    },
  ],
  admins: [JON.email],
};

export interface Workbench {
  readonly temp: TempStore;
  readonly context: Context;
  /** Runs a command as a person (a Slack id), where they typed it; "console" is the terminal. */
  run(text: string, by?: { readonly slack: string } | 'console', channel?: string): Promise<Ran>;
  /** What the person is told when it is refused. */
  refusal(text: string, by?: { readonly slack: string } | 'console', channel?: string): Promise<Refused>;
  home(by: { readonly slack: string }): Promise<Ran>;
  asking(by?: { readonly slack: string } | 'console', channel?: string): CommandContext;
}

export interface Ran {
  readonly view: View;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly buttons: readonly Button[];
}

export interface Refused {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export async function openWorkbench(settings: Partial<Settings> = SETTINGS): Promise<Workbench> {
  const temp = await openTempStore();
  const context = contextOf(temp.store, { now: '2026-11-21T09:00:00Z', settings });
  await syncSettings(context);
  const asking: Workbench['asking'] = (by = MIRA, channel = 'C0GENERAL') => {
    const actor: Actor =
      by === 'console'
        ? { kind: 'console', user: 'root' }
        : { kind: 'person', platform: 'slack', id: by.slack, workspace: 'T1' };
    return {
      ...context,
      actor,
      ...(by !== 'console' && { conversation: { platform: 'slack', workspace: 'T1', channel } }),
    };
  };
  const shown = (view: View, data: Ran['data'] = {}): Ran => ({
    view,
    data,
    text: renderText(view),
    buttons: view.elements.flatMap((element) => (element.kind === 'actions' ? element.buttons : [])),
  });
  return {
    temp,
    context,
    asking,
    run: async (text, by, channel) => {
      const { view, data } = await runCommand(asking(by, channel), text);
      return shown(view, data);
    },
    refusal: async (text, by, channel) => {
      try {
        await runCommand(asking(by, channel), text);
      } catch (error) {
        if (error instanceof AppError)
          return { code: error.code, message: error.message, hint: error.hint ?? '' };
        throw error;
      }
      throw new Error(`"${text}" was not refused`);
    },
    home: async (by) => shown(await homeView(asking(by))),
  };
}

/** Steady costs from 1 to 19 November: bert $10 a day (feature "search-box"), ranker $30, churn $5. */
export async function addSteadyCosts({ context }: Workbench): Promise<void> {
  const cost = (day: string, amount: string, model: string, tags: Record<string, string> = {}) => ({
    day,
    cost: amount,
    tags: { model, ...tags },
  });
  await addFacts(
    context,
    eachDay('2026-11-01', '2026-11-19').flatMap((day) => [
      cost(day, '10', 'bert', { feature: 'search-box', stage: 'training' }),
      cost(day, '30', 'ranker'),
      cost(day, '5', 'churn'),
    ]),
  );
}
