/** Answers "why": of an anomaly that was found, or of a scope against the days before. */
import type { Explanation } from '../core/anomaly.ts';
import { addDays, type Day, dayInZone, earlier } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import { comparablePeriods, type Period, type PeriodWord, previousLabel } from '../core/period.ts';
import type { Scope } from '../core/scope.ts';
import { pathScope, type ScopePath, slicePath } from '../core/scope-path.ts';
import { dayOfStamp } from '../core/series.ts';
import { readAnomaly } from '../store/anomalies.ts';
import type { CostFilter } from '../store/daily-costs.ts';
import { teamsOfCharges } from '../store/names.ts';
import type { AnomalyShown } from '../view/messages/anomaly-words.ts';
import { showAnomalies } from './anomalies/show.ts';
import { freshnessWarnings } from './answer/freshness-warnings.ts';
import { findReach } from './answer/reach.ts';
import type { Context } from './context.ts';
import { explainAnomaly, explainChange } from './explain.ts';
import { type JudgedSeries, judgedSeries } from './judged-series.ts';

/** Days that the picture shows. */
const SHOWN_DAYS = 60;
/** Days after an anomaly that its picture still shows. */
const DAYS_AFTER = 14;

export interface WhyOfAnomaly {
  readonly anomaly: AnomalyShown;
  readonly explanation: Explanation;
  readonly scope: Scope;
  readonly today: Day;
  readonly band?: JudgedSeries;
  readonly warnings: readonly string[];
}

/** Undefined when no anomaly has the number. */
export async function whyAnomaly(context: Context, id: number): Promise<WhyOfAnomaly | undefined> {
  const { store, settings } = context;
  const stored = await readAnomaly(store, id);
  const [anomaly] = stored ? await showAnomalies(context, [stored]) : [];
  if (!stored || !anomaly) return undefined;
  const today = dayInZone(context.now(), settings.timeZone);
  const last = dayOfStamp(stored.lastStamp);
  // Single resources are forgotten after a while: what was found out then says more than could be found out now.
  const forgotten = dayOfStamp(stored.firstStamp) < addDays(today, -settings.storage.resourceDays);
  const explanation = (forgotten && stored.explanation) || (await explainAnomaly(context, stored));
  const end = earlier(today, addDays(last, DAYS_AFTER));
  const first = dayOfStamp(stored.firstStamp);
  const band = await judgedSeries(context, stored.path, { days: SHOWN_DAYS, end, found: stored });
  return {
    anomaly: { ...anomaly, why: explanation.sentence },
    explanation,
    scope: pathScope(stored.path),
    today,
    ...(band && { band: { ...band, anomalous: band.days.map((day) => day >= first && day <= last) } }),
    warnings: [],
  };
}

export interface WhyOfChange {
  readonly scope: Scope;
  readonly explanation: Explanation;
  readonly previousLabel: string;
  /** The days compared: complete ones only. */
  readonly period: Period;
  readonly previous: Period;
  readonly today: Day;
  readonly band?: JudgedSeries;
  readonly warnings: readonly string[];
}

/** Throws INVALID for a scope without cost and CONFLICT when no day of the period is complete. */
export async function whyChange(
  context: Context,
  question: { readonly scope: Scope; readonly period: PeriodWord; readonly currency?: string },
): Promise<WhyOfChange> {
  const { scope, period: word, currency = context.settings.currency } = question;
  const { path, filter } = await placeOf(context, scope);
  const reach = await findReach(context, filter, word);
  if (reach.completeEnd === undefined)
    throw new AppError('CONFLICT', 'No day of this time is complete yet, so there is nothing to explain.', {
      hint: 'Ask for a longer or an earlier time, for example 30d. What is missing: sources.',
    });
  const { period, previous } = comparablePeriods(word, reach.period, reach.completeEnd);
  const explanation = await explainChange(context, { filter, currency, period, previous });
  const end = earlier(
    reach.today,
    period.end === reach.completeEnd ? reach.today : addDays(period.end, DAYS_AFTER),
  );
  const band = await judgedSeries(context, path, { days: SHOWN_DAYS, end, filter });
  return {
    scope,
    explanation,
    previousLabel: previousLabel(word, reach.period),
    period,
    previous,
    today: reach.today,
    ...(band && { band }),
    warnings: freshnessWarnings(reach, previous),
  };
}

/** Where a scope lies, and what belongs to it. */
async function placeOf(
  { store }: Context,
  scope: Scope,
): Promise<{ readonly path: ScopePath; readonly filter: CostFilter }> {
  switch (scope.kind) {
    case 'org':
      return { path: [], filter: {} };
    case 'team':
      return { path: [scope.name], filter: { team: scope.name } };
    case 'model': {
      const [team = null] = await teamsOfCharges(store, scope.name);
      const { name, stage } = scope;
      return {
        path: stage === undefined ? [team, name] : [team, name, stage],
        filter: { model: name, ...(stage !== undefined && { stage }) },
      };
    }
    case 'service':
    case 'provider':
    case 'environment':
    case 'feature':
    case 'experiment':
      return { path: slicePath(scope.kind, scope.name), filter: { [scope.kind]: scope.name } };
    case 'key':
      throw new AppError('INVALID', 'What an API key costs is not known, only what it used.', {
        hint: 'Ask for the model or team that uses it.',
      });
  }
}
