import type { Statement } from '../../../../db/store.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { forgetProgress } from '../import-progress.ts';
import type { Slice } from '../row-walk.ts';
import type { SourceFile } from '../source-file.ts';
import type { WithStagingDatabase } from '../staging-database.ts';
import type { RowSink } from '../write-rejected.ts';
import type { ArchiveBroughtIn, ArchiveTold } from './run-report.ts';

/** How an archive of everything is read and brought in: its room knows, which stands behind this one. */
export interface ArchiveTools {
  /**
   * What it holds; a mistake of a row is told by file, line, column and rule, and nothing is written. Null when the turn was
   * over before the archive was.
   */
  look: (
    ctx: Context,
    archive: {
      chunks: AsyncIterable<Uint8Array<ArrayBuffer>>;
      onRows: (rows: number) => void;
      slice: Slice | null;
    },
  ) => Promise<ArchiveTold | null>;
  /** Null when the turn was over before the archive was. */
  bringIn: (
    ctx: Context,
    archive: {
      chunks: AsyncIterable<Uint8Array<ArrayBuffer>>;
      run: string;
      /** The process that works on it, and whether another one is over. */
      by?: Pick<RunTools, 'me' | 'isGone'>;
      onProgress: (phase: 'read' | 'write', rows: number) => void;
      isOver: () => boolean;
    },
  ) => Promise<ArchiveBroughtIn | null>;
}

/** What a process brings along to work on runs. */
export interface RunTools {
  /** Names the process among all that may work on runs. */
  me: string;
  /** Whether the process of that name is over. */
  isGone: (claimedBy: string) => boolean;
  /** Asked after each step of an import: whether the rest has to wait for the process's next turn. */
  isOver: () => boolean;
  fileOf: (run: { id: string; fileName: string }) => SourceFile;
  withStaging: WithStagingDatabase;
  openRejected: (id: string) => Promise<RowSink>;
  archive: ArchiveTools;
}

/** Under which name it is kept how far a dry run of a run has come. */
export const dryRunName = (id: string): string => `${id}.dry`;

/** Once nobody goes on with what a run had begun. */
export function forgetRun(id: string): Statement[] {
  return [...forgetProgress(id), ...forgetProgress(dryRunName(id))];
}

/** Under which name the rows of a run lie that are to be mended. */
export const rejectedName = (id: string): string => `${id}.rejected`;
