/** What a product feature costs. */
import { costCommand } from './cost-command.ts';

export const feature = costCommand('feature', {
  summary: 'What a product feature costs, by model',
  task: 'cost',
  examples: ['feature all', 'feature phone-line 30d by model', 'feature unallocated by service'],
  offer: 'feature {feature}',
});
