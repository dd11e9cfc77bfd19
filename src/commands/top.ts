/** The most expensive models, teams, services or resources. */

import { BREAKDOWN_WORDS, type Breakdown } from '../core/dimension.ts';
import { AppError } from '../core/errors.ts';
import { answerCost } from '../flows/answer-cost.ts';
import { composeAnswerChart } from '../view/messages/answer-chart.ts';
import { composeTop } from '../view/messages/top.ts';
import { answerJson } from './answer-json.ts';
import { questionOf } from './cost-command.ts';
import { parseWords } from './grammar.ts';
import type { Command } from './types.ts';

const DEFAULT_COUNT = 10;
const MAX_COUNT = 50;

export const top: Command = {
  name: 'top',
  task: 'why',
  offer: 'top',
  summary: 'The most expensive models, teams, services or resources, and how each moved',
  usage: '[N] [models|teams|services|resources|regions|accounts] [TIME] [in CURRENCY] [--basis …]',
  examples: ['top', 'top 5 services last month', 'top resources 7d'],
  async run(context, args) {
    const words = parseWords(args);
    const { count, by } = parseWhat(words.name);
    const question = questionOf({ kind: 'all', of: 'model' }, { ...words, by: words.by ?? by });
    const answer = await answerCost(context, question);
    const data = answerJson(`top ${args}`.trim(), answer);
    return {
      view: composeTop(answer, count, composeAnswerChart(answer, 'Everything')),
      data: {
        ...data,
        rows: (data.rows as { allocated: boolean }[]).filter((row) => row.allocated).slice(0, count),
      },
    };
  },
};

function parseWhat(name: string): { count: number; by: Breakdown } {
  let count = DEFAULT_COUNT;
  let by: Breakdown = 'model';
  for (const word of name.toLowerCase().split(/\s+/).filter(Boolean)) {
    const breakdown = BREAKDOWN_WORDS[word] ?? BREAKDOWN_WORDS[word.replace(/ies$/, 'y').replace(/s$/, '')];
    if (/^\d{1,3}$/.test(word)) count = Math.min(MAX_COUNT, Math.max(1, Number(word)));
    else if (breakdown) by = breakdown;
    else
      throw new AppError('INVALID', `I can't list the top "${word.slice(0, 60)}".`, {
        hint: 'Write for example: top 10 models 30d, top services last month, top resources 7d.',
      });
  }
  return { count, by };
}
