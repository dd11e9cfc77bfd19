/** Was everything judged that could be, and is there cost where budgets and SLOs wait for it? */
import { addDays, type Day, dayInZone } from '../../core/day.ts';
import { parseScope, type Scope } from '../../core/scope.ts';
import type { Settings } from '../../core/settings.ts';
import { listBudgets } from '../../store/budgets.ts';
import { lastCostDay } from '../../store/daily-costs.ts';
import { readSources } from '../../store/freshness.ts';
import type { Store } from '../../store/open.ts';
import { countOf, formatDay } from '../../view/format.ts';
import { digestOfInput, readAnalysed } from '../analyse/analysed.ts';
import { SILENT_DAYS } from '../budgets/completeness.ts';
import { filterOf } from '../budgets/filter.ts';
import type { DoctorCheck } from './types.ts';

const ANALYSIS = { id: 'analysis', title: 'Anomalies' };
const SCOPES = { id: 'analysis-scopes', title: 'Budgets and SLOs' };
const DAY_MS = 86_400_000;
const SERVE = 'The server judges every ten minutes: start pennywatch serve, and see its log when it runs.';
const MOST_NAMED = 5;

/** Nothing when there are no complete days or anomalies are switched off; warns of figures that wait for longer than a day. */
export async function checkAnalysis(store: Store, settings: Settings, now: number): Promise<DoctorCheck[]> {
  const complete = (await readSources(store)).flatMap(({ watermark }) => watermark ?? []);
  if (complete.length === 0) return [];
  if (!settings.anomalies.enabled)
    return [
      {
        ...ANALYSIS,
        status: 'ok',
        detail: 'Nothing is judged: anomalies are switched off in pennywatch.yaml.',
      },
    ];
  const last = await readAnalysed(store);
  if (!last) return [{ ...ANALYSIS, status: 'warn', detail: 'No cost has been judged yet.', mend: SERVE }];
  const today = dayInZone(now, settings.timeZone);
  const judged = `${countOf(last.places, 'place')} judged through ${formatDay(last.through, today)}`;
  const old = now - Date.parse(last.at) > DAY_MS;
  if (old && last.digest !== (await digestOfInput({ store, settings, now: () => now })))
    return [
      {
        ...ANALYSIS,
        status: 'warn',
        detail: `${judged}; newer figures have been waiting, and nothing was judged for over a day.`,
        mend: SERVE,
      },
    ];
  return [{ ...ANALYSIS, status: 'ok', detail: `${judged}.` }];
}

/** Nothing when there is nothing to wait for; warns of scopes that cost nothing: a budget that can never be told. */
export async function checkScopes(store: Store, settings: Settings, now: number): Promise<DoctorCheck[]> {
  // Of what is counted in tokens or requests no cost is expected.
  const budgets = (await listBudgets(store)).filter(({ metric }) => metric === undefined);
  const today = dayInZone(now, settings.timeZone);
  const wanted: Wanted[] = [
    ...budgets.map(({ scope }) => ({ scope: parseScope(scope), what: `the budget of ${scope}` })),
    ...settings.slos.map(({ name, scope }) => ({ scope, what: `the SLO "${name}"` })),
  ].filter(({ scope }) => scope.kind !== 'key');
  if (wanted.length === 0 || (await lastCost(store, { kind: 'org' }, today)) === undefined) return [];
  const silent: string[] = [];
  for (const { scope, what } of wanted) {
    const day = await lastCost(store, scope, today);
    if (day === undefined) silent.push(`${what} (never)`);
    else if (day < addDays(today, -SILENT_DAYS)) silent.push(`${what} (none since ${formatDay(day, today)})`);
  }
  if (silent.length === 0)
    return [
      {
        ...SCOPES,
        status: 'ok',
        detail: `${countOf(wanted.length, 'budget or SLO', 'budgets and SLOs')}, all with cost.`,
      },
    ];
  const more = silent.length > MOST_NAMED ? ` and ${silent.length - MOST_NAMED} more` : '';
  return [
    {
      ...SCOPES,
      status: 'warn',
      detail: `No cost is found for ${silent.slice(0, MOST_NAMED).join(', ')}${more}.`,
      mend: 'Check how the scope is written, and the rules that lead there: `coverage` in chat shows what is not allocated.',
    },
  ];
}

interface Wanted {
  readonly scope: Scope;
  readonly what: string;
}

async function lastCost(store: Store, scope: Scope, today: Day): Promise<Day | undefined> {
  return lastCostDay(store, filterOf(scope), addDays(today, 1));
}
