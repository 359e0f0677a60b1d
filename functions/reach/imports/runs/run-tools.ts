import type { Statement } from '../../../../db/store.ts';
import { forgetProgress } from '../import-progress.ts';
import type { SourceFile } from '../source-file.ts';
import type { WithStagingDatabase } from '../staging-database.ts';
import type { RowSink } from '../write-rejected.ts';

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
}

/** Under which name it is kept how far a dry run of a run has come. */
export const dryRunName = (id: string): string => `${id}.dry`;

/** Once nobody goes on with what a run had begun. */
export function forgetRun(id: string): Statement[] {
  return [...forgetProgress(id), ...forgetProgress(dryRunName(id))];
}

/** Under which name the rows of a run lie that are to be mended. */
export const rejectedName = (id: string): string => `${id}.rejected`;
