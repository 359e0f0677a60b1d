import { answerIdea, thankForIdea } from '../functions/desk/ideas/answer-idea.ts';
import { ideaStates } from '../functions/desk/ideas/schema.ts';
import { tellIdea } from '../functions/desk/ideas/tell-idea.ts';
import { voteForIdea } from '../functions/desk/ideas/vote-for-idea.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { attempt } from './attempt.ts';
import { oneOf } from './forms.ts';
import type { Messages } from './locale.ts';
import { type FormError, fieldErrors } from './words/field-errors.ts';

type Fields = ReadonlyMap<string, string>;

/** Tells the idea of a form; what is wrong with it, empty when it is told. */
export async function postIdea(ctx: Context, t: Messages, fields: Fields): Promise<FormError[]> {
  const value = (name: string) => fields.get(name) ?? '';
  const told = { title: value('title'), text: value('text'), key: value('key') };
  const done = await attempt(tellIdea(ctx, told), { validation_failed: null });
  if (done.ok) return [];
  return fieldErrors(t, done.errors, {
    title: { field: 'title', label: t.ideas_field_title(), rule: t.ideas_rule_title() },
    text: { field: 'text', label: t.ideas_field_text(), rule: t.ideas_rule_text() },
  });
}

/** Does what one of the forms of an idea's page asks for; what is wrong with it, empty when it is done. */
export async function postToIdea(
  ctx: Context,
  t: Messages,
  { id, fields }: { id: string; fields: Fields },
): Promise<FormError[]> {
  const again = [{ field: 'main', text: t.form_again() }];
  const done = await attempt(workOf(), { not_found: again, forbidden: again, validation_failed: null });
  if (done.ok) return [];
  const isThanks = fields.get('do') === 'thank';
  const label = isThanks ? t.ideas_thank_words() : t.ideas_answer_words();
  const words = { field: isThanks ? 'thanks' : 'words', label, rule: t.ideas_rule_words() };
  return done.reason ?? fieldErrors(t, done.errors, { words });

  function workOf(): Promise<unknown> {
    switch (fields.get('do')) {
      case 'vote':
        return voteForIdea(ctx, { id, isFor: fields.get('for') === 'yes' });
      case 'thank':
        return thankForIdea(ctx, { id, words: fields.get('thanks') ?? '' });
      default: {
        const state = oneOf(fields.get('state') ?? null, ideaStates) ?? 'considered';
        return answerIdea(ctx, { id, state, words: fields.get('words') ?? '' });
      }
    }
  }
}
