/** What may be touched: the very thing that was approved, as the action takes it, and nothing made up on the way. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actions } from '../../../src/actions/registry.ts';
import { recognise } from '../../../src/analysis/resources/recognise.ts';
import { parseStop } from '../../../src/commands/stop/parse.ts';
import { tokenise } from '../../../src/commands/tokens.ts';
import { decideProposal } from '../../../src/flows/proposals/decide.ts';
import { demandProposal } from '../../../src/flows/proposals/demand-proposal.ts';
import { withdrawProposal } from '../../../src/flows/proposals/end.ts';
import { inputRefusal } from '../../../src/flows/proposals/plan-candidate.ts';
import { requestProposal } from '../../../src/flows/proposals/request.ts';
import {
  ACCOUNT,
  type ActingStage,
  AWS,
  BOX,
  FACTS,
  jon,
  mira,
  newId,
  openActingStage,
} from './acting-stage.ts';

let stage: ActingStage;
beforeEach(async () => {
  stage = await openActingStage();
});
afterEach(() => stage.close());

const stored = (id: number) => demandProposal(stage.context.store, id);
const itemOf = async (id: number) => (await stored(id)).items.find(({ resourceId }) => resourceId === BOX);
const writes = () => stage.cloud.calls.filter(({ write }) => write);

async function request(id: number, context = stage.context) {
  const items = (await stored(id)).items
    .filter(({ resourceId }) => resourceId === BOX)
    .map((item) => item.id);
  return (await requestProposal(context, mira, id, { items, reason: 'idle' }, { newId })).proposal;
}

describe('under the same name', () => {
  it('something else that was made since the approval is left alone', async () => {
    const { id } = await stage.draft();
    await request(id);
    await decideProposal(stage.context, jon, { id, verdict: 'approve' }, { newId });
    Object.assign(stage.cloud.state.instances[0] ?? {}, { launched: new Date(stage.context.now() - 60_000) });
    await stage.run();
    expect(await itemOf(id)).toMatchObject({
      state: 'refused',
      said: expect.stringContaining('anew'),
    });
    expect(writes()).toEqual([]);
  });
});

describe('under two ids', () => {
  const ARN = `arn:aws:ec2:us-east-1:${ACCOUNT}:instance/${BOX}`;
  const twice = FACTS.flatMap((fact) => (fact.resource === BOX ? [fact, { ...fact, resource: ARN }] : []));

  it('one machine is one resource with the cost of both, in one proposal and over all', async () => {
    await stage.close();
    stage = await openActingStage({ facts: twice });
    const { id, items } = await stage.draft();
    expect(items.map(({ state, costMicros }) => [state, costMicros])).toEqual([
      ['planned', 200_000_000n],
      ['refused', 100_000_000n],
    ]);
    const choice = { reason: 'idle' };
    await requestProposal(stage.context, mira, id, choice, { newId });
    const second = await stage.draft();
    await stage.context.store.proposalItem.updateMany({
      where: { proposalId: second.id, state: 'planned' },
      data: { resourceId: 'the-same-by-another-name' },
    });
    await expect(requestProposal(stage.context, mira, second.id, choice, { newId })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });
});

describe('parameters and ids', () => {
  it('that an action does not take reach no provider', async () => {
    const parameters = { instances: '1; rm -rf /' };
    const scale = actions.find(({ id }) => id === 'aws.sagemaker-endpoint-scale');
    const ref = scale && recognise(scale.about.example, {});
    if (!scale || !ref?.known) throw new Error('there is no such action');
    expect(inputRefusal(scale, { ref: ref.ref, parameters })).toMatch(/instances/);
    const bare = { ...ref.ref, parts: {} };
    expect(inputRefusal(scale, { ref: bare, parameters: {} })).toMatch(/does not take it/);
    const { id } = await stage.draft();
    await request(id);
    const item = await itemOf(id);
    await stage.context.store.proposalItem.update({
      where: { id: item?.id ?? 0 },
      data: { ref: JSON.stringify({ ...item?.ref, parts: { region: 'us-east-1' } }) },
    });
    await decideProposal(stage.context, jon, { id, verdict: 'approve' }, { newId });
    await stage.run();
    expect(await itemOf(id)).toMatchObject({
      state: 'refused',
      said: expect.stringContaining('does not take it'),
    });
    expect(writes()).toEqual([]);
  });

  it('of the examples are taken by every action that needs no parameters', () => {
    const refused = actions.flatMap((action) => {
      const found = recognise(action.about.example, {});
      const why = found.known ? inputRefusal(action, { ref: found.ref, parameters: {} }) : undefined;
      return why === undefined || /budget|limit/.test(why) ? [] : [`${action.id}: ${why}`];
    });
    expect(refused).toEqual([]);
  });
});

describe('an environment that somebody made up in a tag', () => {
  it('counts as unknown, which the two-person rule for prod covers', async () => {
    await stage.close();
    const tags = { team: 'search', model: 'bert', stage: 'training', env: 'prod-eu' };
    stage = await openActingStage({
      actions: { twoPersons: { aboveMicros: 10_000_000_000n, environments: ['prod'], risks: [] } },
      facts: FACTS.map((fact) => ({ ...fact, tags })),
      aws: { ...AWS, instances: (AWS.instances ?? []).map((one) => ({ ...one, tags })) },
    });
    const { id } = await stage.draft();
    expect((await request(id)).approvalsNeeded).toBe(2);
  });
});

describe('many small things', () => {
  it('are a big one: what one person stops at once in a day is added up', async () => {
    await stage.close();
    const boxes = [1, 2, 3].map((number) => `i-0aaaaaaaaaaaaaaa${number}`);
    stage = await openActingStage({
      actions: { mode: 'live' },
      facts: boxes.flatMap((resource) =>
        FACTS.filter((fact) => fact.resource === BOX).map((fact) => ({ ...fact, cost: '90', resource })),
      ),
      aws: { ...AWS, instances: boxes.flatMap((id) => (AWS.instances ?? []).map((one) => ({ ...one, id }))) },
    });
    const outcomes: string[] = [];
    for (const box of boxes) {
      const draft = await stage.draft();
      const items = draft.items.filter(({ resourceId }) => resourceId === box).map(({ id }) => id);
      const choice = { items, reason: 'idle' };
      outcomes.push(
        (await requestProposal(stage.context, mira, draft.id, choice, { newId })).proposal.status,
      );
    }
    expect(outcomes).toEqual(['approved', 'approved', 'waiting']);
    await withdrawProposal(stage.context, mira, 1, { newId });
    const again = await stage.draft();
    expect((await request(again.id)).status).toBe('approved');
  });
});

describe('stop anomaly 12 --env dev', () => {
  it('is not read as if the environment had not been said', async () => {
    const context = { ...stage.context, actor: mira };
    await expect(parseStop(context, tokenise('anomaly 12 --env dev'))).rejects.toMatchObject({
      code: 'INVALID',
    });
    expect(await parseStop(context, tokenise('anomaly 12'))).toMatchObject({
      target: { kind: 'anomaly', id: 12 },
    });
  });
});
