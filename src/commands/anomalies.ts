/** What is unusual, most severe first; and how good the alerts are. */
import { type Scope, scopeKey } from '../core/scope.ts';
import { readAlertKpis } from '../flows/anomaly-kpis.ts';
import { listFor } from '../flows/anomaly-list.ts';
import { composeAlertKpis } from '../view/messages/alert-kpis.ts';
import { composeAnomalies } from '../view/messages/anomalies.ts';
import { scopeTitle } from '../view/messages/scope-words.ts';
import { anomalyJson } from './anomaly/json.ts';
import { kpiJson } from './anomaly/kpi-json.ts';
import { findMeant } from './thing.ts';
import { tokenise } from './tokens.ts';
import type { Command, CommandContext, CommandResult } from './types.ts';

const DAYS = 90;
const MOST_DAYS = 800;

export const anomalies: Command = {
  name: 'anomalies',
  task: 'why',
  summary: 'What costs more than it should, most severe first; `stats` says how good the alerts are',
  usage: '[open|all|stats] [SCOPE] [90d]',
  examples: ['anomalies', 'anomalies team:search', 'anomalies all 30d', 'anomalies stats'],
  offer: 'anomalies',
  async run(context, args) {
    const tokens = tokenise(args);
    const span = tokens.map(({ text, quoted }) => (quoted ? undefined : daysOf(text)));
    const days = span.find((count) => count !== undefined);
    const words = tokens.filter((_, index) => span[index] === undefined);
    const [first] = words;
    const verb = first && !first.quoted ? first.text.toLowerCase() : '';
    if (verb === 'stats' || verb === 'kpis') return stats(context, days ?? DAYS);
    const isVerb = verb === 'all' || verb === 'open';
    const typed = words
      .slice(isVerb ? 1 : 0)
      .map(({ text }) => text)
      .join(' ');
    const which = verb === 'all' || (days !== undefined && verb !== 'open') ? 'all' : 'open';
    if (typed === '') return list(context, { which, days: days ?? DAYS });
    const meant = await findMeant(context, typed, (scope) => `anomalies ${isVerb ? `${verb} ` : ''}${scope}`);
    return meant.scope ? list(context, { which, days: days ?? DAYS, scope: meant.scope }) : meant.asked;
  },
};

function daysOf(word: string): number | undefined {
  const count = Number(/^(\d{1,3})d$/i.exec(word)?.[1] ?? 0);
  return count > 0 ? Math.min(count, MOST_DAYS) : undefined;
}

async function list(
  context: CommandContext,
  question: { which: 'open' | 'all'; days: number; scope?: Scope },
): Promise<CommandResult> {
  const { which, scope, days } = question;
  const found = await listFor(context, question);
  return {
    view: composeAnomalies({ ...found, which, days, ...(scope && { of: scopeTitle(scope) }) }),
    data: {
      question: `anomalies ${which}`,
      scope: scope ? scopeKey(scope) : null,
      judgedThrough: found.judgedThrough ?? null,
      places: found.places,
      resolvedLately: found.resolvedLately,
      rows: found.anomalies.map(anomalyJson),
      warnings: found.warnings,
    },
  };
}

async function stats(context: CommandContext, days: number): Promise<CommandResult> {
  const kpis = await readAlertKpis(context, days);
  return { view: composeAlertKpis(kpis), data: { question: 'anomalies stats', ...kpiJson(kpis) } };
}
