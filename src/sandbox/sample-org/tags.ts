/** Tags as each cloud's teams write them: same meaning, different keys and values, as in real life. */
import type { Day } from '../../core/day.ts';
import { TEAMS } from './company.ts';
import type { SourceName } from './meter.ts';
import type { Environment, Line, Stage } from './types.ts';

const LEGACY_STAGE: Readonly<Record<Stage, string>> = {
  training: 'train',
  inference: 'serve',
  data: 'data',
  other: 'other',
};
const LONG_ENVIRONMENT: Readonly<Record<Environment, string>> = {
  prod: 'production',
  staging: 'staging',
  dev: 'development',
};

/** Tags of a line's resource in the month of `day`; empty when it has none. */
export function tagsOf(source: SourceName, line: Line, day: Day): Readonly<Record<string, string>> {
  if (source === 'openai' || source === 'anthropic') return {};
  const { use } = line;
  switch (use.tagging) {
    case 'none':
      return {};
    case 'rule':
      // What comes through the marketplace has no tags at all.
      return use.meter.startsWith('aws-claude') ? {} : { environment: use.environment };
    case 'shared':
      return { shared: 'true', environment: use.environment };
    case 'legacy':
      return { ...legacyTags(line), ...use.tags };
    case 'full':
      return { ...fullTags(source, line), ...versionTag(source, line, day), ...use.tags };
  }
}

function fullTags(source: SourceName, { team = '', model, use }: Line): Record<string, string> {
  const { stage, environment } = use;
  switch (source) {
    case 'gcp':
      return {
        team,
        ...(model && { ml_model: model }),
        workload: stage === 'inference' ? 'serving' : stage,
        env: environment,
      };
    case 'azure':
      return {
        Team: team,
        ...(model && { Model: model }),
        Stage: stage,
        Environment: LONG_ENVIRONMENT[environment],
        ...costCentre(team),
      };
    default:
      return { team, ...(model && { model }), stage, environment };
  }
}

function legacyTags({ team = '', model, use }: Line): Record<string, string> {
  return {
    'owner-team': team,
    ...(model && { 'ml-model': model }),
    workload: LEGACY_STAGE[use.stage],
    env: LONG_ENVIRONMENT[use.environment],
  };
}

function costCentre(team: string): Record<string, string> {
  const known = TEAMS.find(({ name }) => name === team);
  return known ? { costCentre: known.costCenter } : {};
}

/** Versions are named after the quarter they were trained in. */
function versionTag(source: SourceName, line: Line, day: Day): Record<string, string> {
  if (!line.versioned || line.use.stage === 'data') return {};
  const quarter = Math.ceil(Number(day.slice(5, 7)) / 3);
  return { [source === 'gcp' ? 'model_version' : 'model-version']: `${day.slice(0, 4)}.${quarter}` };
}
