/** Sentences from templates: LiquidJS over opaque slots, with the built-in words behind every one. */
import { Liquid, type Template } from 'liquidjs';
import type { Span } from '../elements.ts';
import { SENTENCE_NAMES, SENTENCES, type SentenceName, type SlotName } from './built-in.ts';
import { toSpans, withoutSlotMarks } from './markup.ts';
import { fillSlots, type SlotValue } from './slot.ts';

type Slots<N extends SentenceName> = { readonly [S in SlotName<N>]?: SlotValue };

/** A template that parsed and knows only slots it will be given. */
export interface Sentence {
  render(slots: Readonly<Record<string, SlotValue>>): Span[];
}

export interface TemplateProblem {
  /** 1 is the first; of the text that was given. */
  readonly line: number;
  readonly message: string;
}

/** Every sentence by name. */
export type Sentences = { readonly [N in SentenceName]: Sentence };

/**
 * Longest template, and what rendering one may take: milliseconds and characters of memory. A sentence takes far
 * less than one; the time only ends loops, and must not be met because the machine is busy.
 */
const LIMITS = { parseLimit: 10_000, renderLimit: 5_000, memoryLimit: 1_000_000 };

/** Parses a template's text for a sentence: the sentence, or what is wrong with it and where. */
export function parseSentence(name: SentenceName, text: string): Sentence | TemplateProblem {
  return parseWith(createEngine(LIMITS), name, text);
}

function parseWith(engine: Liquid, name: SentenceName, text: string): Sentence | TemplateProblem {
  const slots: readonly string[] = SENTENCES[name].slots;
  try {
    const parsed = engine.parse(withoutSlotMarks(text));
    for (const [variable, places] of Object.entries(engine.analyzeSync(parsed, { partials: false }).globals))
      if (!slots.includes(variable))
        return {
          line: places[0]?.location.row ?? 1,
          message: `there is no value "${variable}" here; there are ${slots.join(', ')}`,
        };
    const sentence = sentenceOf(engine, parsed, slots);
    // A trial: what only fails while rendering, such as a part that is not there, fails here and is reported.
    sentence.render(Object.fromEntries(slots.map((slot) => [slot, slot])));
    return sentence;
  } catch (error) {
    return problemOf(error);
  }
}

function sentenceOf(engine: Liquid, parsed: Template[], slots: readonly string[]): Sentence {
  return {
    render(given) {
      const { scope, values } = fillSlots(slots, given);
      return toSpans(String(engine.renderSync(parsed, scope)), values);
    },
  };
}

/** No folders and no other templates: a template cannot read files. */
function createEngine(limits: Partial<typeof LIMITS>): Liquid {
  return new Liquid({
    templates: {},
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    ...limits,
  });
}

export function isProblem(parsed: Sentence | TemplateProblem): parsed is TemplateProblem {
  return 'message' in parsed;
}

/** All sentences: the given ones where they parse, the built-in ones elsewhere. */
export function createSentences(texts: ReadonlyMap<SentenceName, string> = new Map()): Sentences {
  // Our own words end by themselves, however slow the machine: they have no limits to meet.
  const [ours, theirs] = [createEngine({}), createEngine(LIMITS)];
  const builtIn = (name: SentenceName): Sentence => {
    const { text, slots } = SENTENCES[name];
    return sentenceOf(ours, ours.parse(text), slots);
  };
  const entries = SENTENCE_NAMES.map((name): [SentenceName, Sentence] => {
    const text = texts.get(name);
    const own = text === undefined ? undefined : parseWith(theirs, name, text);
    return [
      name,
      own === undefined || isProblem(own) ? builtIn(name) : withFallback(own, () => builtIn(name)),
    ];
  });
  return Object.fromEntries(entries) as Record<SentenceName, Sentence>;
}

/** One sentence with its values. Empty when its template says nothing. */
export function say<N extends SentenceName>(sentences: Sentences, name: N, slots: Slots<N>): Span[] {
  return sentences[name].render(slots);
}

/** Rendering may still fail, by a filter that is given the wrong thing: then the built-in words are used. */
function withFallback(own: Sentence, builtIn: () => Sentence): Sentence {
  return {
    render(slots) {
      try {
        return own.render(slots);
      } catch {
        // Whatever an organisation's own words do, the report goes out.
        return builtIn().render(slots);
      }
    },
  };
}

function problemOf(error: unknown): TemplateProblem {
  const message = error instanceof Error ? error.message : String(error);
  const line = /line:(\d+)/.exec(message)?.[1];
  return { line: Number(line ?? 1), message: message.replace(/, line:\d+, col:\d+.*$/s, '') };
}
