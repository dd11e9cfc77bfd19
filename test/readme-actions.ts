/** README's part about acting, from what each action says of itself and what their code reads. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { actions } from '../src/actions/registry.ts';
import { ACTION_PROVIDERS } from '../src/core/action.ts';
import { table } from './readme-table.ts';

const FOLDER = resolve(import.meta.dirname, '../src/actions');

/** One line per action: what it does, how it is taken back, how much of the cost ends. */
export function actionsTable(): string {
  const ordered = ACTION_PROVIDERS.flatMap((provider) =>
    actions.filter(({ about }) => about.provider === provider),
  );
  return table(
    ['action', 'what it does', 'undo', 'risk', 'of its cost ends', 'permissions'],
    ordered.map(({ id, about, undo }) => [
      `\`${id}\``,
      about.title,
      undo ? `${undo.title}, for ${undo.hours / 24} days` : 'none',
      about.risk,
      `${about.savesPercent} %`,
      String(new Set(about.permissions.map(({ permission }) => permission)).size),
    ]),
  );
}

/** Names of variables that stand where a variable is read; of `AWS_ENDPOINT_URL_${service}` what comes before. */
export function variablesOfActions(): string[] {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((one) =>
    one.endsWith('.ts'),
  );
  const code = files.map((file) => readFileSync(join(FOLDER, file), 'utf8')).join('\n');
  const named = [...code.matchAll(/(?:variable\(|Variable: |VARIABLE = |variable = )['`]([A-Z][A-Z0-9_]+)/g)];
  return [...new Set(named.map((match) => match[1] as string))].sort();
}
