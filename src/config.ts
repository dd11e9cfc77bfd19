/** pennywatch.yaml and the environment → settings. The only reader of process.env. */
import { type Environment, readEnvironment } from './config/environment.ts';
import { inspectYaml } from './config/inspect-yaml.ts';
import { renderProblem } from './config/problem.ts';
import { readConfigFile } from './config/read-file.ts';
import { AppError } from './core/errors.ts';
import type { Settings } from './core/settings.ts';

export { describeEnvironment, type Environment, type SlackEnvironment } from './config/environment.ts';
export {
  environmentReference,
  type SettingReference,
  schemaReference,
  settingsReference,
} from './config/reference.ts';
export { defaultSource } from './config/sources.ts';
export { redact } from './core/secret.ts';

export interface ConfigOptions {
  /** Configuration file; absent for ./pennywatch.yaml if it exists. */
  readonly file?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Folder that relative paths start from. */
  readonly cwd?: string;
}

export interface LoadedConfig {
  readonly settings: Settings;
  readonly environment: Environment;
  /** The file that was read; undefined when there is none and the defaults hold. */
  readonly path: string | undefined;
}

export interface InspectedConfig {
  /** Absent when pennywatch.yaml has mistakes. */
  readonly settings?: Settings;
  /** Defaults stand in for variables that are wrong. */
  readonly environment: Environment;
  readonly path: string | undefined;
  /** All mistakes in one error; absent when there are none. */
  readonly error?: AppError;
}

// Its advice to upgrade Node is for developers, not for everybody who polls a source.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** A variable of the environment by name, for sources: keys and addresses. Undefined when it is not set or empty. */
export function readVariable(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  return env[name]?.trim() || undefined;
}

/** The configuration. Throws one CONFIG error that lists every mistake in the file and the environment. */
export function loadConfig(options: ConfigOptions = {}): LoadedConfig {
  const { settings, environment, path, error } = inspectConfig(options);
  if (error) throw error;
  if (!settings) throw new AppError('INTERNAL', 'The configuration has no mistakes and no settings.');
  return { settings, environment, path };
}

/** Like loadConfig, but gives what is usable beside the error: for doctor. */
export function inspectConfig({
  file,
  env = process.env,
  cwd = process.cwd(),
}: ConfigOptions = {}): InspectedConfig {
  const { environment, problems: wrongVariables } = readEnvironment(env);
  const { shown, path, text, problems: unreadable } = readConfigFile(file, cwd);
  const yaml = unreadable.length > 0 ? { problems: [] } : inspectYaml(text ?? '');
  const lines = [
    ...[...unreadable, ...yaml.problems].map((problem) => renderProblem(shown, problem)),
    ...wrongVariables.map((problem) => renderProblem('environment', problem)),
  ];
  const settings = 'settings' in yaml ? yaml.settings : undefined;
  return {
    ...(settings && { settings }),
    environment,
    path,
    ...(lines.length > 0 && { error: toError(lines) }),
  };
}

/** Nobody reads more than this at once; the rest is counted. */
const SHOWN = 50;

function toError(lines: readonly string[]): AppError {
  const count = lines.length === 1 ? 'a mistake' : `${lines.length} mistakes`;
  const more = lines.length > SHOWN ? [`and ${lines.length - SHOWN} more`] : [];
  const list = [...lines.slice(0, SHOWN), ...more].map((line) => `  ${line}`);
  return new AppError('CONFIG', `The configuration has ${count}:\n${list.join('\n')}`, {
    hint: 'Nothing was started. Mend these and try again; pennywatch.example.yaml shows every key.',
  });
}
