/** What a team costs. */
import { costCommand } from './cost-command.ts';

export const team = costCommand('team', {
  task: 'cost',
  offer: 'team {team}',
  summary: "A team's cost by model, against its budget",
  examples: ['team search', 'team search last week by service', 'team all mtd'],
});
