/** What the reader of the app's home probably wants next. */
import type { CostAnswer } from '../../core/answer.ts';
import { quoteName } from '../../core/question.ts';
import type { Button } from '../elements.ts';
import { command } from './home-lines.ts';

export function homeShortcuts({
  team,
  month,
  commands,
}: {
  team?: string;
  month: CostAnswer;
  commands: readonly string[];
}): Button[] {
  const subject = team === undefined ? 'team all' : `team ${quoteName(team)}`;
  const [first, second] = month.rows.flatMap(({ key }) => key ?? []);
  const kind = team === undefined ? 'team' : 'model';
  const buttons: (Button | undefined)[] = [
    command('With chart', `${subject} mtd`),
    command('Top 10 models', 'top 10 models mtd'),
    first !== undefined && second !== undefined
      ? command(`${first} or ${second}?`, `compare ${kind} ${quoteName(first)} ${quoteName(second)}`)
      : undefined,
    commands.includes('report') && team !== undefined
      ? command('Weekly report now', 'report now')
      : undefined,
    team === undefined
      ? undefined
      : command('Weekly report to me', `subscribe team ${quoteName(team)} weekly me`),
    commands.includes('anomalies')
      ? command('Anomalies', team === undefined ? 'anomalies' : `anomalies team:${quoteName(team)}`)
      : undefined,
    commands.includes('forecast')
      ? command('Forecast', team === undefined ? 'forecast' : `forecast team ${quoteName(team)}`)
      : undefined,
    command('Budgets', 'budget'),
    command('Settings', 'settings'),
    command('Help', 'help'),
  ];
  return buttons.filter((button) => button !== undefined);
}
