/** Which test files get a process of their own: those that change what a whole process shares. */

/**
 * Files and folders. All other files run one after the other in the same process, with the modules that are loaded
 * there already: those of src keep nothing from one test to the next.
 */
export const APART: readonly string[] = [
  'test/actions/kubernetes/connect.test.ts',
  'test/chat/teams/auth.test.ts',
  'test/cli/',
  'test/fuzz/',
  'test/sources/focus-file/spool.test.ts',
  'test/threads/',
];
