/** An undo brings back what was stopped and nothing that somebody decided since; the ledger counts each day once. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../../../src/flows/context.ts';
import { decideProposal } from '../../../src/flows/proposals/decide.ts';
import { demandProposal } from '../../../src/flows/proposals/demand-proposal.ts';
import { requestProposal } from '../../../src/flows/proposals/request.ts';
import { showProposal } from '../../../src/flows/proposals/shown.ts';
import { undoProposal } from '../../../src/flows/proposals/undo.ts';
import { listSavings } from '../../../src/store/savings.ts';
import {
  ACCOUNT,
  type ActingStage,
  AWS,
  BOX,
  FACTS,
  JOB,
  jon,
  mira,
  newId,
  openActingStage,
} from './acting-stage.ts';

const GROUP = `arn:aws:autoscaling:us-east-1:${ACCOUNT}:autoScalingGroup:12345678-1234-1234-1234-123456789012:autoScalingGroupName/bert-workers`;
const DAY = 86_400_000;

let stage: ActingStage;
beforeEach(async () => {
  stage = await openActingStage({
    facts: FACTS.map((fact) => (fact.resource === JOB ? { ...fact, resource: GROUP } : fact)),
    aws: {
      ...AWS,
      groups: [
        {
          name: 'bert-workers',
          account: ACCOUNT,
          region: 'us-east-1',
          created: new Date('2026-11-01T00:00:00Z'),
          min: 1,
          max: 8,
          desired: 6,
          tags: { team: 'search', model: 'bert', env: 'dev' },
        },
      ],
    },
  });
});
afterEach(() => stage.close());

const stored = (id: number) => demandProposal(stage.context.store, id);
const writes = () => stage.cloud.calls.filter(({ write }) => write).map(({ operation }) => operation);
const itemOf = async (id: number, resource: string) =>
  (await stored(id)).items.find(({ resourceId }) => resourceId === resource);

async function stopped(resource: string) {
  const draft = await stage.draft();
  const items = draft.items.filter(({ resourceId }) => resourceId === resource).map(({ id }) => id);
  await requestProposal(stage.context, mira, draft.id, { items, reason: 'idle' }, { newId });
  await decideProposal(stage.context, jon, { id: draft.id, verdict: 'approve' }, { newId });
  await stage.run();
  expect((await stored(draft.id)).status).toBe('done');
  return draft.id;
}

const undo = (id: number, context: Context = stage.context) =>
  undoProposal(context, stage.parts, mira, id, { newId });

describe('an undo', () => {
  it('leaves a size that somebody set by hand since', async () => {
    const id = await stopped(GROUP);
    const [group] = stage.cloud.state.groups;
    if (!group) throw new Error('the stage has no group');
    Object.assign(group, { min: 1, desired: 2 });
    const before = writes().length;
    const { id: back } = await undo(id);
    await stage.run();
    expect(await itemOf(back, GROUP)).toMatchObject({
      state: 'refused',
      said: expect.stringMatching(/^Left as it is: bert-workers has .*2 instances/),
    });
    expect([writes().length, group.desired]).toEqual([before, 2]);
  });

  it('in a dry run brings nothing back, says so, and may be done for real later', async () => {
    const id = await stopped(BOX);
    const dry = stage.with({ mode: 'dry-run' });
    await undo(id, dry);
    await stage.run(dry);
    expect(stage.cloud.state.instances[0]?.state).toBe('stopped');
    expect((await showProposal(stage.context.store, await stored(id))).undoneBy).toBeUndefined();
    await undo(id);
    await stage.run();
    expect(stage.cloud.state.instances[0]?.state).toBe('running');
  });

  it('that nobody came to in time is over, and may be asked for again', async () => {
    const id = await stopped(BOX);
    const { id: late } = await undo(id);
    stage.pass(2 * DAY);
    await stage.run();
    expect((await stored(late)).status).toBe('expired');
    expect(stage.cloud.state.instances[0]?.state).toBe('stopped');
    await undo(id);
    await stage.run();
    expect(stage.cloud.state.instances[0]?.state).toBe('running');
  });

  it('is refused while another proposal is about to stop the same again', async () => {
    const id = await stopped(BOX);
    Object.assign(stage.cloud.state.instances[0] ?? {}, { state: 'running' });
    const draft = await stage.draft();
    const items = draft.items.filter(({ resourceId }) => resourceId === BOX).map((item) => item.id);
    await requestProposal(stage.context, mira, draft.id, { items, reason: 'again' }, { newId });
    await decideProposal(stage.context, jon, { id: draft.id, verdict: 'approve' }, { newId });
    await expect(undo(id)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/proposal/),
    });
  });
});

describe('the ledger', () => {
  it('counts a day once when something was started by hand and stopped again', async () => {
    await stopped(BOX);
    stage.pass(3 * DAY);
    Object.assign(stage.cloud.state.instances[0] ?? {}, { state: 'running' });
    await stopped(BOX);
    const open = (await listSavings(stage.context.store)).filter(({ endDay }) => endDay === undefined);
    expect(open.map(({ expectedMicros }) => expectedMicros)).toEqual([100_000_000n]);
  });
});
