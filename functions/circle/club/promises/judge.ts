/** A promise is to be kept so often, in basis points; one kept less is proposed for withdrawal. */
const KEPT_BPS_MIN = 9_500;

/** Of fewer nothing is said. */
export const PROMISES_MIN = 20;

/** How often a promise was kept. */
export interface PromiseCount {
  kept: number;
  of: number;
}

export const none: PromiseCount = { kept: 0, of: 0 };

/** What is to be made of it; the share and the 95 % interval by Wilson about it in basis points. */
export interface PromiseVerdict {
  verdict: 'unknown' | 'kept' | 'poor';
  shareBps: number;
  fromBps: number;
  toBps: number;
}

/** Null while nothing was promised. Poor is what was kept in less than the share asked for, of enough to tell. */
export function judge({ kept, of }: PromiseCount): PromiseVerdict | null {
  if (of === 0) return null;
  const isPoor = kept * 10_000 < of * KEPT_BPS_MIN;
  const { from, to } = wilson(kept, of);
  return {
    verdict: of < PROMISES_MIN ? 'unknown' : isPoor ? 'poor' : 'kept',
    shareBps: Math.floor((kept * 10_000) / of),
    fromBps: Math.floor(from * 10_000),
    toBps: Math.ceil(to * 10_000),
  };
}

/** The interval of Wilson (1927) for a share, at 95 %. */
function wilson(hits: number, of: number): { from: number; to: number } {
  const z = 1.959964;
  const share = hits / of;
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return { from: Math.max(0, middle - half), to: Math.min(1, middle + half) };
}
