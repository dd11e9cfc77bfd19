/** What goes wrong between a proposal and its end: nothing runs twice, and nothing is said to be done that is not. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../../../src/flows/context.ts';
import { decideProposal } from '../../../src/flows/proposals/decide.ts';
import { demandProposal } from '../../../src/flows/proposals/demand-proposal.ts';
import { withdrawProposal } from '../../../src/flows/proposals/end.ts';
import { requestProposal } from '../../../src/flows/proposals/request.ts';
import { listAudit } from '../../../src/store/audit.ts';
import {
  type ActingStage,
  BOX,
  JOB,
  jon,
  lena,
  mira,
  newId,
  openActingStage,
  stranger,
  tomas,
} from './acting-stage.ts';

let stage: ActingStage;
beforeEach(async () => {
  stage = await openActingStage();
});
afterEach(() => stage.close());

const writes = () => stage.cloud.calls.filter(({ write }) => write).map(({ operation }) => operation);
const stored = (id: number) => demandProposal(stage.context.store, id);
const itemOf = async (id: number, resource: string) =>
  (await stored(id)).items.find(({ resourceId }) => resourceId === resource);
const instance = () => {
  const [first] = stage.cloud.state.instances;
  if (!first) throw new Error('the stage has no instance');
  return first;
};

const retag = (tags: Record<string, string>) => void Object.assign(instance(), { tags });

async function requested(context: Context = stage.context) {
  const draft = await stage.draft();
  return (await requestProposal(context, mira, draft.id, { reason: 'it does not end' }, { newId })).proposal;
}

async function approved() {
  const { id } = await requested();
  await decideProposal(stage.context, jon, { id, verdict: 'approve' }, { newId });
  return id;
}

describe('between approval and run', () => {
  it('a protected tag, another owner, another environment or another team stop it', async () => {
    const changes: [Record<string, string>, RegExp][] = [
      [{ 'pennywatch:protect': 'true' }, /protected/],
      [{ owner: 'lena' }, /another owner/],
      [{ env: 'prod' }, /is in prod now/],
      [{ team: 'growth' }, /belongs to team growth now/],
    ];
    const before = { ...instance().tags };
    for (const [tags, words] of changes) {
      retag(before);
      const id = await approved();
      retag({ ...before, ...tags });
      await stage.run();
      const item = await itemOf(id, BOX);
      expect([item?.state, item?.said]).toEqual(['refused', expect.stringMatching(words)]);
    }
    expect(writes().filter((call) => call === 'StopInstances')).toEqual([]);
  });

  it('somebody was quicker, or it is gone: nothing is called and nothing is said to be our doing', async () => {
    const id = await approved();
    instance().state = 'stopped';
    await stage.run();
    expect(await itemOf(id, BOX)).toMatchObject({ state: 'refused', said: expect.stringMatching(/already/) });
    const again = await approved().catch((error: unknown) => error);
    expect(again).toMatchObject({ code: 'INVALID' });
    expect((await stored(id)).status).toBe('partly');
  });

  it('a limit a day holds over all proposals', async () => {
    const context = stage.with({ limits: { ...stage.context.settings.actions.limits, resourcesPerDay: 1 } });
    const id = await approved();
    await stage.run(context);
    const states = (await stored(id)).items.map(({ state }) => state).sort();
    expect(states).toEqual(['done', 'refused']);
    expect(writes()).toHaveLength(1);
  });
});

describe('providers', () => {
  it('that refuse are quoted with the permission that is missing', async () => {
    const id = await approved();
    stage.cloud.fail({ kind: 'denied', operation: 'StopInstances', times: 99 });
    await stage.run();
    expect(await itemOf(id, BOX)).toMatchObject({
      state: 'failed',
      said: expect.stringContaining('ec2:StopInstances'),
    });
    expect(await itemOf(id, JOB)).toMatchObject({ state: 'done' });
    expect((await stored(id)).status).toBe('partly');
    expect(instance().state).toBe('running');
  });

  it('that are busy are asked again', async () => {
    const id = await approved();
    stage.cloud.fail({ kind: 'throttled', operation: 'StopInstances', times: 2 });
    await stage.run();
    expect((await stored(id)).status).toBe('done');
  });

  it('whose answer is lost are looked at, and not asked again', async () => {
    const id = await approved();
    stage.cloud.fail({ kind: 'lost', operation: 'StopInstances', times: 1 });
    await stage.run();
    expect((await stored(id)).status).toBe('done');
    expect(writes().filter((call) => call === 'StopInstances')).toHaveLength(1);
  });

  it('that cannot be looked at afterwards leave it unclear, until they can', async () => {
    const id = await approved();
    let dark = false;
    const parts = {
      ...stage.parts,
      wait: async (milliseconds: number) => {
        if (!dark) stage.cloud.fail({ kind: 'broken', operation: 'DescribeInstances', times: 250 });
        dark = true;
        await stage.parts.wait(milliseconds);
      },
    };
    await stage.run(stage.context, parts);
    expect(await itemOf(id, BOX)).toMatchObject({
      state: 'unclear',
      said: expect.stringContaining('cannot be seen'),
    });
    expect((await stored(id)).status).toBe('partly');
    for (let round = 0; round < 60 && (await itemOf(id, BOX))?.state !== 'done'; round += 1)
      await stage.run();
    expect((await stored(id)).status).toBe('done');
    expect(writes().filter((call) => call === 'StopInstances')).toHaveLength(1);
  });
});

describe('people', () => {
  it('of other teams, and strangers, may neither propose nor approve', async () => {
    for (const actor of [lena, stranger])
      await expect(stage.draft(actor)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const { id } = await requested();
    for (const actor of [lena, stranger])
      await expect(
        decideProposal(stage.context, actor, { id, verdict: 'approve' }, { newId }),
      ).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    expect((await stored(id)).status).toBe('waiting');
  });

  it('two must approve where the rule says so, and one person is not two', async () => {
    await stage.close();
    stage = await openActingStage({
      actions: {
        twoPersons: { aboveMicros: 1_000_000_000n, environments: ['prod'], risks: ['high'] },
        approvers: [{ people: ['jon@lumen.example', 'tomas@lumen.example'], environments: [] }],
      },
    });
    const { id, approvalsNeeded, policy } = await requested();
    expect(approvalsNeeded).toBe(2);
    expect(policy.join('; ')).toMatch(/\$2,410 a day/);
    await decideProposal(stage.context, jon, { id, verdict: 'approve' }, { newId });
    expect((await stored(id)).status).toBe('waiting');
    await expect(
      decideProposal(stage.context, jon, { id, verdict: 'approve' }, { newId }),
    ).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await stage.run();
    expect(writes()).toEqual([]);
    await decideProposal(stage.context, tomas, { id, verdict: 'approve' }, { newId });
    await stage.run();
    expect((await stored(id)).status).toBe('done');
  });

  it('who press twice at once approve once', async () => {
    const { id } = await requested();
    const presses = await Promise.allSettled(
      [1, 2, 3].map(() => decideProposal(stage.context, jon, { id, verdict: 'approve' }, { newId })),
    );
    expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await stored(id)).approvals).toHaveLength(1);
  });
});

describe('time', () => {
  it('ends what nobody approved, and an approval after that is refused', async () => {
    const { id } = await requested();
    stage.pass(25 * 3_600_000);
    await expect(
      decideProposal(stage.context, jon, { id, verdict: 'approve' }, { newId }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('expired'),
    });
    expect((await stage.run()).expired).toBe(1);
    expect((await stored(id)).status).toBe('expired');
    expect(writes()).toEqual([]);
  });

  it('holds back what is approved in quiet hours until they are over', async () => {
    const context = stage.with({ quietHours: { from: '11:00', to: '13:00' } });
    const { id } = await requested(context);
    await decideProposal(context, jon, { id, verdict: 'approve' }, { newId });
    await stage.run(context);
    expect(writes()).toEqual([]);
    stage.pass(2 * 3_600_000);
    await stage.run(context);
    expect((await stored(id)).status).toBe('done');
  });

  it('one resource is in one proposal at a time', async () => {
    await requested();
    await expect(requested()).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('already'),
    });
  });

  it('what is taken back does not run', async () => {
    const id = await approved();
    await withdrawProposal(stage.context, mira, id, { newId });
    expect((await stage.run()).run).toBe(0);
    expect(writes()).toEqual([]);
    expect((await listAudit(stage.context.store)).at(-1)).toMatchObject({ action: 'proposal.withdraw' });
  });
});

describe('live mode', () => {
  it('runs at once what is cheap, can be undone and is not in prod; the rest waits', async () => {
    await stage.close();
    stage = await openActingStage({ actions: { mode: 'live' } });
    const draft = await stage.draft();
    const box = draft.items.find(({ resourceId }) => resourceId === BOX);
    const choice = { items: [box?.id ?? 0], reason: 'idle' };
    const { proposal } = await requestProposal(stage.context, mira, draft.id, choice, { newId });
    expect([proposal.status, proposal.approvalsNeeded]).toEqual(['approved', 0]);
    await stage.run();
    expect(writes()).toEqual(['StopInstances']);
    const rest = await stage.draft();
    const { proposal: big } = await requestProposal(
      stage.context,
      mira,
      rest.id,
      { reason: 'it does not end' },
      { newId },
    );
    expect([big.status, big.approvalsNeeded]).toEqual(['waiting', 1]);
  });
});
