/** Writes values as lines of JSON, to a file or to stdout, no faster than they are taken. */
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { AppError, describeError } from '../core/errors.ts';

/** Resolves to how many lines there were. Throws UPSTREAM when the file cannot be written. */
export async function writeLines(values: AsyncIterable<unknown>, file?: string): Promise<number> {
  if (file === undefined) return writeAll(values, toStdout);
  try {
    // Names of people and what they did: for the owner's eyes only.
    const handle = await open(file, 'w', 0o600);
    try {
      return await writeAll(values, async (line) => void (await handle.write(line)));
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('UPSTREAM', `The entries cannot be written to ${file}: ${describeError(cause)}`, {
      hint: 'Name a file in a folder that exists and is writable.',
      cause,
    });
  }
}

async function writeAll(
  values: AsyncIterable<unknown>,
  write: (line: string) => Promise<void>,
): Promise<number> {
  let count = 0;
  for await (const value of values) {
    await write(`${JSON.stringify(value)}\n`);
    count += 1;
  }
  return count;
}

async function toStdout(line: string): Promise<void> {
  if (!process.stdout.write(line)) await once(process.stdout, 'drain');
}
