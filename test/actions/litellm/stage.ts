/** A LiteLLM proxy with a few keys, and access to it. */
import { createLiteLlmStandIn, type LiteLlmStandIn } from '../../../src/sandbox/cloud/litellm/index.ts';
import { createClock, inputFor, LAG, type RestStage, restAccess } from '../rest-stage.ts';

export const MASTER = 'sk-master-5f2e9c7a1b';
export const HASH = '3b1f0c9a7d5e4f2b8c6a9d0e1f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c';
export const OTHER = '9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b';

export type LiteLlmStage = RestStage<LiteLlmStandIn>;

export async function openLiteLlm(
  resourceId = 'litellm:alias/search-batch',
  parameters: Readonly<Record<string, string>> = {},
  key = MASTER,
): Promise<LiteLlmStage> {
  const clock = createClock();
  const cloud = await createLiteLlmStandIn(
    { now: clock.now, lag: LAG },
    {
      masterKey: MASTER,
      viewerKey: 'sk-viewer-77',
      keys: [
        {
          token: HASH,
          key_alias: 'search-batch',
          team_id: 'team-search',
          spend: 412.5,
          max_budget: 1000,
          budget_duration: '7d',
          budget_reset_at: '2026-11-24T00:00:00.000Z',
          metadata: {
            tags: ['env:dev', 'batch'],
            owner: 'mira',
            langfuse_secret: 'sk-lf-123',
            api_key: 'abc',
          },
        },
        { token: OTHER, key_alias: 'search-live', spend: 3 },
      ],
    },
  );
  return {
    cloud,
    access: restAccess({ provider: 'litellm', endpoint: cloud.url }, { LITELLM_MASTER_KEY: key }, clock),
    input: inputFor(resourceId, parameters),
    settle: () => clock.pass(2 * LAG),
  };
}

/** The key the tests are about; it must be there. */
export function keyOf({ cloud }: LiteLlmStage) {
  const key = cloud.keys.get(HASH);
  if (!key) throw new Error('the key is gone');
  return key;
}
