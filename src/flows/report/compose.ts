/** Makes a report: gathers its facts and composes its messages. Writes nothing. */
import { createConvert } from '../../analysis/convert.ts';
import { tabulate, totalOf } from '../../analysis/tabulate.ts';
import { addDays, earlier, later } from '../../core/day.ts';
import type { Period } from '../../core/period.ts';
import { type Scope, scopeKey } from '../../core/scope.ts';
import { readCosts } from '../../store/daily-costs.ts';
import { listPins } from '../../store/pins.ts';
import type { View } from '../../view/elements.ts';
import { composeDailyReport } from '../../view/messages/daily-report.ts';
import { composeWeeklyReport } from '../../view/messages/weekly-report.ts';
import type { ReportFacts } from '../../view/messages/weekly-report-types.ts';
import { listFor } from '../anomaly-list.ts';
import { createLabel } from '../answer/labels.ts';
import { answerCost, defaultBreakdown, subjectFilter } from '../answer-cost.ts';
import type { Context } from '../context.ts';
import { type ReportDays, reportDays } from './days.ts';
import { reportHistory } from './history.ts';
import { loadSentences } from './load-templates.ts';
import { reportMonth } from './month.ts';
import { findMovers } from './movers.ts';
import { reportJson } from './report-json.ts';
import { compareDays } from './rows.ts';
import { reportCommand, reportSubject, reportTitle } from './subject.ts';
import { reportWeeks, WEEKS } from './weeks.ts';

export interface ReportRequest {
  readonly scope: Scope;
  readonly frequency: 'weekly' | 'daily';
  /** The slot's instant, milliseconds since the epoch. */
  readonly at: number;
  /** Whose calendar it is: IANA name. */
  readonly timeZone: string;
  /** One message without a thread: a longer table, and nothing that says to look there. */
  readonly alone?: boolean;
}

export interface ComposedReport {
  /** The message, then what continues in its thread. */
  readonly views: readonly [View, ...View[]];
  /** The same as data; amounts are decimal strings. */
  readonly data: Readonly<Record<string, unknown>>;
  /** To be saved in the transaction that enqueues the report. */
  readonly record?: {
    readonly scope: string;
    readonly week: string;
    readonly currency: string;
    readonly figures: string;
  };
  /** Ids of the pins it carries. */
  readonly pins: readonly number[];
}

/** Throws INVALID for a scope that no report is made about. */
export async function composeReport(context: Context, request: ReportRequest): Promise<ComposedReport> {
  const { scope, frequency, at, timeZone, alone = false } = request;
  // The reader's clock: the week that has just ended is the one on their calendar.
  const theirs: Context = { ...context, now: () => at, settings: { ...context.settings, timeZone } };
  const { facts, record, pins } = await gather(theirs, { scope, frequency, alone });
  const sentences = context.sentences ?? loadSentences();
  const views: readonly [View, ...View[]] =
    frequency === 'weekly' ? composeWeeklyReport(facts, sentences) : [composeDailyReport(facts, sentences)];
  return { views, data: reportJson(request, facts), ...(record && { record }), pins };
}

async function gather(
  context: Context,
  { scope, frequency, alone }: { scope: Scope; frequency: 'weekly' | 'daily'; alone: boolean },
) {
  const { store, settings } = context;
  const currency = settings.currency;
  const convert = createConvert(settings.fx);
  const subject = reportSubject(scope);
  const filter = subjectFilter(subject);
  const by = defaultBreakdown(subject);
  const days = await reportDays(context, filter, frequency);
  const { period, complete, previous, reach } = days;
  const answer = await answerCost(context, { subject, period: days.word, basis: 'effective' });
  const start = addDays(period.start, -7 * (WEEKS - 1));
  const end = later(period.end, reach.today);
  const rows = await readCosts(store, { filter, start, end, basis: 'effective', by });
  const table = tabulate(rows, currency, convert);
  const leftOut = (first: string, last: string) =>
    rows.some(
      ({ day, attos, currency: from }) =>
        day >= first && day <= last && attos !== null && convert(attos, from, currency, day) === undefined,
    );
  const label = await createLabel(context, by);
  const unitCosts = new Map(answer.rows.map(({ key, unitCost }) => [key, unitCost]));
  const compared = compareDays(table, days, { label, unitCosts, leftOut });
  const weekly = frequency === 'weekly';
  const byTeam =
    weekly && scope.kind === 'org'
      ? tabulate(
          await readCosts(store, { filter, start, end, basis: 'effective', by: 'team' }),
          currency,
          convert,
        )
      : undefined;
  const history = weekly
    ? await reportHistory(context, filter, { scope: scopeKey(scope), period, currency, convert })
    : undefined;
  const pins = weekly && scope.kind === 'team' ? await listPins(store, scope.name, period.start) : [];
  const missing = missingDays(days, frequency);
  const facts: ReportFacts = {
    frequency,
    alone,
    title: reportTitle(scope, settings),
    command: reportCommand(scope),
    answer,
    today: reach.today,
    currency,
    by,
    period,
    complete,
    previous,
    ...compared,
    byTeam: byTeam ? compareDays(byTeam, days, { label, leftOut }).rows : [],
    missing: missing && { days: missing, arrived: totalOf(table, missing.start, missing.end) },
    movers: await findMovers(context, { filter, by, days, rows: compared.rows, table }),
    // Forty models are mostly "other" in a picture; teams are few.
    weeks: reportWeeks(byTeam ?? table, days, { by: byTeam ? 'team' : by, label }),
    month: await reportMonth(context, filter, { scope, reach, currency, convert, budget: answer.budget }),
    restated: history?.restated,
    unallocated: by === 'model' ? (compared.rows.find(({ key }) => key === null)?.cost ?? 0n) : 0n,
    pins: pins.map(({ excerpt, author, command }) => ({ excerpt, author, command })),
    ...(weekly && {
      open: await listFor(context, { which: 'open', days: 7, ...(scope.kind !== 'org' && { scope }) }),
    }),
  };
  return { facts, record: history?.record, pins: pins.map(({ id }) => id) };
}

/** Days of the week that are not complete; for a daily report the days since the one it is about. */
function missingDays(
  { period, complete, reach }: ReportDays,
  frequency: 'weekly' | 'daily',
): Period | undefined {
  const start = complete ? addDays(complete.end, 1) : period.start;
  const yesterday = addDays(reach.today, -1);
  const end = frequency === 'weekly' ? earlier(period.end, later(yesterday, period.start)) : yesterday;
  return start <= end && reach.sources.length > 0 ? { start, end } : undefined;
}
