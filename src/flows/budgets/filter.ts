/** The rows that a budget's scope is about. */
import { AppError } from '../../core/errors.ts';
import type { Scope } from '../../core/scope.ts';
import type { CostFilter } from '../../store/daily-costs.ts';

/** Throws INVALID for an API key: of it only usage is known. */
export function filterOf(scope: Scope): CostFilter {
  switch (scope.kind) {
    case 'org':
      return {};
    case 'model':
      return scope.stage ? { model: scope.name, stage: scope.stage } : { model: scope.name };
    case 'key':
      throw new AppError('INVALID', 'What an API key costs is not known, only what it used.', {
        hint: `Write what is counted, for example: budget set key:${scope.name} 500M tokens monthly.`,
      });
    case 'team':
    case 'service':
    case 'provider':
    case 'environment':
    case 'feature':
    case 'experiment':
      return { [scope.kind]: scope.name };
  }
}
