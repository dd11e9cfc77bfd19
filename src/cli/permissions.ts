/** `pennywatch permissions [SOURCE]`: what must be granted so that a billing source can be polled; `actions`: to act. */
import type { Command } from 'commander';
import { inspectConfig } from '../config.ts';
import type { SourceSettings } from '../core/settings.ts';
import { sources } from '../sources/registry.ts';
import type { AnySource } from '../sources/types.ts';
import { unknownSource } from './named-sources.ts';
import { registerActionPermissions } from './permissions-actions.ts';
import { renderNeeds, renderNeedsList, type SourceNeeds } from './permissions-text.ts';
import { guarded, print, printJson } from './shell.ts';

interface PermissionsOptions {
  readonly config?: string;
  readonly json?: boolean;
}

export function registerPermissions(program: Command): void {
  const command = program.command('permissions');
  registerActionPermissions(command);
  command
    .description(
      'what a billing source must be granted, least privilege; without a name, every source there is',
    )
    .argument('[source]', 'a kind of source, or the name of one in pennywatch.yaml')
    .option('--config <file>', 'configuration file (default: ./pennywatch.yaml if it exists)')
    .option('--json', 'print one JSON document and nothing else on stdout')
    .action(guarded(run, (_, options) => options));
}

async function run(name: string | undefined, options: PermissionsOptions): Promise<number> {
  // A mistake elsewhere in the file must not keep anybody from setting the source up.
  const { settings } = inspectConfig({ file: options.config });
  const configured = settings?.sources ?? [];
  if (name === undefined) {
    const all = sources.map((source) => needsOf(source, only(configured, source.id)));
    if (options.json) printJson({ sources: all });
    else print(renderNeedsList(all));
    return 0;
  }
  const needs = find(name, configured);
  if (!needs) throw unknownSource(name, configured, sources);
  if (options.json) printJson(needs);
  else print(renderNeeds(needs, configured));
  return 0;
}

function find(name: string, configured: readonly SourceSettings[]): SourceNeeds | undefined {
  const named = configured.find((source) => source.name === name);
  const kind = sources.find(({ id }) => id === (named?.kind ?? name));
  return kind && needsOf(kind, named ?? only(configured, kind.id));
}

/** The only configured source of this kind; with several, none speaks for the kind. */
function only(configured: readonly SourceSettings[], kind: string): SourceSettings | undefined {
  const same = configured.filter((source) => source.kind === kind);
  return same.length === 1 ? same[0] : undefined;
}

function needsOf(kind: AnySource, configured: SourceSettings | undefined): SourceNeeds {
  const { title, steps, variables, notes, example } = kind.about;
  return {
    kind: kind.id,
    title,
    source: configured?.name ?? null,
    permissions: kind.permissions(configured?.options),
    steps,
    variables,
    notes,
    example,
  };
}
