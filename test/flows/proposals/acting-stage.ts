/** An organisation whose bert is trained on AWS: a real store, real actions and SDKs, and AWS's stand-in behind them. */

import type { ActionSettings } from '../../../src/core/action.ts';
import type { Actor } from '../../../src/core/actor.ts';
import type { Settings } from '../../../src/core/settings.ts';
import type { Context } from '../../../src/flows/context.ts';
import { carryOut } from '../../../src/flows/proposals/carry-out.ts';
import { draftProposal } from '../../../src/flows/proposals/draft.ts';
import type { ActionParts } from '../../../src/flows/proposals/types.ts';
import { syncSettings } from '../../../src/flows/sync-settings.ts';
import {
  type AwsResources,
  type AwsStandIn,
  createAwsStandIn,
} from '../../../src/sandbox/cloud/aws/server.ts';
import type { StoredProposal } from '../../../src/store/proposals.ts';
import { createActionParts } from '../../../src/threads/action-parts.ts';
import { settingsOf } from '../../settings.ts';
import { addFacts, openTempStore, rememberingLog, type TestFact } from '../../temp-store.ts';

export const ACCOUNT = '111122223333';
export const JOB = `arn:aws:sagemaker:us-east-1:${ACCOUNT}:training-job/bert-retrain-7`;
export const BOX = 'i-0aaaaaaaaaaaaaaa1';

export const mira: Actor = { kind: 'person', platform: 'slack', id: 'UMIRA' };
export const tomas: Actor = { kind: 'person', platform: 'slack', id: 'UTOMAS' };
export const jon: Actor = { kind: 'person', platform: 'slack', id: 'UJON' };
export const lena: Actor = { kind: 'person', platform: 'slack', id: 'ULENA' };
export const stranger: Actor = { kind: 'person', platform: 'slack', id: 'UNOBODY' };

const START = Date.parse('2026-11-20T12:00:00Z');
const LAG = 2_000;

export interface ActingStage {
  readonly context: Context;
  readonly parts: ActionParts;
  readonly cloud: AwsStandIn;
  readonly log: ReturnType<typeof rememberingLog>;
  /** Moves the one clock of store, engine and cloud. */
  pass(milliseconds: number): void;
  /** A context with other settings over the same store. */
  with(actions: Partial<ActionSettings>, settings?: Partial<Settings>): Context;
  draft(actor?: Actor): Promise<StoredProposal>;
  run(context?: Context, parts?: ActionParts): ReturnType<typeof carryOut>;
  close(): Promise<void>;
}

let ids = 0;
export const newId = () => `id-${++ids}`;

export interface StageOptions {
  readonly actions?: Partial<ActionSettings>;
  readonly facts?: readonly TestFact[];
  readonly aws?: AwsResources;
}

/** The settings of the stage: mode approve, both of the organisation's regions allowed, Jon approves for search. */
export function actingSettings(actions: Partial<ActionSettings> = {}): Partial<Settings> {
  const person = (name: string, slack: string) => ({
    name,
    slack,
    email: `${name.toLowerCase()}@lumen.example`,
  });
  return {
    teams: [
      {
        name: 'search',
        title: 'Search',
        owner: 'mira@lumen.example',
        members: [person('Mira', 'UMIRA'), person('Tomas', 'UTOMAS'), person('Jon', 'UJON')],
        channel: { slack: 'CSEARCH' },
      },
      { name: 'growth', title: 'Growth', members: [person('Lena', 'ULENA')], channel: {} },
    ],
    models: [{ name: 'bert', title: 'bert', team: 'search', aliases: [] }],
    actions: {
      ...settingsOf().actions,
      mode: 'approve',
      accounts: [{ provider: 'aws', account: ACCOUNT, regions: [], namespaces: [], match: [] }],
      approvers: [{ people: ['jon@lumen.example'], team: 'search', environments: [] }],
      twoPersons: { aboveMicros: 10_000_000_000n, environments: [], risks: [] },
      ...actions,
    },
  };
}

const TAGS = { team: 'search', model: 'bert', stage: 'training', env: 'dev' };

/** Four days of a training job at $2,310 a day and of a machine at $100 a day. */
export const FACTS: readonly TestFact[] = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19'].flatMap(
  (day) => [
    { day, cost: '2310', account: ACCOUNT, region: 'us-east-1', resource: JOB, tags: TAGS },
    {
      day,
      cost: '100',
      service: 'Amazon Elastic Compute Cloud',
      account: ACCOUNT,
      region: 'us-east-1',
      resource: BOX,
      tags: TAGS,
    },
  ],
);

export const AWS: AwsResources = {
  account: ACCOUNT,
  instances: [
    {
      id: BOX,
      account: ACCOUNT,
      region: 'us-east-1',
      type: 'g5.12xlarge',
      launched: new Date(START - 50 * 3_600_000),
      tags: TAGS,
    },
  ],
  sageMaker: {
    trainingJobs: [
      {
        name: 'bert-retrain-7',
        account: ACCOUNT,
        region: 'us-east-1',
        created: new Date(START - 41 * 3_600_000),
        instanceType: 'ml.p4d.24xlarge',
        checkpoint: 's3://lumen-checkpoints/bert',
        tags: TAGS,
      },
    ],
  },
};

export async function openActingStage({
  actions,
  facts = FACTS,
  aws = AWS,
}: StageOptions = {}): Promise<ActingStage> {
  const { store, close } = await openTempStore();
  let clock = START;
  const now = () => clock;
  const pass = (milliseconds: number) => {
    clock += milliseconds;
  };
  const log = rememberingLog();
  const cloud = await createAwsStandIn({ now, lag: LAG }, aws);
  const variables = {
    AWS_ENDPOINT_URL: cloud.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  const parts = createActionParts(
    { now, log, variables },
    {
      owner: 'test-process',
      isAlive: () => true,
      pace: 0.0001,
      wait: async (milliseconds) => pass(milliseconds),
    },
  );
  const settings = settingsOf(actingSettings(actions));
  const context: Context = { store, settings, now, log, acting: parts };
  await syncSettings(context);
  await addFacts(context, facts);
  return {
    context,
    parts,
    cloud,
    log,
    pass,
    with: (other, more = {}) => ({
      ...context,
      settings: settingsOf({ ...actingSettings({ ...actions, ...other }), ...more }),
    }),
    draft: (actor = mira) =>
      draftProposal(context, parts, actor, { kind: 'scope', scope: { kind: 'model', name: 'bert' } }),
    run: (other = context, changed = parts) => carryOut(other, changed, { newId }),
    async close() {
      await cloud.close();
      await close();
    },
  };
}
