/** Are the files that Pennywatch brings along really there? */
import { accessSync, constants, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { TEMPLATES, templateProblems } from '../report/load-templates.ts';
import type { DoctorCheck } from './types.ts';

const FONTS = [
  '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
];

/** `configPath` is the configuration file, beside which an organisation may have templates of its own. */
export function checkTemplates(folder: string = TEMPLATES, configPath?: string): DoctorCheck {
  const named = { id: 'templates', title: 'Templates' };
  try {
    const count = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ).length;
    const problems = templateProblems(configPath, folder);
    if (problems.length > 0)
      return {
        ...named,
        status: 'warn',
        detail: `The built-in words are used instead of ${problems
          .map(({ file, line, message }) => `${file}:${line} – ${message}`)
          .join('; ')}.`,
        mend: 'Mend or remove these files; templates/messages of the program shows how they are meant.',
      };
    if (count > 0)
      return {
        ...named,
        status: 'ok',
        detail: `${count} template ${count === 1 ? 'file' : 'files'} in ${folder}.`,
      };
    return {
      ...named,
      status: 'fail',
      detail: `${folder} is empty.`,
      mend: 'Install Pennywatch again, templates/ included.',
    };
  } catch (error) {
    const mend =
      'Install Pennywatch again, templates/ included, and make it readable for the user it runs as.';
    return { ...named, status: 'fail', detail: `${folder} cannot be read (${codeOf(error)}).`, mend };
  }
}

export function checkFonts(fonts: readonly string[] = FONTS): DoctorCheck {
  const named = { id: 'fonts', title: 'Chart fonts' };
  const { resolve } = createRequire(import.meta.url);
  const missing = fonts.flatMap((font) => {
    try {
      accessSync(resolve(font), constants.R_OK);
      return [];
    } catch (error) {
      return [`${font} (${codeOf(error)})`];
    }
  });
  if (missing.length === 0) return { ...named, status: 'ok', detail: 'The fonts of the charts can be read.' };
  return {
    ...named,
    status: 'fail',
    detail: `Missing: ${missing.join(', ')}. Charts cannot be drawn.`,
    mend: 'Run npm ci again.',
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
