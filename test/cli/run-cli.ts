/** The command line in this process: what it prints where, and its exit code. */
import { vi } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';

export interface CliRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The one document on stdout; throws when there is anything else. */
  json(): ReturnType<typeof JSON.parse>;
}

/** Runs `pennywatch ...args` as a shell would, with these variables set. */
export async function runCli(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
  let [stdout, stderr] = ['', ''];
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      stdout += text;
      return true;
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      stderr += text;
      return true;
    }),
  ];
  try {
    await runProgram(['node', 'pennywatch', ...args]);
    const status = Number(process.exitCode ?? 0);
    return { status, stdout, stderr, json: () => JSON.parse(stdout) };
  } finally {
    process.exitCode = undefined;
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}
