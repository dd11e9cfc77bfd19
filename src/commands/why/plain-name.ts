/** What a question in plain words asks about: "did the bert model jump so much" → "bert model". */

const BEFORE =
  /^(?:did|does|do|is|are|was|were|has|have|had|the|our|my|cost|costs|bill|spend|spending|of|for|on)\s+/i;
const AFTER =
  /\s+(?:costs?|costing|jump(?:ed|ing)?|go(?:es|ne|ing)? (?:up|down)|went (?:up|down)|up|down|ris(?:e|es|en|ing)|rose|spik(?:e|ed|ing)|increas(?:e|ed|ing)|drop(?:ped|ping)?|fall(?:en|ing)?|fell|gr(?:ow|ew|own|owing)|more|less|so|much|very|expensive|high|higher|low|lower)$/i;

/** Words that ask are taken off both ends; a name is never taken away altogether. "bert model" becomes "model bert". */
export function plainName(words: string): string {
  let name = words.trim();
  for (;;) {
    const shorter = name.replace(BEFORE, '').replace(AFTER, '').trim();
    if (shorter === name || shorter === '')
      return name.replace(/^(.+)\s+(models?|teams?|services?|features?)$/i, '$2 $1');
    name = shorter;
  }
}
