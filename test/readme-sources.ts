/** README's part about the billing sources, from what each source says of itself. */
import { schemaReference } from '../src/config.ts';
import { sources } from '../src/sources/registry.ts';
import type { AnySource, Permissions } from '../src/sources/types.ts';
import { reference, table } from './readme-table.ts';

/** One line per source: how often, how late, how far back, what it costs. */
export function sourcesTable(): string {
  return table(
    ['source', 'polled (UTC)', 'a day is complete', 'fetched again', 'history', 'one request costs'],
    sources.map(({ id, about }) => [
      `[${about.title}](#${anchor(heading(about.title, id))})`,
      `\`${about.schedule}\``,
      about.lagDays === 0 ? 'the same day' : `after ${plural(about.lagDays, 'day')}`,
      `${plural(about.trailingDays, 'day')}${about.monthFinalOnDay > 0 ? `, last month until the ${ordinal(about.monthFinalOnDay)}` : ''}`,
      plural(about.historyMonths, 'month'),
      about.requestPrice
        ? `$${about.requestPrice}${about.requestsPerDay ? `, at most ${about.requestsPerDay} a day` : ''}`
        : 'nothing',
    ]),
  );
}

/** A section per source: set-up, entry, policy, settings. */
export function sourceSections(): string {
  return sources.map(section).join('\n\n');
}

function section(source: AnySource): string {
  const { id, about } = source;
  const settings = schemaReference(source.settings);
  const variables = Object.entries(about.variables).map(([name, meaning]) => [`\`${name}\``, meaning]);
  return [
    `### ${heading(about.title, id)}`,
    about.steps.map((step, index) => `${index + 1}. ${step}`).join('\n'),
    fenced('yaml', about.example.trimEnd()),
    about.notes.map((note) => `- ${note}`).join('\n'),
    permissions(source.permissions(undefined)),
    details('Settings and environment', [
      ...(settings.length > 0 ? [reference(settings)] : []),
      ...(variables.length > 0 ? [table(['variable', 'what it is'], variables)] : []),
    ]),
    `[How it asks, and its traps](src/sources/${id}/readme.md)`,
  ].join('\n\n');
}

function permissions({ summary, documents }: Permissions): string {
  return details(
    `Least privilege: ${summary}`,
    documents.flatMap(({ title, language, text }) => [`**${title}**`, fenced(language, text.trimEnd())]),
  );
}

function details(title: string, parts: readonly string[]): string {
  const plain = title.replaceAll('<', '&lt;').replace(/`([^`]*)`/g, '<code>$1</code>');
  return `<details><summary>${plain}</summary>\n\n${parts.join('\n\n')}\n\n</details>`;
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function heading(title: string, id: string): string {
  return `${title} (\`${id}\`)`;
}

/** As GitHub makes them. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function ordinal(day: number): string {
  const suffix = day > 10 && day < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${suffix}`;
}
