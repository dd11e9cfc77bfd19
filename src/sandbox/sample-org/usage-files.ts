/** Writes what the meters count as the files in which the organisation has it: one per team, one of the LLM gateway. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Day } from '../../core/day.ts';
import { type Metered, meteredUsage } from './metered.ts';
import { MODELS } from './models.ts';
import type { UsageFiles } from './types.ts';

const TOKENS = ['input_tokens', 'output_tokens', 'cached_tokens'] as const;
const GATEWAY = ['requests', ...TOKENS] as const;

/** The gateway knows one model by the name its clients use. */
const CLIENT_NAMES: Readonly<Record<string, string>> = { embeddings: 'listing-embeddings' };

/** Resolves to the files of each usage source; the files of one belong in one import. */
export async function writeUsageFiles(
  dir: string,
  span: { readonly start: Day; readonly today: Day; readonly seed: number },
): Promise<UsageFiles[]> {
  const folder = join(dir, 'usage');
  await mkdir(folder, { recursive: true });
  const all = meteredUsage(span);
  const asked = new Set(all.flatMap(({ metric, model }) => (isToken(metric) ? [model] : [])));
  const throughGateway = ({ metric, model }: Metered) =>
    isToken(metric) || (metric === 'requests' && asked.has(model));
  const write = async (name: string, lines: readonly string[]) => {
    const path = join(folder, `${name}.csv`);
    await writeFile(path, `${lines.join('\n')}\n`);
    return path;
  };
  const teams = [...new Set(MODELS.map(({ team }) => team))];
  const own = all.filter((row) => !throughGateway(row));
  return [
    {
      name: 'platform-metrics',
      files: await Promise.all(teams.map((team) => write(team, teamLines(own.filter(isOf(team)))))),
    },
    { name: 'llm-gateway', files: [await write('llm-gateway', gatewayLines(all.filter(throughGateway)))] },
  ];
}

function isOf(team: string): (row: Metered) => boolean {
  const models = MODELS.filter((model) => model.team === team).map(({ name }) => name);
  return ({ model }) => models.includes(model);
}

function isToken(metric: string): boolean {
  return TOKENS.some((token) => token === metric);
}

/** One metric a row. The team is not in it: it follows from the model. */
function teamLines(rows: readonly Metered[]): string[] {
  return [
    'day,model,stage,environment,metric,quantity',
    ...rows.map(({ day, model, stage, environment, metric, quantity }) =>
      [day, model, stage, environment, metric, quantity].join(','),
    ),
  ];
}

/** A column for each metric; what a model has none of stays empty. */
function gatewayLines(rows: readonly Metered[]): string[] {
  const lines = new Map<string, Partial<Record<string, number>>>();
  for (const { day, model, stage, environment, provider, metric, quantity } of rows) {
    const key = [day, CLIENT_NAMES[model] ?? model, stage, environment, provider].join(',');
    lines.set(key, { ...lines.get(key), [metric]: quantity });
  }
  return [
    ['date', 'model', 'stage', 'environment', 'provider', ...GATEWAY].join(','),
    ...[...lines].map(([key, values]) => [key, ...GATEWAY.map((metric) => values[metric] ?? '')].join(',')),
  ];
}
