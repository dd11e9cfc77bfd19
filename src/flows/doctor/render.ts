/** The report as plain text for a terminal. */
import type { CheckStatus, DoctorReport } from './types.ts';

const WIDTH = 'warn'.length;

/** One line per check with aligned status words; what to do about it stands below, after an arrow. */
export function renderDoctor({ checks }: DoctorReport): string {
  const titleWidth = Math.max(0, ...checks.map(({ title }) => plain(title).length));
  const indent = ' '.repeat(WIDTH + 2 + titleWidth + 2);
  const lines = checks.map(({ status, title, detail, mend }) => {
    const head = `${status.padEnd(WIDTH)}  ${plain(title).padEnd(titleWidth)}  ${hang(detail, indent)}`;
    return mend ? `${head}\n${indent}→ ${hang(mend, `${indent}  `)}` : head;
  });
  return [...lines, '', summary(checks.map(({ status }) => status))].join('\n');
}

function summary(statuses: readonly CheckStatus[]): string {
  const failed = statuses.filter((status) => status === 'fail').length;
  const warned = statuses.filter((status) => status === 'warn').length;
  if (failed + warned === 0) return 'All checks are ok.';
  const ok = statuses.length - failed - warned;
  return `${statuses.length} checks: ${ok} ok, ${warned} to look at, ${failed} failed.`;
}

function hang(text: string, indent: string): string {
  return text.split('\n').map(plain).join(`\n${indent}`);
}

/** Names come from bills and files: nothing in them may steer the terminal. */
function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
