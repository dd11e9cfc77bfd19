/** `pennywatch detect --at DAY`: what stands out in the database as of a day; read only. */

import { foundJson } from '../commands/backtest/json.ts';
import { isDay } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import { scopeKey } from '../core/scope.ts';
import { pathScope } from '../core/scope-path.ts';
import { dayOfStamp } from '../core/series.ts';
import { findAnomalies } from '../flows/analyse/find.ts';
import { countOf, formatDay, formatSignedMoney } from '../view/format.ts';
import { placeOf, severityMark } from '../view/messages/anomaly-words.ts';
import { type CommonOptions, EXIT, print, printJson, withContext } from './shell.ts';

export interface AtOptions extends CommonOptions {
  readonly at: string;
  readonly detector?: string;
  readonly param?: Readonly<Record<string, string>>;
}

/** Judges every place with the data up to that day, from earlier days only, and prints what goes on then. Throws INVALID. */
export async function runAt({ at, detector, param, ...options }: AtOptions): Promise<number> {
  if (!isDay(at))
    throw new AppError('INVALID', `"${at.slice(0, 40)}" is no day.`, {
      hint: 'Write it like 2026-11-18.',
    });
  if (detector === undefined && Object.keys(param ?? {}).length > 0)
    throw new AppError('INVALID', 'Parameters of which detector?', {
      hint: 'Name it too: --detector static --param times=2.',
    });
  return withContext(options, async (context) => {
    const found = await findAnomalies(context, {
      at,
      ...(detector !== undefined && { detector, params: param ?? {} }),
    });
    if (options.json) {
      printJson({ at, anomalies: found.map(foundJson) });
      return EXIT.done;
    }
    print(`${countOf(found.length, 'anomaly', 'anomalies')} on ${formatDay(at, at)}`);
    for (const { path, severity, firstStamp, excessMicros, currency } of found) {
      const place = placeOf({ path, scope: scopeKey(pathScope(path)) });
      const since = formatDay(dayOfStamp(firstStamp), at);
      print(
        `  ${severityMark(severity)}  ${place}: ${formatSignedMoney(excessMicros, currency)} since ${since}`,
      );
    }
    return EXIT.done;
  });
}
