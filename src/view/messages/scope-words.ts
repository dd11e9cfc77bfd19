/** How scopes and moments are called in messages and written in commands. */
import { type Day, dayInZone } from '../../core/day.ts';
import { quoteName } from '../../core/question.ts';
import { type Scope, scopeKey } from '../../core/scope.ts';
import { formatDay } from '../format.ts';

/** "bert", "bert training", "team search", "the whole organisation", "service Amazon SageMaker". */
export function scopeTitle(scope: Scope): string {
  switch (scope.kind) {
    case 'org':
      return 'the whole organisation';
    case 'model':
      return scope.stage ? `${scope.name} ${scope.stage}` : scope.name;
    case 'team':
    case 'service':
    case 'provider':
    case 'environment':
    case 'feature':
    case 'experiment':
    case 'key':
      return `${scope.kind} ${scope.name}`;
  }
}

/** A title at the beginning of a sentence: "The whole organisation", but "bert" as it is spelled. */
export function scopeHeading(scope: Scope): string {
  const title = scopeTitle(scope);
  return scope.kind === 'model' ? title : title.charAt(0).toUpperCase() + title.slice(1);
}

/** The scope as a command argument: model:bert, "service:Amazon SageMaker". */
export function scopeWord(scope: Scope): string {
  return quoteName(scopeKey(scope));
}

/** The command that asks what a scope cost; undefined where no command does. `rest` is time and other words. */
export function costCommandOf(scope: Scope, rest = ''): string | undefined {
  if (['provider', 'environment', 'experiment', 'key'].includes(scope.kind)) return undefined;
  if (scope.kind === 'org') return `model all ${rest}`.trim();
  const stage = scope.kind === 'model' && scope.stage ? `/${scope.stage}` : '';
  return `${scope.kind} ${quoteName(scope.name + stage)} ${rest}`.trim();
}

/** "Sat 21 Nov, 10:02" on the clock of a zone. */
export function formatMoment(at: Date, timeZone: string, today: Day): string {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  return `${formatDay(dayInZone(at.getTime(), timeZone), today)}, ${clock.format(at)}`;
}

/** "a team", "an environment". */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}
