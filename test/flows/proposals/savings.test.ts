/** The ledger: what was expected, what bills show, and when it ends. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideProposal } from '../../../src/flows/proposals/decide.ts';
import { requestProposal } from '../../../src/flows/proposals/request.ts';
import { realiseSavings } from '../../../src/flows/proposals/savings.ts';
import { undoProposal } from '../../../src/flows/proposals/undo.ts';
import { listSavings } from '../../../src/store/savings.ts';
import { addFacts } from '../../temp-store.ts';
import { ACCOUNT, type ActingStage, BOX, jon, mira, newId, openActingStage } from './acting-stage.ts';

const DAY_MS = 86_400_000;
let stage: ActingStage;
beforeEach(async () => {
  stage = await openActingStage();
});
afterEach(() => stage.close());

async function stopBox(): Promise<number> {
  const draft = await stage.draft();
  const box = draft.items.find(({ resourceId }) => resourceId === BOX);
  const { proposal } = await requestProposal(
    stage.context,
    mira,
    draft.id,
    { items: [box?.id ?? 0], reason: 'idle' },
    { newId },
  );
  await decideProposal(stage.context, jon, { id: proposal.id, verdict: 'approve' }, { newId });
  await stage.run();
  return proposal.id;
}

const bill = (day: string, cost: string) =>
  addFacts(stage.context, [
    {
      day,
      cost,
      service: 'Amazon Elastic Compute Cloud',
      account: ACCOUNT,
      region: 'us-east-1',
      resource: BOX,
      tags: { team: 'search', model: 'bert' },
    },
  ]);
const ledger = async () => (await listSavings(stage.context.store))[0];

describe('the ledger of savings', () => {
  it('says nothing is realised before a bill covers a whole day', async () => {
    await stopBox();
    await realiseSavings(stage.context);
    expect(await ledger()).toMatchObject({ startDay: '2026-11-21', expectedMicros: 100_000_000n });
    expect((await ledger())?.realisedThrough).toBeUndefined();
  });

  it('counts what the disks go on costing, and a restated bill anew', async () => {
    await stopBox();
    await bill('2026-11-21', '6');
    await bill('2026-11-22', '5');
    stage.pass(3 * DAY_MS);
    expect(await realiseSavings(stage.context)).toBe(1);
    expect(await ledger()).toMatchObject({ realisedMicros: 189_000_000n, realisedThrough: '2026-11-22' });
    expect(await realiseSavings(stage.context)).toBe(0);
    await bill('2026-11-22', '10');
    expect(await realiseSavings(stage.context)).toBe(1);
    expect(await ledger()).toMatchObject({ realisedMicros: 179_000_000n });
  });

  it('ends with the undo: the days after it are not saved', async () => {
    const id = await stopBox();
    stage.pass(2 * DAY_MS);
    await undoProposal(stage.context, stage.parts, mira, id, { newId });
    await stage.run();
    await bill('2026-11-21', '5');
    await bill('2026-11-22', '100');
    await bill('2026-11-23', '100');
    stage.pass(2 * DAY_MS);
    await realiseSavings(stage.context);
    expect(await ledger()).toMatchObject({
      endDay: '2026-11-21',
      realisedThrough: '2026-11-21',
      realisedMicros: 95_000_000n,
    });
  });
});
