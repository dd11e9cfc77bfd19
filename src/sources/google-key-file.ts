/** The key file of a Google service account, looked at before Google's library does. */
import { readFile } from 'node:fs/promises';
import { AppError } from '../core/errors.ts';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  EISDIR: 'it is a folder',
};

/**
 * Throws CONFIG when the file that GOOGLE_APPLICATION_CREDENTIALS names holds no credentials. Google's library takes
 * what is no JSON for a key of another kind, and fails without a word about the file. The path is not said: what is in
 * the environment stays there.
 */
export async function checkKeyFile(path: string): Promise<void> {
  let problem = 'it is not the JSON of a key';
  try {
    const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof parsed === 'object' && parsed !== null && 'type' in parsed) return;
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      problem = WORDS[code] ?? 'it cannot be read';
    }
  }
  throw new AppError(
    'CONFIG',
    `The file that GOOGLE_APPLICATION_CREDENTIALS names cannot be used: ${problem}.`,
    { hint: 'Check the path in that variable: the file must exist here, also inside a container.' },
  );
}
