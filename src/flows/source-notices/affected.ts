/** Whose figures a source carries, and how much of all cost. */
import { createConvert } from '../../analysis/convert.ts';
import { addDays, type Day } from '../../core/day.ts';
import { listTeams } from '../../store/organisation.ts';
import { costCarried } from '../../store/source-notices.ts';
import type { Affected } from '../../view/messages/source-notices.ts';
import type { Context } from '../context.ts';

/** Long enough that a failing source still has cost in it. */
const DAYS = 35;

/** Undefined when it has carried nothing lately, or not all of the cost can be converted. */
export async function findAffected(
  { store, settings }: Context,
  source: string,
  today: Day,
): Promise<Affected | undefined> {
  const convert = createConvert(settings.fx);
  const rows = (await costCarried(store, source, addDays(today, -DAYS))).map((row) => ({
    ...row,
    micros: convert(row.micros, row.currency, settings.currency, today),
  }));
  const own = rows.filter((row) => row.own);
  const sum = (of: typeof rows) => of.reduce((all, { micros }) => all + (micros ?? 0n), 0n);
  if (own.length === 0 || rows.some(({ micros }) => micros === undefined)) return undefined;
  const titles = new Map((await listTeams(store)).map(({ name, title }) => [name, title]));
  const byTeam = new Map<string, bigint>();
  for (const { team, micros = 0n } of own)
    if (team !== null) byTeam.set(team, (byTeam.get(team) ?? 0n) + micros);
  const all = sum(rows);
  return {
    share: all > 0n ? Number(sum(own)) / Number(all) : null,
    teams: [...byTeam].sort(([, a], [, b]) => (a < b ? 1 : -1)).map(([team]) => titles.get(team) ?? team),
  };
}
