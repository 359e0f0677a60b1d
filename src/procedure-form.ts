import { standardChannels, standardKinds } from '../db/kinds.ts';
import type { ProcedureAbout } from '../functions/care/standards/procedures/get-progress.ts';
import type { Procedure } from '../functions/care/standards/procedures/list-procedures.ts';
import { tickStep } from '../functions/care/standards/procedures/tick-step.ts';
import { type SetProcedureInput, STEPS_MAX, stepWho } from '../functions/care/standards/schema.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import type { FieldError } from '../functions/ground/platform/errors.ts';
import { apologySteps } from '../functions/voice/feedback/case-state.ts';
import { attempt } from './attempt.ts';
import { oneOf } from './forms.ts';
import type { Messages } from './locale.ts';
import { type FormError, fieldErrors } from './words/field-errors.ts';

/** A step as it stands in the form. */
export interface StepTyped {
  what: string;
  who: string;
  proof: string;
}

/** What a form about a procedure holds. */
export interface ProcedureTyped {
  kind: string;
  channel: string;
  name: string;
  steps: readonly StepTyped[];
}

/** The steps that say something, by the places that were given them. */
export function typedProcedure(fields: ReadonlyMap<string, string>): ProcedureTyped {
  const value = (name: string) => fields.get(name) ?? '';
  const steps = Array.from({ length: STEPS_MAX }, (_, index) => {
    const n = index + 1;
    const typed = value(`place-${n}`);
    const said = /^\d{1,2}$/.test(typed) ? Number(typed) : n;
    // Whose place is taken makes way: below who came up, above who went down.
    const place = said + Math.sign(said - n) / 2;
    return { what: value(`what-${n}`), who: value(`who-${n}`), proof: value(`proof-${n}`), place };
  });
  const said = steps.filter(({ what }) => what !== '').toSorted((a, b) => a.place - b.place);
  return {
    ...{ kind: value('kind'), channel: value('channel'), name: value('name') },
    steps: said.map(({ place: _place, ...step }) => step),
  };
}

/** The form of a procedure as it is kept. */
export const keptProcedure = ({ kind, channel, name, steps }: Procedure): ProcedureTyped => ({
  ...{ kind, channel: channel ?? '', name },
  steps: steps.map(({ what, who, proof }) => ({ what, who, proof: proof ?? '' })),
});

/** What we suggest for a kind, as the form of a new procedure. */
export function suggestedProcedure(t: Messages, kind: string): ProcedureTyped {
  const step = (what: string, proof = ''): StepTyped => ({ what, who: 'anyone', proof });
  const making = [
    step(t.std_ours_complaint_listen(), 'listen'),
    step(t.std_ours_complaint_facts(), 'facts'),
    step(t.std_ours_complaint_agree(), 'agree'),
    step(t.std_ours_complaint_act(), 'act'),
    step(t.std_ours_complaint_call()),
    step(t.std_ours_complaint_confirm(), 'confirm'),
  ];
  switch (kind) {
    case 'contact':
      return {
        ...{ kind, channel: 'phone', name: t.std_ours_contact_name() },
        steps: [
          step(t.std_ours_contact_greet()),
          step(t.std_ours_contact_listen()),
          step(t.std_ours_contact_promise()),
          step(t.std_ours_contact_write()),
        ],
      };
    case 'idea':
      return {
        ...{ kind, channel: '', name: t.std_ours_idea_name() },
        steps: [step(t.std_ours_idea_thank(), 'agree'), step(t.std_ours_idea_tell(), 'confirm')],
      };
    case 'problem':
      return { kind, channel: '', name: t.std_ours_problem_name(), steps: making };
    default:
      return { kind: 'complaint', channel: '', name: t.std_ours_complaint_name(), steps: making };
  }
}

export function procedureInputOf({ kind, channel, name, steps }: ProcedureTyped): SetProcedureInput {
  return {
    kind: oneOf(kind, standardKinds) ?? 'complaint',
    channel: oneOf(channel, standardChannels),
    name,
    steps: steps.map(({ what, who, proof }) => ({
      what,
      who: oneOf(who, stepWho) ?? 'anyone',
      proof: oneOf(proof, apologySteps),
    })),
  };
}

/** What is wrong, at its field. */
export function procedureErrors(t: Messages, errors: readonly FieldError[]): FormError[] {
  const steps = t.std_procedure_step({ n: 1 });
  const byCode = { no_proof: t.std_rule_proof() };
  return fieldErrors(t, errors, {
    name: { field: 'name', label: t.std_procedure_name(), rule: t.std_rule_name() },
    channel: { field: 'channel', label: t.std_channel(), rule: t.std_rule_channel() },
    steps: { field: 'what-1', label: steps, rule: t.std_rule_steps(), byCode },
  });
}

/** Ticks a step of the procedure for a case or a contact, or takes that back; what is wrong with that. */
export async function postTick(
  ctx: Context,
  t: Messages,
  { fields, ...subject }: ProcedureAbout & { fields: ReadonlyMap<string, string> },
): Promise<FormError[]> {
  const tick = { stepId: fields.get('step') ?? '', isDone: fields.get('done') === 'yes' };
  const refused = [{ field: 'procedure', text: t.std_tick_refused() }];
  const done = await attempt(tickStep(ctx, { ...subject, ...tick }), {
    not_found: refused,
    forbidden: refused,
  });
  return done.ok ? [] : done.reason;
}
