/** Lowering the rate limits of an OpenAI project. */
import { describe, expect, it } from 'vitest';
import { projectRateLimit } from '../../../src/actions/openai/project-rate-limit.ts';
import { testAction } from '../../contracts/action.ts';
import { type OpenAiStage, openOpenAi, PROJECT, projectOf, scopeOf } from './stage.ts';

const requests = (stage: OpenAiStage) =>
  projectOf(stage).rateLimits.map((limit) => limit.max_requests_per_1_minute);

testAction<OpenAiStage>(projectRateLimit, {
  stage: () => openOpenAi(),
  gone: ({ cloud }) => void cloud.projects.delete(PROJECT),
  already: (stage) => {
    for (const limit of projectOf(stage).rateLimits) limit.max_requests_per_1_minute = 1;
  },
  elsewhere: (stage) => {
    const [first] = projectOf(stage).rateLimits;
    if (first) first.max_requests_per_1_minute = 77;
  },
  refused: {
    archived: {
      put: (stage) => {
        projectOf(stage).status = 'archived';
      },
      words: /archived/,
    },
    'no limits': { put: (stage) => void projectOf(stage).rateLimits.splice(0), words: /no rate limits/ },
  },
  settings: requests,
  permissionOf: scopeOf,
});

describe('rate limits of OpenAI projects', () => {
  it('leaves out models that are not offered any more', async () => {
    const stage = await openOpenAi();
    const planned = await projectRateLimit.plan(stage.access, stage.input);
    expect(planned.effect).toContain('gpt-5.2, gpt-5.2-mini (now 500 to 10,000 a minute)');
    const operation = 'POST /v1/organization/projects/{project}/rate_limits/{limit}';
    projectOf(stage).rateLimits.splice(1, 1);
    await projectRateLimit.run(stage.access, planned, 'k');
    expect(requests(stage)).toEqual([1, 1]);
    expect((await projectRateLimit.verify(stage.access, planned)).outcome).toBe('reached');
    expect(stage.cloud.calls.filter((call) => call.operation === operation)).toHaveLength(1);
    await stage.cloud.close();
  });

  it('is uncertain when some were changed and others refused', async () => {
    const stage = await openOpenAi();
    const planned = await projectRateLimit.plan(stage.access, stage.input);
    // The key loses its rights after the first change.
    const watched = projectOf(stage).rateLimits[0];
    if (!watched) throw new Error('no limit');
    let value = watched.max_requests_per_1_minute;
    Object.defineProperty(watched, 'max_requests_per_1_minute', {
      enumerable: true,
      get: () => value,
      set: (next: number) => {
        value = next;
        stage.cloud.fail({ kind: 'denied', times: 9 });
      },
    });
    await expect(projectRateLimit.run(stage.access, planned, 'k')).rejects.toMatchObject({
      message: expect.stringMatching(
        /^1 of 2 models were changed; of another: .*api\.management\.write is missing/,
      ),
      uncertain: true,
    });
    expect(await projectRateLimit.verify(stage.access, planned)).toMatchObject({
      outcome: 'elsewhere',
      state: 'partly throttled',
    });
    await stage.cloud.close();
  });

  it('reads lists to their end', async () => {
    const stage = await openOpenAi();
    const { rateLimits } = projectOf(stage);
    for (let model = 0; model < 230; model++)
      rateLimits.push({
        id: `rl-${model}`,
        model: `model-${model}`,
        max_requests_per_1_minute: 60,
        max_tokens_per_1_minute: 1,
      });
    const planned = await projectRateLimit.plan(stage.access, stage.input);
    expect(planned.calls).toHaveLength(232);
    expect(planned.effect).toContain('and 229 more models');
    await stage.cloud.close();
  });
});
