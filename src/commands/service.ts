/** What a provider's service costs. */
import { costCommand } from './cost-command.ts';

export const service = costCommand('service', {
  task: 'cost',
  offer: 'service {service}',
  summary: 'What a cloud or API service costs, by model',
  examples: [
    'service "Amazon SageMaker" 30d',
    'service all 2026-10 --basis billed',
    'service "Azure OpenAI" by account',
  ],
});
