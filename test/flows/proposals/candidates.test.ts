/** Which resources of a scope are looked at: by id, by what stands for one, newest days only, what rose first. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aimAt, findCandidates } from '../../../src/flows/proposals/candidates.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../../temp-store.ts';

let temp: TempStore;
beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

const NOW = '2026-11-20T12:00:00Z';
const org = { kind: 'scope', scope: { kind: 'org' } } as const;

describe('candidates', () => {
  it('are what cost something in the last four days, dearest first, in the reporting currency', async () => {
    const fx = [{ date: '2026-01-01', from: 'EUR', to: 'USD', rate: '2' }];
    const context = contextOf(temp.store, { now: NOW, settings: { fx } });
    await addFacts(context, [
      { day: '2026-11-10', cost: '900', resource: 'over-long-ago' },
      { day: '2026-11-18', cost: '30', resource: 'usual' },
      { day: '2026-11-19', cost: '50', resource: 'usual' },
      { day: '2026-11-19', cost: '300', currency: 'EUR', resource: 'dear' },
      { day: '2026-11-19', cost: '-5', resource: 'credit' },
      { day: '2026-11-19', cost: '7' },
    ]);
    const found = await findCandidates(context, await aimAt(context, org));
    expect(found.map(({ resourceId, perDayMicros }) => [resourceId, perDayMicros])).toEqual([
      ['dear', 600_000_000n],
      ['usual', 40_000_000n],
    ]);
  });

  it('of language models are keys, projects and workspaces; a key in clear is never one', async () => {
    const context = contextOf(temp.store, { now: NOW });
    const day = '2026-11-19';
    await addFacts(context, [
      { day, cost: '9', provider: 'LiteLLM', tags: { litellm_key: '1a2b3c4d' } },
      { day, cost: '8', provider: 'LiteLLM', tags: { litellm_key: 'search-nightly' } },
      { day, cost: '7', provider: 'LiteLLM', tags: { litellm_key: 'sk-verysecret' } },
      { day, cost: '6', provider: 'OpenAI', tags: { openai_project_id: 'proj_abc' } },
      { day, cost: '5', provider: 'OpenAI', account: 'proj_def' },
      { day, cost: '4', provider: 'AWS', account: '111122223333' },
    ]);
    const found = await findCandidates(context, await aimAt(context, org));
    expect(found.map(({ resourceId }) => resourceId)).toEqual([
      'litellm:1a2b3c4d',
      'litellm:alias/search-nightly',
      'proj_abc',
      'proj_def',
    ]);
  });

  it('without a rate have no amount, and are there all the same', async () => {
    const context = contextOf(temp.store, { now: NOW });
    await addFacts(context, [{ day: '2026-11-19', cost: '300', currency: 'EUR', resource: 'dear' }]);
    const [one] = await findCandidates(context, await aimAt(context, org));
    expect(one).toMatchObject({ resourceId: 'dear', rose: true });
    expect(one?.perDayMicros).toBeUndefined();
  });
});
