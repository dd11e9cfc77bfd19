/** What a number, budget or owner is about: "org", "team:search", "model:bert", "model:bert/training", "service:Amazon SageMaker". */
import { AppError } from './errors.ts';

export type Scope =
  | { readonly kind: 'org' }
  | {
      readonly kind: 'team' | 'service' | 'provider' | 'environment' | 'feature' | 'experiment';
      readonly name: string;
    }
  /** An API key, by the name that its metered usage carries: only usage is known of it, no cost. */
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'model'; readonly name: string; readonly stage?: string };

const NAMED = ['team', 'service', 'provider', 'environment', 'feature', 'experiment', 'key'] as const;

export function scopeKey(scope: Scope): string {
  if (scope.kind === 'org') return 'org';
  if (scope.kind === 'model' && scope.stage) return `model:${scope.name}/${scope.stage}`;
  return `${scope.kind}:${scope.name}`;
}

/** Parses a scope as written in config and messages. Throws INVALID with the accepted forms. */
export function parseScope(text: string): Scope {
  const trimmed = text.trim();
  if (trimmed === 'org') return { kind: 'org' };
  const colon = trimmed.indexOf(':');
  const kind = trimmed.slice(0, colon);
  const name = trimmed.slice(colon + 1).trim();
  if (colon > 0 && name) {
    if (kind === 'model') {
      const slash = name.lastIndexOf('/');
      const stage = slash > 0 ? name.slice(slash + 1) : '';
      if (['training', 'inference', 'data', 'other'].includes(stage))
        return { kind, name: name.slice(0, slash), stage };
      return { kind, name };
    }
    const named = NAMED.find((known) => known === kind);
    if (named) return { kind: named, name };
  }
  throw new AppError('INVALID', `"${text}" is not a scope.`, {
    hint: 'Write org, team:NAME, model:NAME, model:NAME/training, service:NAME, provider:NAME, environment:NAME, feature:NAME or experiment:NAME.',
  });
}
