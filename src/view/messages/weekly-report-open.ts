/** What is still unusual, and what was in the week: the line of a report that asks somebody to look. */
import { bold, code, type Element, type Span, text } from '../elements.ts';
import { countOf, formatSignedMoney } from '../format.ts';
import { isOpen } from './anomalies.ts';
import { type AnomalyShown, anomalyId, placeOf, severityMark, stateWord } from './anomaly-words.ts';
import type { ReportFacts } from './weekly-report-types.ts';

/** Named one by one; the others are counted. */
const NAMED = 3;

/** Nothing when nothing is open and nothing was resolved in the week. */
export function openElements({ open }: Pick<ReportFacts, 'open'>): Element[] {
  if (!open || (open.anomalies.length === 0 && open.resolvedLately === 0)) return [];
  const { resolvedLately } = open;
  const anomalies = open.anomalies.filter(isOpen);
  const expected = open.anomalies.length - anomalies.length;
  const named = anomalies.filter(({ severity }) => severity !== 'low').slice(0, NAMED);
  const rest = anomalies.length - named.length;
  const lately = resolvedLately > 0 ? `${resolvedLately} resolved in the last 7 days` : '';
  const count = anomalies.length === 0 ? 'no anomaly' : countOf(anomalies.length, 'anomaly', 'anomalies');
  const head = [count, expected > 0 ? `${expected} expected` : '', lately].filter(Boolean).join(', ');
  const list = named.map(words).join('; ');
  const others = rest > 0 ? `${named.length > 0 ? `; and ${rest} more` : ''}` : '';
  const spans: Span[] = [bold('Open: '), text(`${head}${list ? `. ${list}` : ''}${others}.`)];
  return [
    { kind: 'text', spans: rest > 0 ? [...spans, text(' See '), code('/cost anomalies'), text('.')] : spans },
  ];
}

/** "🔴 High ANM-11 bert training +$2,358 (snoozed)" */
function words(anomaly: AnomalyShown): string {
  const { id, severity, excessMicros, currency, owner } = anomaly;
  const money = formatSignedMoney(excessMicros, currency);
  const whose = owner ? `, ${owner}` : '';
  return `${severityMark(severity)} ${anomalyId(id)} ${placeOf(anomaly)} ${money} (${stateWord(anomaly)}${whose})`;
}
