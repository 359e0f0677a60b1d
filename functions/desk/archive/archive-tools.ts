import type { ArchiveTools } from '../../reach/imports/runs/run-tools.ts';
import { beginProof } from '../verify/proof/begin-proof.ts';
import { importArchiveSlice } from './import-everything.ts';
import { lookAtArchive } from './look-at-archive.ts';

/** What those who work on files that were sent need of this room. */
export const archiveTools: ArchiveTools = {
  look: lookAtArchive,
  bringIn: async (ctx, archive) => {
    const told = await importArchiveSlice(ctx, archive);
    // The books are gone over like every night, beside what else there is to do.
    if (told !== null) await beginProof({ ...ctx, actor: { kind: 'system', name: 'archive' } });
    return told;
  },
};
