/** What a model costs. */
import { costCommand } from './cost-command.ts';

export const model = costCommand('model', {
  task: 'cost',
  offer: 'model {model}',
  summary: 'What a model costs, whose it is, and why it moved',
  examples: [
    'model bert',
    'model bert 90d by service',
    'model bert/training last month',
    'model all mtd in EUR',
  ],
});
