/** Lowering the budget of a key of a LiteLLM proxy. */
import { describe, expect, it } from 'vitest';
import { keyBudget } from '../../../src/actions/litellm/key-budget.ts';
import { testAction } from '../../contracts/action.ts';
import { HASH, keyOf, type LiteLlmStage, openLiteLlm } from './stage.ts';

testAction<LiteLlmStage>(keyBudget, {
  stage: () => openLiteLlm(undefined, { budget: '400' }),
  gone: ({ cloud }) => void cloud.keys.delete(HASH),
  already: (stage) => {
    keyOf(stage).max_budget = 400;
  },
  elsewhere: (stage) => {
    keyOf(stage).max_budget = 5000;
  },
  refused: {
    'a lower budget': {
      put: (stage) => {
        keyOf(stage).max_budget = 20;
      },
      words: /\$20\.00 already, which is lower/,
    },
    'a blocked key': {
      put: (stage) => {
        keyOf(stage).blocked = true;
      },
      words: /blocked/,
    },
  },
  settings: (stage) => [keyOf(stage).max_budget, keyOf(stage).budget_duration],
});

describe('budgets of LiteLLM keys', () => {
  it('restores that there was none, nor a reset', async () => {
    const stage = await openLiteLlm(undefined, { budget: '500' });
    Object.assign(keyOf(stage), { max_budget: null, budget_duration: null, budget_reset_at: null });
    const planned = await keyBudget.plan(stage.access, stage.input);
    expect(planned.effect).toContain('may spend $500.00 per 30d; $87.50 of it is left');
    await keyBudget.run(stage.access, planned, 'k');
    expect(keyOf(stage)).toMatchObject({ max_budget: 500, budget_duration: '30d' });
    await keyBudget.undo?.run(stage.access, planned, 'u');
    expect(keyOf(stage)).toMatchObject({ max_budget: null, budget_duration: null });
    await stage.cloud.close();
  });

  it('leaves what somebody else decided meanwhile', async () => {
    const stage = await openLiteLlm(undefined, { budget: '400' });
    const planned = await keyBudget.plan(stage.access, stage.input);
    await keyBudget.run(stage.access, planned, 'k');
    keyOf(stage).max_budget = 50;
    await expect(keyBudget.undo?.run(stage.access, planned, 'u')).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(keyOf(stage).max_budget).toBe(50);
    await stage.cloud.close();
  });

  it.each(['', '-5', '1e3', 'all', '1,000'])('takes no budget of "%s"', async (budget) => {
    const stage = await openLiteLlm(undefined, { budget });
    expect(keyBudget.input.safeParse(stage.input).success).toBe(false);
    await stage.cloud.close();
  });
});
