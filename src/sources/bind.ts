/** Makes a source with typed settings one that takes them as they are written, so that all of them have one type. */
import { AppError } from '../core/errors.ts';
import type { AnySource, BillingSource } from './types.ts';

/** The same source; each method checks the settings first and throws CONFIG when they are wrong. */
export function bind<Settings>(source: BillingSource<Settings>): AnySource {
  const parse = (written: unknown): Settings => {
    const parsed = source.settings.safeParse(written ?? {});
    if (parsed.success) return parsed.data;
    const wrong = parsed.error.issues.map(
      ({ path, message }) => `${path.length > 0 ? `${path.join('.')}: ` : ''}expected ${message}`,
    );
    throw new AppError('CONFIG', `The settings of ${source.id} are not complete: ${wrong.join('; ')}.`, {
      hint: `Write under sources: in pennywatch.yaml, for example\n${source.about.example}`,
    });
  };
  return {
    id: source.id,
    about: source.about,
    settings: source.settings,
    permissions: (settings) => source.permissions(source.settings.safeParse(settings ?? {}).data),
    check: async (settings, access) => source.check(parse(settings), access),
    fetch: (settings, request) => source.fetch(parse(settings), request),
  };
}
