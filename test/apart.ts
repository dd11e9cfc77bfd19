/** Which test files do not share a process with all others: those that change what a whole process shares. */

/**
 * Files and folders that get a process each. All but these and the next run one after the other in the same process,
 * with the modules that are loaded there already: those of src keep nothing from one test to the next.
 */
export const APART: readonly string[] = [
  'test/actions/kubernetes/connect.test.ts',
  'test/chat/teams/auth.test.ts',
  'test/fuzz/',
  'test/sources/focus-file/spool.test.ts',
  'test/threads/',
];

/** Those that share a process with their like: variables, output and exit code are put back after every test. */
export const PUT_BACK: readonly string[] = ['test/cli/'];
