import type { Context } from '../functions/ground/platform/context.ts';
import {
  addStep,
  moveStep,
  STEP_LENGTH_MAX,
  stepStates,
} from '../functions/voice/feedback/causes/cause-steps.ts';
import { closeCause, reopenCause } from '../functions/voice/feedback/causes/close-cause.ts';
import {
  convenientFor,
  PROCESS_LENGTH_MAX,
  planCause,
} from '../functions/voice/feedback/causes/plan-cause.ts';
import { TEXT_LENGTH_MAX } from '../functions/voice/feedback/schema.ts';
import { attempt } from './attempt.ts';
import { caseReasons } from './case-forms.ts';
import { oneOf } from './forms.ts';
import type { Speech } from './locale.ts';
import { caseProblem } from './words/feedback.ts';
import { type FieldRule, type FormError, fieldErrors } from './words/field-errors.ts';
import { labelIn } from './words/languages.ts';

/** Does what one of the forms of a cause's page asks for; what is wrong with it, or nothing. */
export async function postToCause(
  ctx: Context,
  { id, fields, speech }: { id: string; fields: ReadonlyMap<string, string>; speech: Speech },
): Promise<FormError[]> {
  const value = (name: string) => fields.get(name) ?? '';
  const form = value('do');
  const done = await attempt(workOf(), caseReasons);
  if (done.ok) return [];
  const { t } = speech;
  if (done.errors.length > 0) return fieldErrors(t, done.errors, rulesOf(speech));
  return [{ field: 'main', text: caseProblem(t, done.reason) }];

  async function workOf(): Promise<unknown> {
    switch (form) {
      case 'plan':
        return planCause(ctx, {
          ...{ id, process: value('process'), owner: value('owner') || null, dueOn: value('due_on') || null },
          convenientFor: oneOf(value('convenient'), convenientFor),
        });
      case 'step':
        return addStep(ctx, { causeId: id, what: value('what') });
      case 'move': {
        const state = oneOf(value('state'), stepStates);
        return state === null ? null : moveStep(ctx, { causeId: id, step: value('step'), state });
      }
      case 'reopen':
        return reopenCause(ctx, { id });
      case 'close':
        return closeCause(ctx, {
          ...{ id, outcome: value('outcome') === 'declined' ? 'declined' : 'changed' },
          text: Object.fromEntries(speech.languages.map((language) => [language, value(language)])),
          isPublic: value('public') === 'yes',
        });
      default:
        return null;
    }
  }
}

/** Each field of the page with what it takes; a cause that is closed needs its words in each language. */
function rulesOf(speech: Speech): Record<string, FieldRule> {
  const { t, languages } = speech;
  const texts = languages.map((language): [string, FieldRule] => {
    const label = labelIn(speech, t.feedback_cause_text(), language);
    return [`text.${language}`, { field: language, label, rule: t.form_rule_text({ max: TEXT_LENGTH_MAX }) }];
  });
  return {
    owner: { field: 'owner', label: t.causes_owner(), rule: t.causes_rule_owner() },
    dueOn: { field: 'due_on', label: t.causes_due_on(), rule: t.form_rule_day() },
    process: {
      field: 'process',
      label: t.causes_process(),
      rule: t.form_rule_length({ max: PROCESS_LENGTH_MAX }),
    },
    what: { field: 'what', label: t.causes_step_what(), rule: t.form_rule_text({ max: STEP_LENGTH_MAX }) },
    ...Object.fromEntries(texts),
  };
}
