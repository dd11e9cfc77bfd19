/** What the bills of the sample organisation say is running is found at its stand-ins, by the real actions. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actions } from '../../../src/actions/registry.ts';
import type { Planned } from '../../../src/actions/types.ts';
import { findAccount } from '../../../src/analysis/policy/allow-list.ts';
import { recognise } from '../../../src/analysis/resources/recognise.ts';
import { readClouds } from '../../../src/sandbox/cloud/console/state.ts';
import { type SampleCloud, startSampleCloud } from '../../../src/sandbox/cloud/sample/index.ts';
import { writeSampleOrg } from '../../../src/sandbox/sample-org/index.ts';
import { createActionParts } from '../../../src/threads/action-parts.ts';
import { rememberingLog } from '../../temp-store.ts';
import { type Row, readRows } from '../sample-org/read-bills.ts';

const NOW = Date.parse('2026-11-21T15:30:00Z');
/** Kinds of resources that one can stop; buckets, token models and the like are not among them. */
const STOPPABLE =
  /:(training-job|processing-job|endpoint|notebook-instance)\/|^i-0|\/(customJobs|endpoints|instances)\/|\/(virtualMachines|computes|onlineEndpoints)\/|^(proj_|wrkspc_)/;

const dir = mkdtempSync(join(tmpdir(), 'pennywatch-sample-cloud-'));
let cloud: SampleCloud;
let clock = NOW;
const newest = new Map<string, Row>();

beforeAll(async () => {
  cloud = await startSampleCloud({ now: () => clock, lag: 1_000 });
  const { sources } = await writeSampleOrg({ dir, now: NOW, months: 1 });
  for (const { name, files } of sources) {
    const rows = (await Promise.all(files.map((file) => readRows(file)))).flat();
    const last = rows.map((row) => row.ChargePeriodStart ?? '').reduce((a, b) => (a > b ? a : b));
    for (const row of rows) {
      const id = row.ResourceId || (name === 'openai' || name === 'anthropic' ? row.SubAccountId : '');
      if (id && row.ChargeCategory === 'Usage' && row.ChargePeriodStart === last && STOPPABLE.test(id))
        newest.set(id, row);
    }
  }
});
afterAll(async () => {
  await cloud?.close();
  rmSync(dir, { recursive: true, force: true });
});

async function look(id: string, row: Row): Promise<Planned> {
  const found = recognise(id, {
    ...(row.ProviderName && { provider: row.ProviderName }),
    ...(row.ServiceName && { service: row.ServiceName }),
    ...(row.SubAccountId && { account: row.SubAccountId }),
    ...(row.RegionId && { region: row.RegionId }),
    ...(row.ResourceName && { name: row.ResourceName }),
  });
  if (!found.known) throw new Error(found.why);
  const { ref } = found;
  const connection = findAccount(ref, cloud.accounts);
  if (!connection) throw new Error(`${id} is not allowed`);
  const action = actions.find(({ about }) => about.kinds.includes(ref.kind));
  if (!action) throw new Error(`nothing can be done with ${ref.kind}`);
  const { variables } = cloud;
  const parts = createActionParts({ now: () => clock, log: rememberingLog(), variables });
  const access = { ...parts.access(connection, AbortSignal.timeout(20_000)), pace: 0.001 };
  return action.plan(access, { ref, parameters: {} });
}

describe('the sample clouds', () => {
  it('hold everything that the newest day of each bill names, running, with the same tags', async () => {
    expect(newest.size).toBeGreaterThan(60);
    for (const [id, row] of newest) {
      const { live } = await look(id, row);
      expect(live, id).toBeDefined();
      expect(live?.state, id).not.toMatch(
        /^(stopped|terminated|completed|deallocated|job_state_succeeded)$/i,
      );
      expect(live?.tags, id).toMatchObject(tagsOf(row));
    }
  });

  it('run the job that does not end since the morning on which it began, and it can go on from a checkpoint', async () => {
    const [id = '', row] = [...newest].find(([one]) => one.includes('bert-retrain')) ?? [];
    if (!row) throw new Error('the runaway is not on the bill');
    const { live, refusal, before } = await look(id, row);
    expect([live?.state, refusal]).toEqual(['InProgress', undefined]);
    expect(live?.createdAt?.toISOString()).toBe('2026-11-16T07:00:00.000Z');
    expect(before).toHaveProperty('again');
  });

  it('refuse some things for reasons of their own', async () => {
    const reasons: string[] = [];
    for (const [id, row] of newest)
      if (/^i-0|onlineEndpoints|:endpoint/.test(id)) reasons.push((await look(id, row)).refusal ?? '');
    expect(reasons.join('\n')).toMatch(/Auto Scaling group ml-platform-nodes-a/);
    expect(reasons.join('\n')).toMatch(/one-time request/);
    expect(reasons.join('\n')).toMatch(/inference components/);
  });

  it('change nothing by being looked at', () => {
    const calls = Object.values(cloud.standIns).flatMap((standIn) => standIn.calls);
    expect(calls.length).toBeGreaterThan(100);
    expect(calls.filter(({ write }) => write)).toEqual([]);
  });

  it('are shown on their page, with what was done to them', async () => {
    const [id = '', row] = [...newest].find(([one]) => /virtualMachines\/log-anomaly/.test(one)) ?? [];
    if (!row) throw new Error('the machine is not on the bill');
    const shown = () => readClouds(cloud).rows.find(({ name }) => name === 'log-anomaly-01');
    expect(shown()).toMatchObject({ vendor: 'Azure', state: 'running', tone: 'on' });
    const planned = await look(id, row);
    const action = actions.find(({ id: own }) => own === 'azure.vm-deallocate');
    const connection = findAccount(planned.input.ref, cloud.accounts);
    if (!action || !connection) throw new Error('there is no such action');
    const parts = createActionParts({ now: () => clock, log: rememberingLog(), variables: cloud.variables });
    const access = { ...parts.access(connection, AbortSignal.timeout(20_000)), pace: 0.001 };
    await action.run(access, planned, 'key-1');
    expect(shown()).toMatchObject({ tone: 'turning' });
    clock += 2_000;
    expect(shown()).toMatchObject({ state: 'deallocated', tone: 'off' });
    expect(readClouds(cloud).calls).toMatchObject([{ vendor: 'Azure', target: 'log-anomaly-01' }]);
  });
});

function tagsOf({ Tags = '' }: Row): Record<string, string> {
  if (Tags === '') return {};
  return JSON.parse(Tags.startsWith('{') ? Tags : `{${Tags}}`) as Record<string, string>;
}
