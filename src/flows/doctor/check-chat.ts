/** Do the credentials of a chat platform work? */
import { AppError } from '../../core/errors.ts';
import { failed } from './guard.ts';
import type { DoctorCheck, PlatformToCheck } from './types.ts';

/** Asks the platform; one that does not answer in `patience` milliseconds has failed. */
export async function checkPlatform(platform: PlatformToCheck, patience: number): Promise<DoctorCheck> {
  const named = { id: `chat-${platform.id}`, title: platform.title };
  if (!platform.check) return { ...named, status: 'warn', detail: 'Not configured.', mend: platform.setUp };
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silent(platform.title, patience)), patience);
  });
  try {
    const { ok, detail, mend } = await Promise.race([platform.check(), silence]);
    if (ok) return mend ? { ...named, status: 'warn', detail, mend } : { ...named, status: 'ok', detail };
    return { ...named, status: 'fail', detail, mend: mend ?? platform.setUp };
  } catch (error) {
    return { mend: platform.setUp, ...failed(named, error) };
  } finally {
    clearTimeout(timer);
  }
}

function silent(title: string, patience: number): AppError {
  return new AppError('UPSTREAM', `${title} did not answer within ${patience / 1000} seconds.`, {
    hint: 'Check that this machine may reach it (proxy, firewall) and try again.',
  });
}
