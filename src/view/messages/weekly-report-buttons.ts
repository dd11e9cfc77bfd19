/** What can be asked on from a report: a few things, as a channel message carries few buttons. */
import type { Button } from '../elements.ts';
import type { ReportFacts } from './weekly-report-types.ts';

export function reportButtons({ command, frequency, by, period }: ReportFacts): Button[] {
  const time = frequency === 'weekly' ? `${period.start}..${period.end}` : period.end;
  const ask = (label: string, text: string): Button => ({ label, action: { do: 'command', text } });
  return [
    ask('Day by day', `${command} ${time}`),
    ...(by === 'service' ? [] : [ask('By service', `${command} ${time} by service`)]),
    ask('Sources', 'sources'),
  ];
}
