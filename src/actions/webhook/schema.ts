/** What a program behind a webhook answers; see readme.md. */
import * as z from 'zod';

const LONGEST = 500;
const Words = z.string().trim().min(1).max(LONGEST);
const Moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const PlanAnswer = z.object({
  /** Absent: it does not know the resource (any more). */
  state: Words.optional(),
  effect: Words,
  refusal: Words.optional(),
  already: z.boolean().default(false),
  reversible: z.boolean().default(false),
  calls: z.array(Words).max(50).default([]),
  createdAt: Moment.optional(),
  tags: z.record(z.string().max(128), z.string().max(256)).default({}),
  details: z
    .array(z.object({ label: Words, value: Words }))
    .max(20)
    .default([]),
  /** Handed back with run, verify and undo. */
  before: z.record(z.string(), z.json()).default({}),
});
export type PlanAnswer = z.infer<typeof PlanAnswer>;

export const VerifyAnswer = z.object({
  state: Words,
  outcome: z.enum(['reached', 'moving', 'unchanged', 'elsewhere']),
  said: Words.optional(),
});
export type VerifyAnswer = z.infer<typeof VerifyAnswer>;
