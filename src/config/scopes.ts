/** Checks scopes: that they parse, and name something there is. */
import { AppError } from '../core/errors.ts';
import { parseScope, type Scope } from '../core/scope.ts';
import { closest, fold } from './closest.ts';
import { ENVIRONMENTS, STAGES } from './default-dimensions.ts';
import type { Part, Said } from './draft.ts';
import type { Known } from './known.ts';
import { mismatch } from './problem.ts';
import type { Finding } from './shape.ts';

/** Whether the scope that a part names parses, and names something there is; an API key only where `keys` may be. */
export function checkScope(part: Part, known: Known, keys = false): Finding[] {
  const said = part.said('scope');
  if (!said) return [];
  const scope = tryScope(said.text);
  if (scope instanceof AppError) return [{ path: said.path, message: mismatch(said.text, accepted(scope)) }];
  const unknown = checkNames(scope, said, { known, keys });
  return unknown ? [unknown] : [];
}

function checkNames(
  scope: Scope,
  said: Said,
  { known, keys }: { known: Known; keys: boolean },
): Finding | undefined {
  switch (scope.kind) {
    case 'team':
      if (known.teams.has(fold(scope.name))) return undefined;
      return unknownName(said, 'a team in teams', prefixed('team', closest(scope.name, names(known.teams))));
    case 'model':
      if (known.models.has(fold(scope.name))) return undefined;
      return unknownName(said, 'a model in models', prefixed('model', closestModel(scope, known)));
    case 'environment':
      if (ENVIRONMENTS.some((name) => name === scope.name)) return undefined;
      return unknownName(
        said,
        `environment:${ENVIRONMENTS.join(', environment:')}`,
        prefixed('environment', closest(scope.name, ENVIRONMENTS)),
      );
    case 'key':
      if (keys) return undefined;
      return {
        path: said.path,
        message: mismatch(said.text, 'a scope that has cost: of a key only usage is known'),
      };
    // Bills decide which services, providers, features and experiments there are.
    case 'org':
    case 'service':
    case 'provider':
    case 'feature':
    case 'experiment':
      return undefined;
  }
}

function unknownName(said: Said, expected: string, meant: string | undefined): Finding {
  return { path: said.path, message: mismatch(said.text, expected, meant) };
}

function closestModel(
  scope: { readonly name: string; readonly stage?: string },
  known: Known,
): string | undefined {
  const models = names(known.models);
  const model = closest(scope.name, models);
  if (scope.stage) return model && `${model}/${scope.stage}`;
  // "bert/trainning" reads as a model's name; the stage is what was misspelt.
  const slash = scope.name.lastIndexOf('/');
  if (slash < 1) return model;
  const owner =
    known.models.get(fold(scope.name.slice(0, slash))) ?? closest(scope.name.slice(0, slash), models);
  const stage = closest(scope.name.slice(slash + 1), STAGES);
  return owner && stage ? `${owner}/${stage}` : model;
}

function names(known: ReadonlyMap<string, string>): string[] {
  return [...new Set(known.values())];
}

function prefixed(kind: string, name: string | undefined): string | undefined {
  return name && `${kind}:${name}`;
}

/** The accepted forms, from the error's own advice. */
function accepted(error: AppError): string {
  return error.hint?.replace(/^Write /u, '').replace(/\.$/u, '') ?? 'a scope';
}

/** The scope, or what is wrong with it. */
export function tryScope(text: string): Scope | AppError {
  try {
    return parseScope(text);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
