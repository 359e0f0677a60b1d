import type { Context } from '../platform/context.ts';

/**
 * Tells before each step of work that comes round whether there may be one more: no more than it says itself, nor, where
 * steps are counted, than half of what the run of jobs has left, so that whoever has much to do leaves some to the others.
 */
export function takeSteps(
  { isEnding, steps }: Pick<Context, 'isEnding' | 'steps'>,
  max: number,
): () => boolean {
  let left = steps === undefined ? max : Math.min(max, Math.ceil(steps.left / 2));
  return () => {
    if (left <= 0 || isEnding?.() === true) return false;
    left -= 1;
    if (steps !== undefined) steps.left -= 1;
    return true;
  };
}
