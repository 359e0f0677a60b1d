import { z } from 'zod';
import type { LeftOutFile } from './mail-taker.ts';

const files = z.array(z.object({ name: z.string(), why: z.enum(['size', 'number', 'kind', 'store']) }));

/** How it is kept which files of a mail did not come along; null where all did. */
export const keepLeftOut = (leftOut: readonly LeftOutFile[]): string | null =>
  leftOut.length === 0 ? null : JSON.stringify(leftOut);

/** As {@link keepLeftOut} kept it. */
export const readLeftOut = (kept: unknown): LeftOutFile[] =>
  typeof kept === 'string' ? files.parse(JSON.parse(kept)) : [];
