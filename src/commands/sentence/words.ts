/** Splits a sentence into words: lower case, without the punctuation around them; quoted words are names. */

export interface Word {
  /** As written, for quoting it back. */
  readonly text: string;
  /** Lower case, straight apostrophes, no punctuation around it. */
  readonly word: string;
  readonly quoted: boolean;
  /** Which of the text's sentences it is in, counted from 0. */
  readonly sentence: number;
}

/** A dot after these ends no sentence. */
const ABBREVIATION =
  /^(?:\d{1,2}(?:\.\d{1,2})?|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thu(?:rs)?|fri|sat|sun|vs|approx)$/;
const OPENING = /^[\s([{<*_~`'‘,;:!?¿¡]+/u;
const CLOSING = /[\s)\]}>*_~`'’,;:!?.…]+$/u;

/** The words of a text; emoji and lone punctuation are left out. */
export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  let sentence = 0;
  const plain = text.normalize('NFKC').replace(/:[a-z0-9_+-]{2,}:/g, ' ');
  for (const match of plain.matchAll(/"([^"\n]*)"|“([^”\n]*)”|(\n)|([^\s"“”]+)/gu)) {
    const quoted = match[1] ?? match[2];
    if (match[3]) sentence++;
    else if (quoted !== undefined) {
      if (quoted.trim()) words.push({ text: quoted.trim(), word: lower(quoted), quoted: true, sentence });
    } else
      for (const part of (match[4] ?? '').split(/(?<=[,;])(?=\D)/u)) {
        const word = trimmed(part);
        if (word) words.push({ text: word.text, word: word.word, quoted: false, sentence });
        if (/[?!;…]\W*$/u.test(part) || (/\.\W*$/u.test(part) && !ABBREVIATION.test(word?.word ?? '')))
          sentence++;
      }
  }
  return words;
}

/** A name or a part of a sentence without what does not matter: case, spaces, punctuation; "&" is "and". */
export function foldName(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase().replace(/&/g, 'and');
  return folded.replace(/[^\p{L}\p{N}]+/gu, '') || folded.replace(/\s+/g, '');
}

/** "bert's" and "models'" without the possessive. */
export function withoutPossessive(word: string): string {
  return word.replace(/'s?$/, '');
}

function trimmed(part: string): { text: string; word: string } | undefined {
  const text = part.replace(OPENING, '').replace(CLOSING, '');
  if (!text || /^(?:\p{Extended_Pictographic}|\u200d|\ufe0f)+$/u.test(text)) return undefined;
  // An "s" and its apostrophe ("models'") belong together; the apostrophe went with the punctuation.
  return { text, word: lower(text) };
}

function lower(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/\s+/g, ' ');
}
