/** Runs a check so that nothing it throws stops the others. */
import { AppError, describeError } from '../../core/errors.ts';
import type { DoctorCheck } from './types.ts';

type Named = Pick<DoctorCheck, 'id' | 'title'>;

/** The checks that `work` makes, or one failed check with the error's own words. */
export async function guarded(
  named: Named,
  work: () => Promise<readonly DoctorCheck[]>,
): Promise<readonly DoctorCheck[]> {
  try {
    return await work();
  } catch (error) {
    return [failed(named, error)];
  }
}

/** A failed check from an error: what was wrong, and what it says to do. */
export function failed({ id, title }: Named, error: unknown): DoctorCheck {
  if (error instanceof AppError)
    return { id, title, status: 'fail', detail: error.message, ...(error.hint && { mend: error.hint }) };
  return {
    id,
    title,
    status: 'fail',
    detail: describeError(error)
      .trim()
      .replace(/\s*\n\s*/gu, ' '),
  };
}
