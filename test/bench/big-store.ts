/** A large organisation's database, generated in SQL: 200 models × 2 years × 25 allocated facts a day. */
import { addDays, type Day, eachDay, startOfMonth } from '../../src/core/day.ts';
import type { Settings } from '../../src/core/settings.ts';
import type { Context } from '../../src/flows/context.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { USAGE_KIND } from '../../src/store/usage.ts';
import { settingsOf } from '../settings.ts';
import { fillDailyCost } from './big-store/daily-cost.ts';
import { fillShapes } from './big-store/shapes.ts';
import { fillUsage, USAGE_SOURCE } from './big-store/usage.ts';

/** The morning the questions are asked; bills are complete until two days before. */
export const NOW = Date.parse('2026-11-21T09:00:00Z');
export const LAST_DAY = '2026-11-20';
const WATERMARK = '2026-11-19';
export const SOURCES = ['aws-focus', 'gcp-focus', 'azure-focus'] as const;

export interface BigOrganisation {
  readonly teams: number;
  readonly models: number;
  readonly days: number;
}

export interface BigStore {
  readonly context: Context;
  readonly url: string;
  readonly facts: number;
  readonly settings: Settings;
  /** The same organisation over a new connection, with nothing in its cache. */
  reopen(): Promise<Context & { close(): Promise<void> }>;
}

const log = { info() {}, warn() {}, error() {} };

/** Makes the database at `path`. The caller disconnects `context.store`. */
export async function makeBigStore(path: string, size: BigOrganisation): Promise<BigStore> {
  const url = `file:${path}`;
  const store = await openStore(url);
  const settings = settingsOfOrganisation(size);
  await fillShapes(store, size);
  const days = eachDay(addDays(LAST_DAY, 1 - size.days), LAST_DAY);
  await fillDailyCost(store, days);
  await fillUsage(store, days);
  await fillReach(store, days);
  await fillBudgets(store, size);
  const facts = await store.dailyCost.count();
  const contextOf = (open: Store): Context => ({ store: open, settings, log, now: () => NOW });
  return {
    context: contextOf(store),
    url,
    facts,
    settings,
    async reopen() {
      const open = await openStore(url);
      return { ...contextOf(open), close: () => open.$disconnect() };
    },
  };
}

export function teamName(index: number): string {
  return `team-${String(index).padStart(3, '0')}`;
}

export function modelName(index: number): string {
  return `model-${String(index).padStart(3, '0')}`;
}

/** Its teams, models and exchange rates. */
export function settingsOfOrganisation({ teams, models }: Omit<BigOrganisation, 'days'>): Settings {
  return settingsOf({
    organisation: 'Bench',
    fx: [
      { date: addDays(LAST_DAY, -1000), from: 'EUR', to: 'USD', rate: '1.08' },
      { date: addDays(LAST_DAY, -200), from: 'EUR', to: 'USD', rate: '1.0913' },
    ],
    teams: Array.from({ length: teams }, (_, index) => ({
      name: teamName(index),
      title: `Team ${index}`,
      owner: `lead-${index}@example.com`,
      members: [{ name: `Lead ${index}`, email: `lead-${index}@example.com`, slack: `U${index}` }],
      channel: { slack: `C${index}` },
    })),
    models: Array.from({ length: models }, (_, index) => ({
      name: modelName(index),
      title: `Model ${index}`,
      team: teamName(index % teams),
      aliases: [`m${index}`],
    })),
  });
}

/** Sources, their bills (one a month) and how far they reach. */
async function fillReach(store: Store, days: readonly Day[]): Promise<void> {
  const months = [...new Set(days.map(startOfMonth))];
  await store.source.createMany({
    data: [
      ...SOURCES.map((name) => ({ name, kind: 'focus-file', watermark: WATERMARK })),
      { name: USAGE_SOURCE, kind: USAGE_KIND, watermark: WATERMARK },
    ],
  });
  await store.bill.createMany({
    data: SOURCES.flatMap((source) =>
      months.map((month) => {
        const inMonth = days.filter((day) => startOfMonth(day) === month);
        return {
          source,
          billingAccountId: `${source}-payer`,
          billingPeriodStart: month,
          firstDay: inMonth[0] ?? month,
          lastDay: inMonth.at(-1) ?? month,
          digest: '[]',
          batchId: 1,
        };
      }),
    ),
  });
}

async function fillBudgets(store: Store, { teams, models }: BigOrganisation): Promise<void> {
  const scopes = [
    ...Array.from({ length: teams }, (_, index) => `team:${teamName(index)}`),
    ...Array.from({ length: models }, (_, index) => `model:${modelName(index)}`),
  ];
  const written = { managedBy: 'file', updatedAt: new Date(NOW) };
  await store.budget.createMany({
    data: scopes.map((scope) => ({
      scope,
      period: 'monthly',
      amountMicros: 20_000_000_000n,
      currency: 'USD',
      ...written,
    })),
  });
}
