/** Is acting switched on, and could each account under actions.accounts be reached from here? */
import type { ActionAccount, ActionMode } from '../../core/action.ts';
import type { Settings } from '../../core/settings.ts';
import { countOf } from '../../view/format.ts';
import { failed } from './guard.ts';
import { withPatience } from './patience.ts';
import type { ActionsToCheck, DoctorCheck } from './types.ts';

const MODE = { id: 'actions', title: 'Acting' };

const MODE_WORDS: Readonly<Record<ActionMode, string>> = {
  'dry-run': 'dry-run: what would be done is shown, nothing is called',
  approve: 'approve: nothing is called without the approval of somebody else',
  live: 'live: small things that can be undone run at once, the rest after an approval',
};

/** The mode, and in how many places something may be done. */
export function checkMode({ actions: { mode, accounts, schedules } }: Settings): DoctorCheck {
  if (accounts.length > 0)
    return {
      ...MODE,
      status: 'ok',
      detail: `${MODE_WORDS[mode]}; ${countOf(accounts.length, 'entry', 'entries')} under actions.accounts.`,
    };
  if (mode === 'dry-run' && schedules.length === 0)
    return { ...MODE, status: 'ok', detail: 'Off: no account is named under actions.accounts.' };
  const because =
    mode === 'dry-run' ? `there are ${countOf(schedules.length, 'schedule')}` : `the mode is ${mode}`;
  return {
    ...MODE,
    status: 'warn',
    detail: `No account is named under actions.accounts, so every resource is refused, though ${because}.`,
    mend: 'Name the accounts in which something may be stopped; pennywatch permissions actions says what each must be granted.',
  };
}

/** One check per entry: named variables are set, the address is one, there is something to sign in with. */
export function accountChecks(
  { actions: { accounts } }: Settings,
  part: ActionsToCheck,
  patience: number,
): Promise<DoctorCheck>[] {
  const names = accounts.map(nameOf);
  return accounts.map((account, index) => {
    const name = names[index] ?? account.provider;
    const before = names.slice(0, index).filter((one) => one === name).length;
    const number = before === 0 ? '' : ` (${before + 1})`;
    const id = `actions-${name.replace(' ', '-')}${before === 0 ? '' : `-${before + 1}`}`;
    return checkAccount({ id, title: `Acting in ${name}${number}` }, account, { part, patience });
  });
}

/** "aws 123456789012"; "litellm" where a provider has only one. */
function nameOf({ provider, account }: ActionAccount): string {
  return account === '*' ? provider : `${provider} ${account}`;
}

async function checkAccount(
  named: Pick<DoctorCheck, 'id' | 'title'>,
  account: ActionAccount,
  { part, patience }: { readonly part: ActionsToCheck; readonly patience: number },
): Promise<DoctorCheck> {
  const { provider, keyVariable } = account;
  const granted = `What it must be granted: pennywatch permissions actions --provider ${provider}`;
  if (keyVariable !== undefined && part.variable(keyVariable) === undefined)
    return {
      ...named,
      status: 'fail',
      detail: `${keyVariable}, which keyVariable names, is not set.`,
      mend: `Set it for the server and start it again.\n${granted}`,
    };
  try {
    const silent = `It did not answer within ${patience / 1000} seconds.`;
    const said = await withPatience(patience, silent, (signal) => part.reach(account, signal));
    return { ...named, status: 'ok', detail: said };
  } catch (error) {
    const { mend, ...check } = failed(named, error);
    return { ...check, mend: [...(mend ? [mend] : []), granted].join('\n') };
  }
}
