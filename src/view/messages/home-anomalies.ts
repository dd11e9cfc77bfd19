/** The anomalies that wait for the reader of the app's home. */
import type { Day } from '../../core/day.ts';
import { type Button, bold, type Element, text } from '../elements.ts';
import { anomalyHeadline, anomalyId, stateLine } from './anomaly-words.ts';
import { BUTTONS, list, plain, SHOWN, title } from './home-lines.ts';
import type { HomeMine } from './home-types.ts';

export function anomalyElements({ anomalies, timeZone }: HomeMine, today: Day): Element[] {
  if (anomalies.length === 0) return [plain('No anomaly waits for you or your teams.')];
  const open = anomalies.filter(({ state }) => state === 'open').length;
  const others = anomalies.length - open;
  const counts = [open > 0 && `${open} open`, others > 0 && `${others} taken, snoozed or expected`];
  return [
    title('Your anomalies: ', counts.filter(Boolean).join(', ')),
    list(
      anomalies
        .slice(0, SHOWN)
        .map((anomaly) => [
          bold(`${anomalyId(anomaly.id)} `),
          text(
            `${anomalyHeadline(anomaly, today)}${anomaly.state === 'open' ? '' : ` · ${stateLine(anomaly, timeZone, today)}`}`,
          ),
        ]),
      anomalies.length - SHOWN,
    ),
    {
      kind: 'actions',
      buttons: anomalies.slice(0, BUTTONS).map(
        ({ id }): Button => ({
          label: `Investigate ${anomalyId(id)}`,
          action: { do: 'form', form: 'anomaly-investigate', text: `anomaly ${id}`, slow: true },
        }),
      ),
    },
  ];
}
