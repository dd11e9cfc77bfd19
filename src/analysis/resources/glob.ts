/** Globs with * (any text) and ? (one character), in time proportional to text × pattern whatever they hold. */

/** Whether the whole text matches; upper and lower case differ. */
export function matchesGlob(text: string, glob: string): boolean {
  let at = 0;
  let part = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const wanted = glob[part];
    if (wanted === '*') {
      star = part;
      part += 1;
      resume = at;
    } else if (wanted !== undefined && (wanted === '?' || wanted === text[at])) {
      at += 1;
      part += 1;
    } else if (star >= 0) {
      // The last star takes one character more.
      resume += 1;
      at = resume;
      part = star + 1;
    } else return false;
  }
  while (glob[part] === '*') part += 1;
  return part === glob.length;
}
