/** Where the figures come from and how fresh they are; with a name, one source in full. */
import { findDrift } from '../flows/estimates.ts';
import { findTroubles, scheduledReports } from '../flows/job-troubles.ts';
import { sourceDetail } from '../flows/sources-report/detail.ts';
import { findSource, type MeantSource } from '../flows/sources-report/find-source.ts';
import { reportSources, type SourcesState } from '../flows/sources-report.ts';
import { composeSourceDetail } from '../view/messages/source-detail.ts';
import { composeSources } from '../view/messages/sources.ts';
import { composeUnknownSource } from '../view/messages/unknown-source.ts';
import { detailJson, sourceJson } from './sources/json.ts';
import { tokenise } from './tokens.ts';
import type { Command, CommandContext, CommandResult } from './types.ts';

export const sources: Command = {
  name: 'sources',
  task: 'trust',
  offer: 'sources',
  summary:
    'Where the figures come from, how fresh they are, and whether they add up; with a name, one in full',
  usage: '[NAME]',
  examples: ['sources', 'sources aws'],
  async run(context, args) {
    const report = await reportSources(context);
    const typed = tokenise(args)
      .map(({ text }) => text)
      .join(' ');
    if (typed === '' || typed.toLowerCase() === 'all') return list(context, report);
    return one(context, report, typed);
  },
};

async function list(context: CommandContext, report: SourcesState): Promise<CommandResult> {
  const [troubles, scheduled, drift] = await Promise.all([
    findTroubles(context),
    scheduledReports(context),
    findDrift(context),
  ]);
  const { timeZone } = context.settings;
  return {
    view: composeSources({ ...report, now: context.now(), drift, timeZone, troubles, scheduled }),
    data: {
      question: 'sources',
      rows: report.sources.map((source) => sourceJson(source, drift)),
      scheduledReports: scheduled.count,
      nextReport: scheduled.next === undefined ? null : new Date(scheduled.next).toISOString(),
      warnings: troubles.map(({ what, error }) => `${what}: ${error}`),
    },
  };
}

async function one(context: CommandContext, report: SourcesState, typed: string): Promise<CommandResult> {
  const meant = findSource(
    typed,
    report.sources.map(({ name }) => name),
  );
  const source = report.sources.find(({ name }) => name === meant.name);
  if (!source || meant.name === undefined) return unknown(typed, meant);
  const detail = await sourceDetail(context, source);
  return {
    view: composeSourceDetail(detail, {
      today: report.today,
      now: context.now(),
      timeZone: context.settings.timeZone,
    }),
    data: {
      question: `sources ${source.name}`,
      rows: [{ ...sourceJson(source, detail.drift), ...detailJson(detail) }],
      warnings: source.polling?.warnings ?? [],
    },
  };
}

function unknown(typed: string, meant: MeantSource): CommandResult {
  const { several, offers } = meant.name === undefined ? meant : { several: false, offers: [] };
  const name = typed.slice(0, 200);
  const error = several
    ? { code: 'INVALID', message: `More than one source begins with "${name}".` }
    : { code: 'NOT_FOUND', message: `There is no source "${name}".` };
  return { view: composeUnknownSource({ typed, offers, several }), data: { error, name, closest: offers } };
}
