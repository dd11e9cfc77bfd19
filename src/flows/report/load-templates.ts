/** Reads the templates of the messages from disk: the program's own, and an admin's beside pennywatch.yaml. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeError } from '../../core/errors.ts';
import { SENTENCE_NAMES, type SentenceName } from '../../view/templates/built-in.ts';
import { createSentences, isProblem, parseSentence, type Sentences } from '../../view/templates/sentence.ts';

/** Where the program's own templates are. */
export const TEMPLATES = fileURLToPath(new URL('../../../templates', import.meta.url));
const MESSAGES = 'messages';
const ENDING = '.liquid';

export interface TemplateFileProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** The templates folder of an organisation: beside its configuration file. */
export function templatesBeside(configPath: string): string {
  return join(dirname(configPath), 'templates');
}

/**
 * The sentences of all messages. Files beside `configPath` come before the program's own; a file that cannot be
 * read or is broken is passed over (`doctor` names it) and the built-in words are used.
 */
export function loadSentences(configPath?: string, packaged: string = TEMPLATES): Sentences {
  const texts = new Map<SentenceName, string>();
  for (const folder of foldersOf(configPath, packaged))
    for (const { name, text } of readTemplates(folder)) if (name && text !== undefined) texts.set(name, text);
  return createSentences(texts);
}

/** Everything wrong with the templates, file by file. */
export function templateProblems(configPath?: string, packaged: string = TEMPLATES): TemplateFileProblem[] {
  return foldersOf(configPath, packaged).flatMap((folder) =>
    readTemplates(folder).flatMap(({ file, name, text, error }) => {
      if (error) return [{ file, line: 1, message: `it cannot be read (${error})` }];
      if (!name)
        return [
          {
            file,
            line: 1,
            message: `no message is called this, so it is not used; there are ${SENTENCE_NAMES.join(', ')}`,
          },
        ];
      const parsed = parseSentence(name, text ?? '');
      return isProblem(parsed) ? [{ file, ...parsed }] : [];
    }),
  );
}

/** The program's own first, so that the organisation's win. */
function foldersOf(configPath: string | undefined, packaged: string): string[] {
  const own = configPath === undefined ? [] : [join(templatesBeside(configPath), MESSAGES)];
  return [...new Set([join(packaged, MESSAGES), ...own])].filter((folder) => existsSync(folder));
}

interface TemplateFile {
  readonly file: string;
  /** Absent for a file that is no message's. */
  readonly name?: SentenceName;
  readonly text?: string;
  readonly error?: string;
}

function readTemplates(folder: string): TemplateFile[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith(ENDING))
      .sort()
      .map((base) => readTemplate(folder, base));
  } catch (error) {
    return [{ file: folder, error: describeError(error) }];
  }
}

function readTemplate(folder: string, base: string): TemplateFile {
  const file = join(folder, base);
  const name = SENTENCE_NAMES.find((known) => `${known}${ENDING}` === base);
  try {
    return { file, ...(name && { name }), text: readFileSync(file, 'utf8') };
  } catch (error) {
    return { file, ...(name && { name }), error: describeError(error) };
  }
}
