/** Stopping an OpenAI project by its spend limit. */
import { describe, expect, it } from 'vitest';
import { projectSpendLimit } from '../../../src/actions/openai/project-spend-limit.ts';
import { testAction } from '../../contracts/action.ts';
import { type OpenAiStage, openOpenAi, PROJECT, projectOf, scopeOf } from './stage.ts';

testAction<OpenAiStage>(projectSpendLimit, {
  stage: () => openOpenAi(),
  gone: ({ cloud }) => void cloud.projects.delete(PROJECT),
  already: (stage) => {
    projectOf(stage).spendLimit = 1;
  },
  elsewhere: (stage) => {
    projectOf(stage).spendLimit = 900_000;
  },
  refused: {
    archived: {
      put: (stage) => {
        projectOf(stage).status = 'archived';
      },
      words: /archived/,
    },
  },
  settings: (stage) => projectOf(stage).spendLimit,
  permissionOf: scopeOf,
});

describe('spend limits of OpenAI projects', () => {
  it('takes an amount to the cent, and restores the old one', async () => {
    const stage = await openOpenAi(PROJECT, { limit: '120.5' });
    projectOf(stage).spendLimit = 50_000;
    const planned = await projectSpendLimit.plan(stage.access, stage.input);
    expect(planned.effect).toContain('once it has spent $120.50 in a month; now the limit is $500.00');
    await projectSpendLimit.run(stage.access, planned, 'k');
    expect(projectOf(stage).spendLimit).toBe(12_050);
    await projectSpendLimit.undo?.run(stage.access, planned, 'u');
    expect(projectOf(stage).spendLimit).toBe(50_000);
    await stage.cloud.close();
  });

  it('refuses what would raise a limit', async () => {
    const stage = await openOpenAi(PROJECT, { limit: '120' });
    projectOf(stage).spendLimit = 500;
    const { refusal, calls } = await projectSpendLimit.plan(stage.access, stage.input);
    expect(refusal).toMatch(/\$5\.00 already, which is lower/);
    expect(calls).toEqual([]);
    await stage.cloud.close();
  });

  it.each(['0', '0.001', '-1', 'none'])('takes no limit of "%s"', async (limit) => {
    const stage = await openOpenAi(PROJECT, { limit });
    expect(projectSpendLimit.input.safeParse(stage.input).success).toBe(false);
    await stage.cloud.close();
  });
});
