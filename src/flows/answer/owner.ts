/** Whose cost it is. */
import type { AnswerOwner } from '../../core/answer.ts';
import { type Subject, subjectScope } from '../../core/question.ts';
import { findOwner } from '../../store/organisation.ts';
import type { Context } from '../context.ts';

/** The owner of a model or team and where that is written, or undefined when nobody owns it. */
export async function answerOwner(context: Context, subject: Subject): Promise<AnswerOwner | undefined> {
  if (subject.kind !== 'model' && subject.kind !== 'team') return undefined;
  const owner = await findOwner(context.store, subjectScope(subject));
  if (!owner) return undefined;
  return { name: owner.name, ...(subject.kind === 'model' && owner.team ? { team: owner.team } : {}) };
}
