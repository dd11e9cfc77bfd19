/** How polling each configured source has gone so far, from what is stored. */
import type { Settings } from '../../core/settings.ts';
import type { Store } from '../../store/open.ts';
import { formatDay } from '../../view/format.ts';
import {
  failingWords,
  historyWords,
  lastWords,
  nextWords,
  requestWords,
  stateWords,
} from '../../view/messages/source-words.ts';
import type { PollingReport, SourceReport } from '../../view/messages/sources-types.ts';
import { reportSources } from '../sources-report.ts';
import type { CheckStatus, DoctorCheck } from './types.ts';

/** One check per source in pennywatch.yaml. */
export async function checkSourceStates(
  store: Store,
  settings: Settings,
  now: number,
): Promise<readonly DoctorCheck[]> {
  if (settings.sources.length === 0) return [];
  const { today, sources } = await reportSources({ store, settings, now: () => now });
  return sources.flatMap((source) =>
    source.polling?.configured ? [check(source, source.polling, { today, now, settings })] : [],
  );
}

function check(
  source: SourceReport,
  polling: PollingReport,
  { today, now, settings: { timeZone } }: { today: string; now: number; settings: Settings },
): DoctorCheck {
  const { name, watermark, error, hint } = source;
  const failing = failingWords(polling, timeZone);
  const said = [
    failing || stateWords(source),
    error === undefined ? '' : error.trim().replace(/\.$/, ''),
    watermark ? `complete until ${formatDay(watermark, today)}` : 'no complete day yet',
    `last success ${lastWords(source, today, timeZone)}`,
    nextWords(polling, now, timeZone),
    historyWords(polling, today),
    requestWords(polling),
  ].filter((part) => part !== '');
  const status = statusOf(source);
  return {
    id: `source-${name}`,
    title: `Source ${name}`,
    status,
    detail: `${said.join('; ')}.`,
    ...(status !== 'ok' && { mend: hint ?? mendOf(source) }),
  };
}

function statusOf({ condition, polling }: SourceReport): CheckStatus {
  switch (condition) {
    case 'fresh':
    case 'loading':
      return 'ok';
    case 'stale':
      return (polling?.failures ?? 0) > 0 ? 'fail' : 'warn';
    case 'failing':
    case 'failed':
    case 'nothing-complete':
    case 'never-polled':
    case 'waiting':
    case 'not-polled':
      return 'warn';
  }
}

function mendOf({ condition, name }: SourceReport): string {
  if (condition === 'waiting') return 'It goes on by itself; `sources` in chat says when.';
  if (condition === 'never-polled')
    return `The server polls it as soon as it runs (pennywatch serve); or at once: pennywatch poll ${name}`;
  return `See what is wrong: pennywatch poll ${name}`;
}
