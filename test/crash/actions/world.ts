/** A database, a provider and a gate before it, with as many models as are wanted. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../../../src/flows/context.ts';
import { syncSettings } from '../../../src/flows/sync-settings.ts';
import type { Thing } from '../../../src/sandbox/cloud/aws/sagemaker-state.ts';
import { type AwsStandIn, createAwsStandIn } from '../../../src/sandbox/cloud/aws/server.ts';
import { openStore, type Store } from '../../../src/store/open.ts';
import { addFacts, rememberingLog } from '../../temp-store.ts';
import { type Gate, openGate } from './gate.ts';
import { keepLedger, type Ledger } from './ledger.ts';
import { awsFor, factsFor, modelsOf, START, settingsFor } from './organisation.ts';
import type { Place } from './words.ts';

export interface World {
  readonly place: Place;
  readonly store: Store;
  readonly context: Context;
  readonly cloud: AwsStandIn;
  readonly things: ReadonlyMap<string, Thing>;
  readonly ledger: Ledger;
  readonly gate: Gate;
  /** Nothing at the provider gets on until it thaws. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

/** How long a change takes at the provider, in milliseconds. */
const LAG = 25;

export async function openWorld(count: number): Promise<World> {
  const models = modelsOf(count);
  const dir = mkdtempSync(join(tmpdir(), 'pennywatch-crash-'));
  const db = `file:${join(dir, 'pennywatch.db')}`;
  const store = await openStore(db);
  const offset = START - Date.now();
  const now = () => Date.now() + offset;
  const context: Context = { store, settings: settingsFor(models), now, log: rememberingLog() };
  await syncSettings(context);
  await addFacts(context, factsFor(models));
  const { things, ...resources } = awsFor(models);
  let frozen: number | undefined;
  const cloud = await createAwsStandIn({ now: () => frozen ?? now(), lag: LAG }, resources);
  const ledger = keepLedger(() => cloud.state, things);
  const gate = await openGate(cloud.url, ledger);
  return {
    place: { db, cloud: gate.url, offset, models },
    store,
    context,
    cloud,
    things,
    ledger,
    gate,
    freeze() {
      frozen = now();
    },
    thaw() {
      frozen = undefined;
    },
    async close() {
      await gate.close();
      await cloud.close();
      await store.$disconnect();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
