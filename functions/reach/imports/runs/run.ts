import type { importKinds, importRunStates } from '../../../../db/schema/index.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Actor } from '../../../ground/platform/context.ts';
import type { ColumnMap } from '../column-map.ts';
import type { FileRefusal } from '../refused-file.ts';
import type { FileLook } from './file-look.ts';
import type { RunReport } from './run-report.ts';

export type ImportKind = (typeof importKinds)[number];
export type ImportRunState = (typeof importRunStates)[number];

/** A file that is brought in, and how far it has come. */
export interface ImportRun {
  id: string;
  kind: ImportKind;
  fileName: string;
  /** 0 until all of it has come; null once it was deleted. */
  fileBytes: number | null;
  state: ImportRunState;
  seq: number;
  /** Null until the file was looked at. */
  look: FileLook | null;
  /** Null for a file that is read by its headers, and while nobody knows how. */
  map: ColumnMap | null;
  /** For a file that does not say its currency. */
  currency: string | null;
  /** What the dry run told. */
  preview: RunReport | null;
  report: RunReport | null;
  /** What can be undone. */
  importId: string | null;
  progress: RunProgress | null;
  claimedBy: string | null;
  /** Why it came to nothing, or cannot be undone, in English. */
  failure: string | null;
  /** The same for pages; null where there is only the text. */
  whyFailed: FileRefusal | null;
  /** Rows that can be fetched to be mended. */
  rejectedRows: number;
  startedAt: number;
  startedBy: string;
  finishedAt: number | null;
}

/** How far the work on a run is; `of` is null while nobody knows how much there is. */
export interface RunProgress {
  phase: 'look' | 'read' | 'write' | 'undo';
  rows: number;
  of: number | null;
  /** Rows in a second, and seconds until all are done; null while they cannot be told. */
  perSecond: number | null;
  left_s: number | null;
}

/** What somebody works on, or will. */
export const movingStates: readonly ImportRunState[] = [
  'uploading',
  'checking',
  'waiting',
  'running',
  'undoing',
];

/** Before anything of the file was written. */
export const openStates: readonly ImportRunState[] = ['uploading', 'checking', 'checked', 'waiting'];

/** Nothing of the file is needed any more. */
export const endedStates: readonly ImportRunState[] = ['done', 'cancelled', 'undone'];

/** Who brings data in, and takes it out again. */
export const importRoles = ['owner', 'manager'] as const;

/** Files of rows. */
export const rowKinds = [
  'orders',
  'customers',
  'feedback',
  'managers',
] as const satisfies readonly ImportKind[];

/** What can be brought in from the browser. */
export const offeredKinds = [...rowKinds, 'archive'] as const satisfies readonly ImportKind[];

/**
 * Lets pass who brings in files of a kind, or reads of them: an archive has the team in it, so that only owners do, and keys
 * of theirs.
 * @throws {AppError} `unauthenticated`, `forbidden`, `scope_missing`
 */
export function allowKind(
  actor: Actor,
  kind: ImportKind,
  scope: 'imports:read' | 'imports:write' = 'imports:write',
): void {
  allow(actor, kind === 'archive' ? 'archive:write' : scope);
}
