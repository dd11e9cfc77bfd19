/** YAML text → settings, or everything that is wrong with it. */
import type { Settings } from '../core/settings.ts';
import { checkActions } from './actions.ts';
import { checkAnalysis } from './analysis.ts';
import { checkBudgets } from './budgets.ts';
import { buildSettings } from './build.ts';
import { parseYaml, type YamlDocument } from './document.ts';
import { partOf } from './draft.ts';
import { knownNames } from './known.ts';
import { checkModels } from './models.ts';
import { checkTeams } from './people.ts';
import { type Problem, pathText, type Step } from './problem.ts';
import { checkRates } from './rates.ts';
import { checkDimensions, checkRules } from './rules.ts';
import { secretsInLines, secretsInValues } from './secrets-in-file.ts';
import { checkShape, type Finding } from './shape.ts';
import { checkSources } from './sources.ts';
import { checkSplits } from './splits.ts';

export interface InspectedYaml {
  /** Present exactly when there are no problems. */
  readonly settings?: Settings;
  readonly problems: readonly Problem[];
}

/** Checks a document completely: its YAML, its shape, what refers to what, and that it holds no secrets. */
export function inspectYaml(text: string): InspectedYaml {
  const document = parseYaml(text);
  if (document.data === undefined)
    return { problems: inOrder([...secretsInLines(text), ...document.problems]) };

  const shape = checkShape(document.data);
  const secrets = secretsInValues(document.data);
  const told = atLines([...secrets, ...(shape.findings ?? []), ...checkReferences(document)], document);
  const covered = new Set(secrets.map(({ path }) => document.lineOf(path)));
  const elsewhere = secretsInLines(text).filter(({ line }) => !covered.has(line));
  const problems = inOrder([...document.problems, ...told, ...elsewhere]);
  if (problems.length > 0 || !shape.value) return { problems };
  return { settings: buildSettings(shape.value), problems };
}

function checkReferences(document: YamlDocument): Finding[] {
  const root = partOf(document.data);
  const place = (path: readonly Step[]) => `on line ${document.lineOf(path) ?? 1}`;
  return [
    ...checkRates(root, place),
    ...checkDimensions(root, place),
    ...checkTeams(root, place),
    ...checkModels(root, place),
    ...checkBudgets(root, knownNames(root), place),
    ...checkRules(root, place),
    ...checkSplits(root, knownNames(root), place),
    ...checkSources(root, place),
    ...checkAnalysis(root, knownNames(root), place),
    ...checkActions(root, knownNames(root), place),
  ];
}

/** One problem per place, the first: a value of the wrong shape is not told again for what it refers to. */
function atLines(findings: readonly Finding[], document: YamlDocument): Problem[] {
  const told = new Map<string, Problem>();
  for (const { path, message } of findings) {
    const key = pathText(path);
    if (!told.has(key)) told.set(key, { line: document.lineOf(path) ?? 1, path: key, message });
  }
  return [...told.values()];
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
