/** How the keys of a breakdown are called in an answer. */
import type { Breakdown } from '../../core/dimension.ts';
import { accountNames } from '../../store/names.ts';
import { shortResource } from '../../view/format.ts';
import type { Context } from '../context.ts';

export type Label = (key: string | null) => string;

const UNCLAIMED: Readonly<Partial<Record<Breakdown, string>>> = {
  region: '(no region)',
  account: '(no account)',
  resource: '(no resource named)',
};

/** Words for the keys of a breakdown: titles of teams and models, names of accounts, "unallocated" for none. */
export async function createLabel(context: Context, by: Breakdown): Promise<Label> {
  const titles = by === 'account' ? await accountNames(context.store) : new Map<string, string>();
  return (key) => {
    if (key === null) return UNCLAIMED[by] ?? 'unallocated';
    return by === 'resource' ? shortResource(key) : (titles.get(key) ?? key);
  };
}
