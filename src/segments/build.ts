import type { Context } from '../../functions/ground/platform/context.ts';
import { countSegment } from '../../functions/insight/segments/count-segment.ts';
import { findAccountName } from '../../functions/insight/segments/find-account-name.ts';
import { setAndAsk } from '../../functions/insight/segments/set-and-ask.ts';
import { attempt } from '../attempt.ts';
import type { Messages } from '../locale.ts';
import type { FormError } from '../words/field-errors.ts';
import { segmentProblem } from '../words/segment-errors.ts';
import {
  afterPress,
  blankRule,
  type DraftGroup,
  type Known,
  readDraftGroup,
  ruleAt,
  toDefinition,
} from './draft.ts';

/** What the builder shows: the tree as it was typed, who fits it, and what is wrong with it. */
export interface Built {
  draft: DraftGroup;
  id: string;
  name: string;
  /** Null while a rule is not whole. */
  fits: { accounts: number; examples: { accountId: string; name: string }[] } | null;
  errors: FormError[];
  /** The id of what was saved. */
  saved: string | null;
}

interface Building {
  ctx: Context;
  t: Messages;
  known: Known;
  form: ReadonlyMap<string, string> | null;
  /** What is there before anything was typed; `id` is null for a new one. */
  before: { id: string | null; name: string; draft: DraftGroup };
}

export const emptyDraft: DraftGroup = { how: 'and', nodes: [blankRule] };

const EXAMPLES = 3;

/** Reads the form of the builder, does what was pressed, and asks who fits. */
export async function buildSegment({ ctx, t, known, form, before }: Building): Promise<Built> {
  const pressed = form?.get('do') ?? 'show';
  const draft = form === null ? before.draft : afterPress(readDraftGroup(form), pressed);
  const id = before.id ?? form?.get('id') ?? '';
  const name = form?.get('name') ?? before.name;
  const definition = toDefinition(draft, known);
  const built = { draft, id, name, saved: null };
  if (pressed === 'save') {
    const done = await attempt(setAndAsk(ctx, { id, name, definition }), { validation_failed: null });
    if (done.ok) return { ...built, fits: null, errors: [], saved: id };
    return {
      ...built,
      fits: null,
      errors: done.errors.map((error) => toFormError(error, { t, draft, known })),
    };
  }
  return { ...built, fits: await whoFits(ctx, definition), errors: [] };
}

async function whoFits(ctx: Context, definition: unknown): Promise<Built['fits']> {
  const counted = await attempt(countSegment(ctx, { definition, examples: EXAMPLES }), {
    validation_failed: null,
  });
  if (!counted.ok) return null;
  const { accounts, examples } = counted.output;
  const named = examples.map(async (accountId) => ({
    accountId,
    name: (await findAccountName(ctx, { accountId })) ?? '',
  }));
  return { accounts, examples: await Promise.all(named) };
}

/** A refusal at the place in the form that it is about. */
function toFormError(
  { path, code }: { path: string; code: string },
  { t, draft, known }: { t: Messages; draft: DraftGroup; known: Known },
): FormError {
  if (path === 'id') {
    if (code === 'too_many') return { field: 'id', text: t.segments_form_too_many() };
    return {
      field: 'id',
      text: t.form_rule({ field: t.segments_form_id(), rule: t.segments_form_id_rule() }),
    };
  }
  if (path === 'name')
    return {
      field: 'name',
      text: t.form_rule({ field: t.segments_form_name(), rule: t.segments_form_name_rule() }),
    };
  const [, rules = '', field = ''] = /^definition\.((?:rules\.\d+\.?)*)(\w*)/.exec(path) ?? [];
  const places = [...rules.matchAll(/\d+/g)].map(([place]) => place);
  const at = places.join('.');
  const own = field === 'operator' || field === 'field' ? field : 'value';
  const part = at === '' ? 'how' : field === 'within' ? 'days' : own;
  const kind = known.fields.get(ruleAt(draft, places.map(Number))?.field ?? '')?.kind;
  const problem = segmentProblem(t, { path, code }, kind);
  return { field: `${part}_${at}`, text: t.segments_rule_wrong({ problem }) };
}
