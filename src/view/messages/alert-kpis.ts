/** How good the alerts are, as a message. */
import { text, type View } from '../elements.ts';
import { countOf, formatMoney, formatShare, UNKNOWN } from '../format.ts';

export interface AlertKpisShown {
  readonly days: number;
  readonly currency: string;
  readonly kpis: {
    readonly anomalies: number;
    readonly told: number;
    readonly perWeek: number;
    readonly hoursToDetect: number | null;
    readonly hoursToAcknowledge: number | null;
    readonly hoursToResolve: number | null;
    readonly precision: number | null;
    readonly verdicts: Readonly<Record<'expected' | 'false-alarm' | 'real', number>>;
    readonly caughtMicros: bigint | null;
    readonly unknownAmounts: number;
  };
}

export function composeAlertKpis({ days, currency, kpis }: AlertKpisShown): View {
  const { verdicts } = kpis;
  const judged = verdicts.expected + verdicts.real + verdicts['false-alarm'];
  const field = (label: string, value: string) => ({ label, value: [text(value)] });
  return {
    elements: [
      {
        kind: 'heading',
        text: `Alerts of the last ${days} days: ${kpis.told} told of ${countOf(kpis.anomalies, 'anomaly', 'anomalies')} found, ${perWeek(kpis.perWeek)} a week`,
      },
      {
        kind: 'fields',
        fields: [
          field(
            'Found after its data was complete',
            hours(kpis.hoursToDetect, 'when their data was complete is not known'),
          ),
          field('Taken by somebody after', hours(kpis.hoursToAcknowledge, 'none was taken yet')),
          field('Over after', hours(kpis.hoursToResolve, 'none is over yet')),
          field(
            'Right, by what people said',
            kpis.precision === null
              ? `${UNKNOWN} (nobody judged any yet)`
              : `${formatShare(kpis.precision)} of ${judged}`,
          ),
          field(
            'Verdicts',
            judged === 0
              ? 'none'
              : `${verdicts.real} real, ${verdicts.expected} expected, ${countOf(verdicts['false-alarm'], 'false alarm')}`,
          ),
          field(
            'Money beyond expected that was told',
            `${formatMoney(kpis.caughtMicros, currency)}${kpis.unknownAmounts > 0 ? ` and ${countOf(kpis.unknownAmounts, 'amount')} without a rate` : ''}`,
          ),
        ],
      },
      {
        kind: 'actions',
        buttons: [
          { label: 'Open anomalies', action: { do: 'command', text: 'anomalies' } },
          { label: 'Back-test', action: { do: 'command', text: 'backtest' } },
        ],
      },
      {
        kind: 'context',
        spans: [
          text(
            'Medians. Right = real or expected ÷ judged. What was found in old history at the first look counts only when it was told.',
          ),
        ],
      },
    ],
  };
}

/** `none` says why there is no figure. */
function hours(value: number | null, none: string): string {
  if (value === null) return `${UNKNOWN} (${none})`;
  if (value < 1) return 'within an hour';
  return value < 48 ? countOf(Math.round(value), 'hour') : countOf(Math.round(value / 24), 'day');
}

function perWeek(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}
