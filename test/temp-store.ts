/** A real SQLite database in a temporary folder, and facts put straight into it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../src/core/log.ts';
import { decimalToMicros } from '../src/core/money.ts';
import type { Settings } from '../src/core/settings.ts';
import { allocateDays } from '../src/flows/allocate.ts';
import type { Context } from '../src/flows/context.ts';
import { contentId } from '../src/store/content-id.ts';
import type { Store } from '../src/store/open.ts';
import { settingsOf } from './settings.ts';
import { openFreshStore } from './template-database.ts';

export interface TempStore {
  readonly store: Store;
  readonly url: string;
  close(): Promise<void>;
}

export async function openTempStore(): Promise<TempStore> {
  const dir = mkdtempSync(join(tmpdir(), 'pennywatch-'));
  const path = join(dir, 'test.db');
  const store = await openFreshStore(path);
  return {
    store,
    url: `file:${path}`,
    close: async () => {
      await store.$disconnect();
      rmSync(dir, { recursive: true });
    },
  };
}

/** What somebody does first who edits the audit by hand: the database itself forbids it. */
export async function allowTampering(store: Store): Promise<void> {
  for (const trigger of ['AuditEntry_keep', 'AuditEntry_fixed'])
    await store.$executeRawUnsafe(`DROP TRIGGER "${trigger}"`);
}

/** A log that remembers what was written, for tests that look. */
export function rememberingLog(): Logger & {
  readonly lines: { level: string; fields: object; message: string }[];
} {
  const lines: { level: string; fields: object; message: string }[] = [];
  const at = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, fields, message });
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}

export function contextOf(
  store: Store,
  options: { now: string; settings?: Partial<Settings>; log?: Logger },
): Context {
  return {
    store,
    settings: settingsOf(options.settings),
    now: () => Date.parse(options.now),
    log: options.log ?? rememberingLog(),
  };
}

export interface TestFact {
  readonly day: string;
  /** Units, decimal text: EffectiveCost and, unless given, BilledCost. */
  readonly cost: string | null;
  readonly billed?: string | null;
  readonly currency?: string;
  readonly source?: string;
  readonly provider?: string;
  readonly service?: string;
  readonly region?: string;
  readonly category?: string;
  readonly account?: string;
  readonly resource?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Inserts facts as an import would leave them, with their sources' reach, and allocates them. */
export async function addFacts(
  context: Context,
  facts: readonly TestFact[],
  watermark?: string,
): Promise<void> {
  const { store } = context;
  for (const source of new Set(facts.map((fact) => fact.source ?? 'focus'))) {
    const days = facts
      .filter((fact) => (fact.source ?? 'focus') === source)
      .map((fact) => fact.day)
      .sort();
    const reach = { firstDay: days[0] as string, lastDay: days.at(-1) as string };
    const key = { source, billingAccountId: 'acct', billingPeriodStart: 'all' };
    await store.bill.upsert({
      where: { source_billingAccountId_billingPeriodStart: key },
      create: { ...key, ...reach, digest: 'test', batchId: 0 },
      update: reach,
    });
    const mark = { watermark: watermark ?? reach.lastDay };
    await store.source.upsert({
      where: { name: source },
      create: { name: source, kind: 'focus-file', ...mark },
      update: mark,
    });
  }
  await writeFacts(store, facts);
  const days = [...new Set(facts.map((fact) => fact.day))];
  await store.$transaction((tx) => allocateDays(tx, context, { days }));
}

/** All at once: a statement per fact is what tests with a year of days would wait for. */
async function writeFacts(store: Store, facts: readonly TestFact[]): Promise<void> {
  const written = facts.map(rowsOf);
  await store.$transaction(async (tx) => {
    const focusKeys = unique(written.map(({ focusKey }) => focusKey));
    const knownKeys = await tx.focusKey.findMany({ select: { id: true } });
    await tx.focusKey.createMany({ data: unknownOf(focusKeys, knownKeys) });
    const tagSets = unique(written.map(({ tagSet }) => tagSet));
    const knownTags = await tx.tagSet.findMany({ select: { id: true } });
    await tx.tagSet.createMany({ data: unknownOf(tagSets, knownTags) });
    const resources = unique(written.flatMap(({ resource }) => resource ?? []));
    const knownResources = await tx.resource.findMany({ select: { id: true } });
    await tx.resource.createMany({ data: unknownOf(resources, knownResources) });
    await tx.costFact.createMany({ data: written.map(({ costFact }) => costFact) });
  });
}

function unique<T extends { readonly id: bigint }>(rows: readonly T[]): T[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

function unknownOf<T extends { readonly id: bigint }>(rows: readonly T[], known: readonly { id: bigint }[]) {
  const ids = new Set(known.map(({ id }) => id));
  return rows.filter(({ id }) => !ids.has(id));
}

function rowsOf(fact: TestFact) {
  const columns = {
    providerName: fact.provider ?? 'AWS',
    billingAccountId: 'acct',
    subAccountId: fact.account ?? null,
    serviceName: fact.service ?? 'Amazon SageMaker',
    regionId: fact.region ?? null,
    chargeCategory: fact.category ?? 'Usage',
  };
  const focusKey = { id: contentId(JSON.stringify(columns)), ...columns };
  const tags = JSON.stringify(fact.tags ?? {});
  const tagSet = { id: contentId(tags), tags };
  const resource = fact.resource ? { id: contentId(fact.resource), resourceId: fact.resource } : null;
  const micros = (text: string | null) => (text === null ? null : decimalToMicros(text));
  const costFact = {
    billId: 1,
    source: fact.source ?? 'focus',
    day: fact.day,
    focusKeyId: focusKey.id,
    tagSetId: tagSet.id,
    resourceKey: resource?.id ?? 0n,
    currency: fact.currency ?? 'USD',
    rows: 1,
    effectiveMicros: micros(fact.cost),
    billedMicros: micros(fact.billed === undefined ? fact.cost : fact.billed),
  };
  return { focusKey, tagSet, resource, costFact };
}
