/** Glob matching with * and ?, in time proportional to text × pattern at worst: no pattern can hang it. */

/** Whether `pattern` (with * = any run, ? = any one character) covers the whole `text`, regardless of case. */
export function matchesGlob(pattern: string, text: string): boolean {
  const p = pattern.toLowerCase();
  const t = text.toLowerCase();
  let pi = 0;
  let ti = 0;
  let star = -1;
  let retry = 0;
  while (ti < t.length) {
    if (p[pi] === '*') {
      star = pi++;
      retry = ti;
    } else if (pi < p.length && (p[pi] === '?' || p[pi] === t[ti])) {
      pi++;
      ti++;
    } else if (star >= 0) {
      pi = star + 1;
      ti = ++retry;
    } else return false;
  }
  while (p[pi] === '*') pi++;
  return pi === p.length;
}
