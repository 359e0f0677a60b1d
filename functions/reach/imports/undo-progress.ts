import type { Context } from '../../ground/platform/context.ts';
import { beginProgress, findKeptProgress, movePosition } from './import-progress.ts';

export interface UndoneImport {
  /** Taken away again. */
  orders: number;
  /** Of before the import, which are again what they were. */
  restored: number;
  accounts: number;
}

/** Under which name it is kept how far the undoing of an import is. */
const undoName = (id: string): string => `${id}.undo`;

/** An undo under way. */
export interface Undoing {
  id: string;
  run: string;
  steps: number;
  undone: UndoneImport;
}

/** What was undone so far, with what a step that was cut off has written. */
export async function openUndo(ctx: Context, id: string): Promise<Undoing> {
  const run = undoName(id);
  const kept = await findKeptProgress<UndoneImport, UndoneImport>(ctx, run);
  const undoing = { id, run, steps: kept?.steps ?? 0, undone: kept?.told ?? nothing() };
  if (kept === null) await ctx.db.write([beginProgress(run, id, positionOf(undoing))]);
  for (const mark of kept?.marks.values() ?? []) add(undoing.undone, mark);
  if (kept !== null && kept.marks.size > 0) await keepUndo(ctx, undoing);
  return undoing;
}

function positionOf({ steps, undone }: Pick<Undoing, 'steps' | 'undone'>) {
  return { phase: 'undo', reached: '', steps, told: undone } as const;
}

/** After a step: what it undid is kept, and its marks go. */
export async function keepUndo(ctx: Context, undoing: Undoing): Promise<void> {
  undoing.steps += 1;
  await ctx.db.write(movePosition(undoing.run, positionOf(undoing), []));
}

export const nothing = (): UndoneImport => ({ orders: 0, restored: 0, accounts: 0 });

export function add(undone: UndoneImport, { orders, restored, accounts }: UndoneImport): void {
  undone.orders += orders;
  undone.restored += restored;
  undone.accounts += accounts;
}
