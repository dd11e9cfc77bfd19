/** A live source has its name for itself: what is stored under it is replaced by what it delivers. */
import { AppError } from '../../core/errors.ts';
import type { Store } from '../../store/open.ts';
import { otherKindUnder } from '../../store/polled.ts';

/** Throws CONFIG when charges of another kind of source, of files, or usage are stored under the name. */
export async function refuseOtherKind(store: Store, name: string, kind: string): Promise<void> {
  const other = await otherKindUnder(store, name, kind);
  if (other === undefined) return;
  throw new AppError(
    'CONFIG',
    `"${name}" already holds data of another kind (${other}): polling it as ${kind} would replace that. Nothing was asked.`,
    { hint: `Give this source another name in pennywatch.yaml, for example name: ${name}-${kind}` },
  );
}
