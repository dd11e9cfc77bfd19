/** How much of the cost has a team, a model, a stage … */
import { AppError } from '../core/errors.ts';
import { microsToDecimal } from '../core/money.ts';
import { DEFAULT_PERIOD } from '../core/period.ts';
import { readCoverage } from '../flows/coverage.ts';
import { composeCoverage } from '../view/messages/coverage.ts';
import { parseWords } from './grammar.ts';
import type { Command } from './types.ts';

export const coverage: Command = {
  name: 'coverage',
  task: 'trust',
  offer: 'coverage',
  summary: 'How much of the cost is allocated, and what nobody claims',
  usage: '[TIME] [in CURRENCY]',
  examples: ['coverage', 'coverage last month'],
  async run(context, args) {
    const words = parseWords(args);
    if (words.name)
      throw new AppError('INVALID', `I don't know "${words.name.slice(0, 60)}" here.`, {
        hint: 'Write coverage, or coverage with a time: coverage last month.',
      });
    const found = await readCoverage(context, {
      period: words.period ?? DEFAULT_PERIOD,
      currency: words.currency,
    });
    return {
      view: composeCoverage(found, words.period ?? DEFAULT_PERIOD),
      data: {
        question: `coverage ${args}`.trim(),
        period: found.period,
        currency: found.currency,
        basis: 'effective',
        total: found.total === null ? null : microsToDecimal(found.total),
        rows: found.dimensions.map(({ dimension, allocated, ratio }) => ({
          key: dimension,
          cost: microsToDecimal(allocated),
          allocatedPercent: ratio === null ? null : Math.round(ratio * 10_000) / 100,
        })),
        unclaimed: found.unclaimed.map(({ service, cost }) => ({
          key: service,
          cost: microsToDecimal(cost),
        })),
        warnings: found.unconverted.map(
          (from) => `No ${from}→${found.currency} rate: ${from} amounts are not counted.`,
        ),
      },
    };
  },
};
