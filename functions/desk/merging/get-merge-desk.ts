import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { mayReadPrivate } from '../../ground/platform/personal.ts';
import { searchedText } from '../../ground/platform/search-words.ts';
import { findCustomers } from '../console/find-customers.ts';
import type { FoundCustomer } from '../console/types.ts';
import { previewMerge } from './merge-customers.ts';
import type { MergePreview } from './preview.ts';
import { previewUndo, type UndoPreview } from './preview-undo.ts';
import { findPerson, listMergesOf, type MergedPerson } from './queries.ts';
import { allowMerging, UNDO_MS } from './terms.ts';

/** A merge of a customer, told to staff. */
export interface PastMerge {
  id: string;
  name: string | null;
  email: string | null;
  at: number;
  undoneAt: number | null;
  undoableUntil: number;
  /** This customer survived it, it stands, and its time is not over. */
  isUndoable: boolean;
}

/** What staff see before they make two customers one. */
export interface MergeDesk {
  name: string | null;
  email: string | null;
  merges: PastMerge[];
  /** What was found by the text; null while nothing is looked for. */
  found: FoundCustomer[] | null;
  /** Who has the same name or phone. */
  likely: (FoundCustomer & { why: 'phone' | 'name' })[];
  /** Of one that was chosen. */
  preview: MergePreview | null;
  /** Of a merge that is to be undone. */
  undo: UndoPreview | null;
  formKey: string;
}

const FOUND_MAX = 10;
const LIKELY_MAX = 5;

/**
 * A customer with whom another one is to be merged: who it might be, what merging the chosen one would change, or what undoing
 * a merge would.
 * @throws {AppError} `not_found`, as the merge for one that cannot be merged, as the undoing for one that cannot be undone
 */
export async function getMergeDesk(
  ctx: Context,
  asked: { customerId: string; text: string; mergedId: string | null; undoId: string | null },
): Promise<MergeDesk> {
  allowMerging(ctx);
  const [person] = await findPerson(ctx.db, { id: asked.customerId });
  if (person === undefined || person.withdrawnAt !== null)
    throw new AppError('not_found', 'There is no such customer.');
  const text = searchedText(asked.text);
  const isOther = ({ id }: FoundCustomer) => id !== person.id;
  const [merges, found, likely, preview, undo] = await Promise.all([
    listMergesOf(ctx.db, { id: person.id }),
    text === ''
      ? null
      : findCustomers(ctx.db, { text, limit: FOUND_MAX, isPrivate: mayReadPrivate(ctx.actor) }),
    asked.mergedId === null && asked.undoId === null ? findLikely(ctx, person) : [],
    asked.mergedId === null ? null : previewMerge(ctx, { survivor: person.id, merged: asked.mergedId }),
    asked.undoId === null ? null : previewUndo(ctx, { id: asked.undoId }),
  ]);
  const now = ctx.now();
  return {
    name: person.name,
    email: person.email,
    merges: merges.map((merge) => ({
      id: merge.id,
      name: merge.mergedName,
      email: merge.email,
      at: merge.at,
      undoneAt: merge.undoneAt,
      undoableUntil: merge.at + UNDO_MS,
      isUndoable: merge.undoneAt === null && merge.survivorId === person.id && merge.at + UNDO_MS >= now,
    })),
    found: found === null ? null : found.filter(isOther),
    likely: likely.filter(isOther),
    preview,
    undo: undo?.survivor.id === person.id ? undo : null,
    formKey: newId(),
  };
}

/** The search's own indexes tell it: nothing is walked through. */
async function findLikely(ctx: Context, { name, phone }: MergedPerson): Promise<MergeDesk['likely']> {
  const [byPhone, byName] = await Promise.all(
    [phone, name].map((text) =>
      text === null || text.trim() === ''
        ? []
        : findCustomers(ctx.db, { text, limit: LIKELY_MAX, isPrivate: mayReadPrivate(ctx.actor) }),
    ),
  );
  const isSame = (other: string | null) => other?.trim().toLowerCase() === name?.trim().toLowerCase();
  const named = (byName ?? []).filter((one) => isSame(one.name));
  const known = new Set((byPhone ?? []).map(({ id }) => id));
  return [
    ...(byPhone ?? []).map((one) => ({ ...one, why: 'phone' as const })),
    ...named.filter(({ id }) => !known.has(id)).map((one) => ({ ...one, why: 'name' as const })),
  ];
}
