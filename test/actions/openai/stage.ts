/** An organization at OpenAI with two projects, and access to it. */
import { createOpenAiStandIn, type OpenAiStandIn } from '../../../src/sandbox/cloud/openai/index.ts';
import type { Call } from '../../../src/sandbox/cloud/types.ts';
import { createClock, inputFor, LAG, type RestStage, restAccess } from '../rest-stage.ts';

export const ADMIN = 'sk-admin-8d1f4c2b7e';
export const PROJECT = 'proj_Search1';

export type OpenAiStage = RestStage<OpenAiStandIn>;

const limit = (model: string, requests: number) => ({
  id: `rl-${model}`,
  model,
  max_requests_per_1_minute: requests,
  max_tokens_per_1_minute: requests * 1000,
});

export async function openOpenAi(
  resourceId = PROJECT,
  parameters: Readonly<Record<string, string>> = {},
): Promise<OpenAiStage> {
  const clock = createClock();
  const cloud = await createOpenAiStandIn(
    { now: clock.now, lag: LAG },
    {
      adminKey: ADMIN,
      projects: [
        { id: 'proj_Other', name: 'Other' },
        {
          id: PROJECT,
          name: 'Search',
          rateLimits: [limit('gpt-5.2', 500), limit('gpt-5.2-mini', 10_000), limit('o9', 1)],
          keys: [
            { id: 'key_Batch7', name: 'batch', owner: 'mira@lumen.example' },
            { id: 'key_Robot1', name: 'robot', serviceAccount: 'indexer' },
          ],
        },
      ],
    },
  );
  return {
    cloud,
    access: restAccess({ provider: 'openai', endpoint: cloud.url }, { OPENAI_ADMIN_KEY: ADMIN }, clock),
    input: inputFor(resourceId, parameters),
    settle: () => clock.pass(2 * LAG),
  };
}

/** The project the tests are about; it must be there. */
export function projectOf({ cloud }: OpenAiStage) {
  const project = cloud.projects.get(PROJECT);
  if (!project) throw new Error('the project is gone');
  return project;
}

/** OpenAI's scopes tell reading from writing, nothing finer. */
export function scopeOf({ write }: Call): string {
  return write ? 'api.management.write' : 'api.management.read';
}
