/** What people give as a reason in dialogs, as a command says it. */

/** Longer ones do not fit a command. */
const LONGEST = 200;

/** One word of a command, whatever is in it; empty without a reason. */
export function quotedReason(reason: string | undefined): string {
  const said = (reason ?? '').replace(/["“”]/g, "'").replace(/\s+/g, ' ').trim().slice(0, LONGEST);
  return said && `"${said}"`;
}
