/** What `pennywatch permissions` prints for people. */
import type { SourceSettings } from '../core/settings.ts';
import type { Permissions } from '../sources/types.ts';

/** What a source needs, as `--json` prints it. */
export interface SourceNeeds {
  readonly kind: string;
  readonly title: string;
  /** The configured source whose settings were used; null for placeholders. */
  readonly source: string | null;
  readonly permissions: Permissions;
  readonly steps: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly example: string;
}

/** One line per source. */
export function renderNeedsList(all: readonly SourceNeeds[]): string {
  const width = Math.max(0, ...all.map(({ kind }) => kind.length));
  const lines = all.map(({ kind, permissions }) => `${kind.padEnd(width)}  ${permissions.summary}`);
  return [
    ...lines,
    '',
    'pennywatch permissions SOURCE prints the policy and the steps; for acting: permissions actions.',
  ].join('\n');
}

/** Everything of one source: policy, steps, variables, what to know, and its entry in pennywatch.yaml. */
export function renderNeeds(needs: SourceNeeds, configured: readonly SourceSettings[]): string {
  const { kind, title, source, permissions, steps, variables, notes, example } = needs;
  const same = configured.filter((one) => one.kind === kind).map(({ name }) => name);
  const whose =
    source === null
      ? 'With placeholders: put your own names in their place.'
      : `For the source "${source}" of pennywatch.yaml.`;
  const several = same.length > 1 && source === null ? ` Configured: ${same.join(', ')}; name one.` : '';
  return [
    `${title} (${kind})\n${permissions.summary}\n${whose}${several}`,
    ...permissions.documents.map(({ title, text }) => `${title}:\n${indented(text)}`),
    section(
      'Steps',
      steps.map((step, index) => `${index + 1}. ${step}`),
    ),
    section('Environment', aligned(Object.entries(variables))),
    section('In pennywatch.yaml', example.trimEnd().split('\n')),
    section(
      'To know',
      notes.map((note) => `- ${note}`),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}:\n${indented(lines.join('\n'))}`;
}

function aligned(pairs: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...pairs.map(([name]) => name.length));
  return pairs.map(([name, what]) => `${name.padEnd(width)}  ${what}`);
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}
