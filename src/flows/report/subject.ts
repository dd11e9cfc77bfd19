/** What a report is about: from a scope to a question's subject and to the name people use. */
import { AppError } from '../../core/errors.ts';
import { quoteName, type Subject, subjectOf } from '../../core/question.ts';
import { type Scope, scopeKey } from '../../core/scope.ts';
import type { Settings } from '../../core/settings.ts';

/** Throws INVALID for a scope that no report can be made about. */
export function reportSubject(scope: Scope): Subject {
  const subject = subjectOf(scope);
  if (subject) return subject;
  throw new AppError('INVALID', `There is no report about ${scopeKey(scope)}.`, {
    hint: 'Reports are about org, team:NAME, model:NAME, service:NAME or feature:NAME.',
  });
}

/** "Search", "bert training", "Acme". */
export function reportTitle(scope: Scope, settings: Settings): string {
  if (scope.kind === 'org') return settings.organisation || 'Everything';
  if (scope.kind === 'team')
    return settings.teams.find(({ name }) => name === scope.name)?.title ?? scope.name;
  return scope.kind === 'model' && scope.stage ? `${scope.name} ${scope.stage}` : scope.name;
}

/** The words that ask about the same thing: "team search", "model bert/training", "model all". */
export function reportCommand(scope: Scope): string {
  if (scope.kind === 'org') return 'model all';
  const stage = scope.kind === 'model' && scope.stage ? `/${scope.stage}` : '';
  return `${scope.kind} ${quoteName(scope.name + stage)}`;
}
